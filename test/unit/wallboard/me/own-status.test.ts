import { describe, expect, it } from 'vitest';
import {
  standingOf,
  withStatus,
  type OwnStatus,
  type StatusFields,
} from '../../../../src/wallboard/me/status/own-status.js';
import { wrapUpOf, wrapUpProgress } from '../../../../src/wallboard/me/status/wrap-up.js';
import { iso, SALES, START, statusAt } from './me-events.js';

const busy = { canBeAllocatedTo: false };
const wrappingUp = { ...busy, wrapUpStart: iso(10), wrapUpEnd: iso(40) };
const talking = { ...busy, talking: true, talkingStatusChanged: iso(5), activeQueueId: SALES };

const after = (...told: readonly StatusFields[]): OwnStatus | undefined =>
  told.reduce<OwnStatus | undefined>(withStatus, undefined);

describe('what the status says of the user', () => {
  it.each<[string, Partial<StatusFields>, string, readonly string[]]>([
    ['who can be allocated to is free', {}, 'free', []],
    ['who is free may have no terminal that is known', { serviceTerminals: 0 }, 'free', []],
    ['a call comes first', { ...talking, available: false }, 'talking', ['unavailable']],
    [
      'a wrap-up comes before what lasts',
      { ...wrappingUp, activeQueues: 0 },
      'wrap-up',
      ['no-active-queue'],
    ],
    ['off work', { ...busy, schedule: false }, 'off-work', []],
    ['an availability without calls', { ...busy, available: false }, 'unavailable', []],
    ['logged out of all queues', { ...busy, serving: false, activeQueues: 0 }, 'not-serving', []],
    ['paused in all queues', { ...busy, activeQueues: 0 }, 'no-active-queue', []],
    ['picks calls', { ...busy, fetchMode: true }, 'picks-calls', []],
    ['no terminal', { ...busy, serviceTerminals: 0 }, 'no-terminal', []],
    ['what no field explains is the phone', busy, 'phone', []],
    [
      'all that stands in the way is named',
      { ...busy, schedule: false, available: false, serving: false, serviceTerminals: 0 },
      'off-work',
      ['not-serving', 'no-terminal'],
    ],
  ])('%s', (_, changes, headline, besides) => {
    expect(standingOf(statusAt(0, changes))).toEqual({ headline, besides });
  });
});

describe('since when', () => {
  it('is a lower bound for what was so when the page opened', () => {
    expect(after(statusAt(3))?.since).toEqual({ at: START + 3000, isLowerBound: true });
  });

  it('is exact for what began since then', () => {
    const since = after(statusAt(3, { ...busy, available: false }), statusAt(8))?.since;
    expect(since).toEqual({ at: START + 8000, isLowerBound: false });
  });

  it('stays while the headline stays', () => {
    const since = after(statusAt(3), statusAt(9, { activeQueues: 2 }))?.since;
    expect(since).toEqual({ at: START + 3000, isLowerBound: true });
  });

  it.each<[string, Partial<StatusFields>, number]>([
    ['the call', talking, 5],
    ['the wrap-up', wrappingUp, 10],
  ])('is what the hub says of %s', (_, changes, seconds) => {
    const since = after(statusAt(20, changes))?.since;
    expect(since).toEqual({ at: START + seconds * 1000, isLowerBound: false });
  });

  it('is not moved by a status that is older or comes twice', () => {
    const [first, second] = [statusAt(3, talking), statusAt(8)];
    expect(after(first, second, first, second, second)).toEqual(after(first, second));
  });
});

describe('a wrap-up', () => {
  const wrapUp = wrapUpOf(statusAt(10, wrappingUp));

  it.each([
    [10, 30, 1],
    [25, 15, 0.5],
    [39.5, 1, 0.5 / 30],
    [40, 0, 0],
    [47, 0, 0],
    // A clock that is behind shows no more than there is.
    [2, 30, 1],
  ])('at %s s has %s s left', (at, secondsLeft, share) => {
    const progress = wrapUp && wrapUpProgress(wrapUp, START + at * 1000);
    expect(progress?.secondsLeft).toBe(secondsLeft);
    expect(progress?.share).toBeCloseTo(share);
  });

  it.each<[string, Partial<StatusFields>]>([
    ['none runs', {}],
    ['its end is open', { wrapUpStart: iso(1), wrapUpEnd: '9999-12-31T23:59:59.9999999Z' }],
    ['it has no length', { wrapUpStart: iso(1), wrapUpEnd: iso(1) }],
  ])('is not counted down when %s', (_, changes) => {
    expect(wrapUpOf(statusAt(1, changes))).toBeUndefined();
  });
});
