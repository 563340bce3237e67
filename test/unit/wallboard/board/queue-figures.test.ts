import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueFigures } from '../../../../src/wallboard/board/model/queue-figures.js';
import {
  queueSeverity,
  waitSeconds,
} from '../../../../src/wallboard/board/model/queue-severity.js';
import { DEFAULT_THRESHOLDS } from '../../../../src/wallboard/board/model/thresholds.js';
import { eventData, NOON } from './events.js';

const WAITING = { nbrOfNotServedRequesters: 1, nbrOfQueuingRequesters: 1 };

describe('the figures of a queue', () => {
  it('are those of its QueueStatus', () => {
    const data = eventData('QueueStatus', {
      queueName: 'Sales',
      nbrOfProviders: 9,
      nbrOfRequesters: 5,
      nbrOfServingAgentsEstimate: 5,
      nbrOfAllocated: 1,
      nbrOfConnected: 2,
      nbrOfQueuingRequesters: 2,
      nbrOfNotServedRequesters: 3,
      nbrOfAgentsLongTermAway: 2,
      nbrOfAgentsShortTermAway: 4,
      nbrOfAgentsImmediatelyFree: 1,
      nbrOfAgentsCheckedInQueue: 7,
      nbrOfAgentsOnWrapUp: 1,
      maxWaitTime: 40,
      openStatus: 5,
    });
    expect(queueFigures(data)).toEqual({
      name: 'Sales',
      waiting: 3,
      ringing: 1,
      connected: 2,
      waitingSince: NOON - 40_000,
      loggedIn: 7,
      free: 1,
      onCalls: 3,
      wrapUp: 1,
      away: 2,
      serving: 5,
      openState: 'open',
      isOpenStateSure: true,
    });
  });

  it.each([
    [0, 'unknown', false],
    [1, 'unstaffed', true],
    [2, 'unstaffed', false],
    [3, 'closed', true],
    [4, 'closed', false],
    [5, 'open', true],
    [6, 'open', false],
  ])('read OpenStatus %i as %s', (openStatus, openState, isOpenStateSure) => {
    const figures = queueFigures(eventData('QueueStatus', { openStatus }));
    expect(figures).toMatchObject({ openState, isOpenStateSure });
  });

  it('never split more agents than are logged in', () => {
    // A wrap-up during a pause counts as away for long.
    const data = {
      nbrOfAgentsCheckedInQueue: 1,
      nbrOfAgentsLongTermAway: 1,
      nbrOfAgentsOnWrapUp: 1,
    };
    expect(queueFigures(eventData('QueueStatus', data))).toMatchObject({ onCalls: 0, wrapUp: 0 });
  });
});

describe('the longest wait', () => {
  it('goes on from when the event was made', () => {
    const figures = queueFigures(eventData('QueueStatus', { ...WAITING, maxWaitTime: 12 }));
    expect(waitSeconds(figures, NOON)).toBe(12);
    expect(waitSeconds(figures, NOON + 7_900)).toBe(19);
  });

  it('is none while nobody waits, whatever the event has', () => {
    const figures = queueFigures(eventData('QueueStatus', { maxWaitTime: 12 }));
    expect(figures.waitingSince).toBeNull();
    expect(waitSeconds(figures, NOON + 60_000)).toBe(0);
  });

  it('is never negative, should the clocks differ', () => {
    expect(waitSeconds(queueFigures(eventData('QueueStatus', WAITING)), NOON - 5_000)).toBe(0);
  });

  it('does not leap back while the same caller waits: whole seconds are rounded down', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 2, maxLength: 20 }),
        (fraction, steps) => {
          const cameAt = NOON + fraction;
          let now = cameAt;
          let figures: ReturnType<typeof queueFigures> | undefined;
          for (const step of steps) {
            now += step;
            const shown = figures === undefined ? 0 : waitSeconds(figures, now);
            const maxWaitTime = Math.floor((now - cameAt) / 1000);
            const data = eventData('QueueStatus', { ...WAITING, maxWaitTime }, now);
            figures = queueFigures(data, figures);
            expect(waitSeconds(figures, now)).toBeGreaterThanOrEqual(shown);
          }
        },
      ),
    );
  });

  it('is shorter when the one who waited longest has been answered', () => {
    const before = queueFigures(eventData('QueueStatus', { ...WAITING, maxWaitTime: 50 }));
    const data = eventData('QueueStatus', { ...WAITING, maxWaitTime: 3 }, NOON + 1_000);
    expect(waitSeconds(queueFigures(data, before), NOON + 1_000)).toBe(3);
  });
});

const severityOf = (fields: object, now = NOON) =>
  queueSeverity(queueFigures(eventData('QueueStatus', fields)), DEFAULT_THRESHOLDS, now);

describe('the severity of a queue', () => {
  it.each([
    [2, 'ok'],
    [3, 'warning'],
    [5, 'warning'],
    [6, 'critical'],
  ])('with %i callers waiting is %s', (nbrOfNotServedRequesters, expected) => {
    const fields = { nbrOfNotServedRequesters, nbrOfAgentsImmediatelyFree: 1 };
    expect(severityOf(fields)).toMatchObject({ waiting: expected, overall: expected });
  });

  it.each([
    [29, 'ok'],
    [30, 'warning'],
    [60, 'critical'],
  ])('after %i seconds is %s without another event', (seconds, expected) => {
    const fields = { ...WAITING, nbrOfAgentsImmediatelyFree: 1 };
    const severity = severityOf(fields, NOON + seconds * 1000);
    expect(severity).toMatchObject({ longestWait: expected, overall: expected });
  });

  it.each([
    ['callers wait, agents are busy', { ...WAITING, nbrOfServingAgentsEstimate: 2 }, 'warning'],
    ['callers wait, nobody serves them', WAITING, 'critical'],
    ['callers wait, an agent is free', { ...WAITING, nbrOfAgentsImmediatelyFree: 1 }, 'ok'],
    ['a phone rings for the only caller', { nbrOfNotServedRequesters: 1, nbrOfAllocated: 1 }, 'ok'],
    ['nobody waits', {}, 'ok'],
  ])('when %s', (_, fields, expected) => {
    expect(severityOf(fields)).toMatchObject({ free: expected, overall: expected });
  });

  it('knows no limit of 0', () => {
    const none = { warning: 0, critical: 0 };
    const thresholds = { waiting: none, waitSeconds: none, overdue: none };
    const figures = queueFigures(
      eventData('QueueStatus', { nbrOfNotServedRequesters: 99, nbrOfAgentsImmediatelyFree: 1 }),
    );
    expect(queueSeverity(figures, thresholds, NOON + 3_600_000).overall).toBe('ok');
  });
});
