import { describe, expect, it } from 'vitest';
import type { QueueCallEvent } from '../../../src/contact-center/index.js';
import {
  applyToVisit,
  endVisitChannel,
  openVisit,
  type QueueVisit,
} from '../../../src/contact-center/queue-visit.js';
import {
  callerGaveUp,
  isNewStay,
  visitDeadline,
  type VisitPhase,
  visitPhase,
} from '../../../src/contact-center/visit-phase.js';
import { ann, bob, callerFacts } from './story.js';

const T = 1_000_000;
const call = callerFacts('1.1');
const announced = { ...call.announced, at: T };
const joined = { ...call.joined, at: T };
const left = { ...call.left, at: T };
const abandoned = { ...call.abandoned, at: T };
const offered = { ...call.offered(ann), at: T };
const offerEnded = { ...call.offerEnded(ann), at: T };
const connected = { ...call.connected(ann), at: T };
const completed = { ...call.completed(ann), at: T };
const offeredBob = { ...call.offered(bob), at: T };

function visitOf(...events: readonly QueueCallEvent[]): QueueVisit {
  return events.reduce((visit, event) => applyToVisit(visit, event), openVisit(joined));
}

describe('the phase of a stay', () => {
  it.each<[string, readonly QueueCallEvent[], VisitPhase, VisitPhase]>([
    ['of which only something is known', [], 'waiting', 'waiting'],
    ['announced', [announced], 'announced', 'over'],
    ['announced and joined', [announced, joined], 'waiting', 'waiting'],
    ['joined, announced late', [joined, announced], 'waiting', 'waiting'],
    ['joined', [joined], 'waiting', 'waiting'],
    ['rung', [joined, offered], 'allocated', 'allocated'],
    ['rung without a join', [offered], 'allocated', 'allocated'],
    ['rung in vain', [joined, offered, offerEnded], 'waiting', 'waiting'],
    ['rung in vain, told in reverse', [offerEnded, offered, joined], 'waiting', 'waiting'],
    ['rung in vain at one of two', [offered, offeredBob, offerEnded], 'allocated', 'allocated'],
    ['left, not connected yet', [joined, offered, left], 'allocated', 'over'],
    ['left by a digit', [joined, left], 'waiting', 'over'],
    ['connected', [joined, offered, left, connected], 'connected', 'connected'],
    ['connected, told in reverse', [connected, left, offered, joined], 'connected', 'connected'],
    ['connected without more', [connected], 'connected', 'connected'],
    ['completed', [joined, offered, connected, completed], 'over', 'over'],
    ['completed before it was connected', [completed, connected, offered], 'over', 'over'],
    ['abandoned', [joined, abandoned], 'over', 'over'],
    ['abandoned while it rang', [abandoned, offered, joined], 'over', 'over'],
  ])('%s', (_what, events, now, later) => {
    expect(visitPhase(visitOf(...events), T)).toBe(now);
    expect(visitPhase(visitOf(...events), T + 2_000)).toBe(later);
  });

  it('is over once the caller has hung up, whatever else was told', () => {
    expect(visitPhase(endVisitChannel(visitOf(joined, offered, connected), T), T)).toBe('over');
  });

  it('has a deadline only while it has left and nothing else decides', () => {
    expect(visitDeadline(visitOf(joined, left))).toBe(T + 2_000);
    expect(visitDeadline(visitOf(joined))).toBeUndefined();
    expect(visitDeadline(visitOf(joined, left, connected))).toBeUndefined();
    expect(visitDeadline(visitOf(joined, left, abandoned))).toBeUndefined();
    expect(visitDeadline(endVisitChannel(visitOf(joined, left), T))).toBeUndefined();
  });
});

describe('a fact told twice', () => {
  it.each([announced, joined, left, abandoned, offered, offerEnded, connected, completed])(
    '$kind',
    (event) => {
      const visit = visitOf(event);
      expect(applyToVisit(visit, { ...event, at: T + 5 })).toBe(visit);
    },
  );
});

describe('a caller', () => {
  it.each([
    ['who hangs up at once', [abandoned], T, true],
    ['whose hangup was told first', [abandoned], T - 500, true],
    ['who hangs up at the end of the grace', [abandoned], T + 1_500, true],
    ['who hangs up after the grace', [abandoned], T + 1_501, false],
    ['who was answered', [abandoned, connected], T, false],
    ['who left by a digit', [left], T, false],
  ])('%s', (_what, events, endedAt, expected) => {
    expect(callerGaveUp(endVisitChannel(visitOf(...events), endedAt))).toBe(expected);
  });

  it('who has not hung up has not given up', () => {
    expect(callerGaveUp(visitOf(abandoned))).toBe(false);
  });
});

describe('a stay', () => {
  it('remembers no more offers than it can ring at once, the oldest that ended go first', () => {
    let visit = visitOf(joined, offeredBob);
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      const name = String(attempt);
      visit = applyToVisit(visit, { ...call.offered(ann, name), at: T });
      visit = applyToVisit(visit, { ...call.offerEnded(ann, name), at: T });
    }
    expect(visit.offers).toHaveLength(250);
    expect(visit.offers.filter((offer) => !offer.ended)).toMatchObject([{ member: bob }]);
  });

  it.each([
    ['while the first goes on', [joined], T + 9_000, false],
    ['within the burst in which it ended', [joined, abandoned], T + 100, false],
    ['after it ended', [joined, abandoned], T + 101, true],
    ['after it was completed', [joined, connected, completed], T + 101, true],
    ['that may be its own, which was not told', [abandoned], T + 100, false],
    ['after it ended, though its own was not told', [abandoned], T + 101, true],
    ['of a caller just announced', [announced], T + 1_500, false],
    ['of a caller whom the queue had turned away', [announced], T + 1_501, true],
  ])('may be new by a join %s', (_what, events, time, expected) => {
    expect(isNewStay(visitOf(...events), time)).toBe(expected);
  });
});
