import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../../src/wallboard/me/calls/call-event.js';
import { isCallEvent } from '../../../../src/wallboard/me/calls/call-event.js';
import type { OwnCall } from '../../../../src/wallboard/me/calls/own-call.js';
import {
  currentCalls,
  NO_CALLS,
  type OwnCalls,
  RECENT_CALLS,
  recentCalls,
  withCallEvent,
  withDoubt,
  withoutDoubt,
} from '../../../../src/wallboard/me/calls/own-calls.js';
import {
  MAX_ARRIVALS,
  NO_ARRIVALS,
  type QueueArrivals,
  withArrival,
} from '../../../../src/wallboard/me/calls/queue-arrivals.js';
import { shuffled } from '../../../support/shuffle.js';
import { COLLEAGUE, eventAt, guidOf, SALES, START } from './me-events.js';

const NUMBER = '+15551234567';

const parties = (call = 1) => ({
  callId: guidOf(call),
  legId: 'leg',
  callerNumber: NUMBER,
  targetNumber: '3000',
});
const rings = (at: number, call = 1, detailedReason = 'queue'): CallEvent =>
  eventAt(at, 'UserCallInUserAllocated', { ...parties(call), userNumber: '1042', detailedReason });
const answered = (at: number, call = 1): CallEvent =>
  eventAt(at, 'UserCallInUserConnected', { ...parties(call), userNumber: '1042' });
const cancelled = (at: number, reason: string, call = 1): CallEvent =>
  eventAt(at, 'UserCallInUserCancelled', { ...parties(call), reason });
const hungUp = (at: number, reason: 'local' | 'remote', techQueueId: string | null): CallEvent =>
  eventAt(at, 'UserCallInDisconnected', { ...parties(), reason, techQueueId });
const wrapUp = (at: number): CallEvent =>
  eventAt(at, 'UserWrapUpStarted', { callId: guidOf(1), queueId: SALES, maxWrapUpDurationSec: 30 });
const transfer = (at: number, transferApplet: string, transferTarget: string): CallEvent =>
  eventAt(at, 'UserCallInTransferStarted', { ...parties(), transferApplet, transferTarget });
const reached = (at: number, transferApplet: string): CallEvent =>
  eventAt(at, 'UserCallInTransferConnected', {
    ...parties(),
    transferApplet,
    connectedTarget: COLLEAGUE,
  });
const goesOn = (at: number, connectedTarget: string): CallEvent =>
  eventAt(at, 'UserCallInOverflow', { ...parties(), connectedTarget });

const arrives = (seconds: number, call: number) =>
  eventAt(seconds, 'QueueCallInArrived', { ...parties(call), queueName: 'Sales' });

const after = (steps: readonly CallEvent[]): OwnCalls => steps.reduce(withCallEvent, NO_CALLS);
const onlyCall = (calls: OwnCalls): OwnCall | undefined =>
  [...currentCalls(calls), ...recentCalls(calls)][0];
const at = (seconds: number): number => START + seconds * 1000;

// The steps are those of the golden logs of the same names (test/unit/stories).
const stories: readonly [string, readonly CallEvent[], Partial<OwnCall>][] = [
  [
    'rings',
    [rings(6)],
    { phase: 'ringing', isOfQueue: true, rangAt: at(6), otherNumber: NUMBER, direction: 'in' },
  ],
  [
    'is answered',
    [rings(6), answered(9)],
    { phase: 'connected', rangAt: at(6), answeredAt: at(9), calledNumber: '3000' },
  ],
  [
    'is over when the caller hangs up',
    [rings(6), answered(9), hungUp(69, 'remote', SALES), wrapUp(69)],
    { phase: 'ended', result: 'over-by-them', endedAt: at(69), queueId: SALES },
  ],
  [
    'is over when the user hangs up',
    [rings(6), answered(9), hungUp(69, 'local', null)],
    { phase: 'ended', result: 'over-by-us', queueId: null },
  ],
  [
    'is not answered',
    [rings(6), cancelled(21, 'NoAnswer')],
    { result: 'not-answered', endedAt: at(21) },
  ],
  ['is given up', [rings(6), cancelled(10, 'remote')], { result: 'caller-gone' }],
  [
    'is answered by somebody else',
    [rings(6), cancelled(9, 'ConnectedElsewhere')],
    { result: 'answered-elsewhere' },
  ],
  [
    'is refused, offered again and answered',
    [rings(6), cancelled(8, 'NoAnswer'), rings(13), answered(15)],
    { phase: 'connected', rangAt: at(13), answeredAt: at(15), endedAt: null, result: null },
  ],
  [
    'to the own number is missed',
    [
      eventAt(5, 'UserCallInComing', parties()),
      eventAt(5, 'UserCallInArrived', parties()),
      rings(5, 1, 'direct'),
      cancelled(25, 'NoAnswer'),
      hungUp(25, 'remote', null),
      eventAt(25, 'UserCallInUserOverflow', { ...parties(), reason: 'NoAnswer' }),
    ],
    { phase: 'ended', isOfQueue: false, result: 'not-answered', endedAt: at(25) },
  ],
  [
    'never rings, as the user does not want calls',
    [eventAt(5, 'UserCallInUserOverflow', { ...parties(), reason: 'DND' })],
    { phase: 'ended', result: 'diverted', rangAt: null },
  ],
  [
    'is sent on blind, and answered there',
    [
      rings(6),
      answered(9),
      transfer(29, 'BlindTransfer', '1043'),
      goesOn(29, '1043'),
      hungUp(29, 'local', SALES),
      reached(34, 'BlindTransfer'),
    ],
    {
      phase: 'ended',
      result: 'sent-on',
      endedAt: at(29),
      transfer: { step: 'connected', isBlind: true, target: COLLEAGUE },
    },
  ],
  [
    'is being sent on with a word before',
    [rings(6), answered(9), transfer(29, 'AttendedTransfer', COLLEAGUE)],
    { phase: 'connected', transfer: { step: 'started', isBlind: false, target: COLLEAGUE } },
  ],
  [
    'is sent on with a word before',
    [
      rings(6),
      answered(9),
      transfer(29, 'AttendedTransfer', COLLEAGUE),
      reached(33, 'AttendedTransfer'),
      hungUp(43, 'local', SALES),
      wrapUp(43),
      goesOn(43, COLLEAGUE),
    ],
    {
      phase: 'ended',
      result: 'sent-on',
      endedAt: at(43),
      transfer: { step: 'connected', isBlind: false, target: COLLEAGUE },
    },
  ],
  [
    'stays when a transfer comes to nothing',
    [
      rings(6),
      answered(9),
      transfer(29, 'AttendedTransfer', COLLEAGUE),
      eventAt(35, 'UserCallInTransferCancelled', {
        ...parties(),
        transferApplet: 'AttendedTransfer',
        reason: 'Cancelled',
      }),
    ],
    { phase: 'connected', transfer: { step: 'cancelled', isBlind: false, target: COLLEAGUE } },
  ],
  [
    'goes out',
    [
      eventAt(4, 'UserCallOutConnected', {
        ...parties(),
        callerNumber: '1042',
        targetNumber: NUMBER,
      }),
    ],
    { phase: 'connected', direction: 'out', otherNumber: NUMBER, isOfQueue: false },
  ],
  [
    'goes out and is not answered',
    [
      eventAt(4, 'UserCallOutDisconnected', {
        ...parties(),
        callerNumber: '1042',
        targetNumber: NUMBER,
        reason: 'local',
      }),
    ],
    { phase: 'ended', direction: 'out', otherNumber: NUMBER, answeredAt: null },
  ],
  [
    'comes and is given up before it rings',
    [eventAt(5, 'UserCallInArrived', parties()), hungUp(8, 'remote', null)],
    { phase: 'ended', result: 'caller-gone', rangAt: null },
  ],
  [
    'is known from its end only',
    [hungUp(8, 'remote', SALES), wrapUp(8)],
    { phase: 'ended', result: 'over-by-them', queueId: SALES, endedAt: at(8) },
  ],
  [
    'is known from its answer on',
    [answered(9)],
    { phase: 'connected', rangAt: null, isOfQueue: null },
  ],
];

describe('a call', () => {
  it.each(stories)('%s', (_, steps, expected) => {
    expect(onlyCall(after(steps))).toMatchObject(expected);
  });

  it.each(stories)('that %s reads the same in any order and told twice', (_, steps) => {
    const expected = onlyCall(after(steps));
    assert(
      property(integer(), (seed) => {
        const told = shuffled([...steps, ...steps], seed);
        expect(onlyCall(after(told))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the calls of a session', () => {
  it('show who talks before who rings', () => {
    const calls = after([rings(1, 1), answered(2, 1), rings(3, 2)]);
    expect(currentCalls(calls).map(({ callId, phase }) => [callId, phase])).toEqual([
      [guidOf(1), 'connected'],
      [guidOf(2), 'ringing'],
    ]);
  });

  it('keep the last twenty that are over, the newest first', () => {
    const steps = Array.from({ length: 40 }, (_, index) => [
      rings(index, index),
      cancelled(index + 0.5, 'NoAnswer', index),
    ]).flat();
    const calls = after(steps);
    const recent = recentCalls(calls);
    expect(recent).toHaveLength(RECENT_CALLS);
    expect(recent[0]?.callId).toBe(guidOf(39));
    expect(calls.size).toBeLessThan(40);
  });

  it('bound the steps of a call that is offered for ever', () => {
    const steps = Array.from({ length: 100 }, (_, index) => [
      rings(index),
      cancelled(index + 0.5, 'NoAnswer'),
    ]).flat();
    const calls = after(steps);
    expect(calls.get(guidOf(1))?.steps).toHaveLength(60);
    expect(onlyCall(calls)).toMatchObject({ rangAt: at(99), result: 'not-answered' });
  });

  it('tell steps of calls from other events', () => {
    expect(isCallEvent(rings(1))).toBe(true);
    expect(isCallEvent(eventAt(1, 'UserStatus', {}))).toBe(false);
  });
});

describe('after a gap', () => {
  const connected = withDoubt(after([rings(6), answered(9)]));

  it('a call whose user no longer talks has ended unseen', () => {
    const calls = withoutDoubt(connected, false, at(30));
    expect(currentCalls(calls)).toEqual([]);
    expect(recentCalls(calls)).toMatchObject([{ result: 'not-seen', endedAt: at(30) }]);
  });

  it('a call whose user has talked all the while goes on', () => {
    const calls = withoutDoubt(connected, true, at(6));
    expect(currentCalls(calls)).toMatchObject([{ phase: 'connected', answeredAt: at(9) }]);
  });

  it('a call whose user talks since a later time was another one', () => {
    const calls = withoutDoubt(connected, true, at(60));
    expect(recentCalls(calls)).toMatchObject([{ result: 'not-seen', endedAt: null }]);
  });

  it('a call that is told of again is not in doubt', () => {
    const told = withCallEvent(connected, transfer(12, 'BlindTransfer', '1043'));
    expect(currentCalls(withoutDoubt(told, false, at(30)))).toHaveLength(1);
  });

  it('a late step tells how a call ended that was seen gone', () => {
    const calls = withCallEvent(
      withoutDoubt(connected, false, at(30)),
      hungUp(29, 'remote', SALES),
    );
    expect(recentCalls(calls)).toMatchObject([{ result: 'over-by-them', endedAt: at(29) }]);
  });

  it('a step of a call that was seen gone does not bring it back, but its ringing again does', () => {
    const gone = withoutDoubt(connected, false, at(30));
    expect(currentCalls(withCallEvent(gone, reached(31, 'BlindTransfer')))).toEqual([]);
    expect(currentCalls(withCallEvent(gone, rings(40)))).toMatchObject([{ phase: 'ringing' }]);
  });

  it('without a gap the status ends no call', () => {
    const calls = after([rings(6), answered(9)]);
    expect(withoutDoubt(calls, false, at(5))).toBe(calls);
  });
});

describe('arrivals in queues', () => {
  it('tell the queue of a call and when it came there; a later one counts', () => {
    const told = [arrives(5, 1), arrives(9, 1), arrives(5, 1)];
    expect(told.reduce(withArrival, NO_ARRIVALS).get(guidOf(1))).toEqual({
      queueId: SALES,
      queueName: 'Sales',
      at: at(9),
    });
  });

  it('are forgotten, the oldest first', () => {
    let arrivals: QueueArrivals = NO_ARRIVALS;
    for (let call = 0; call <= MAX_ARRIVALS; call += 1) {
      arrivals = withArrival(arrivals, arrives(call, call));
    }
    expect(arrivals.size).toBe(MAX_ARRIVALS);
    expect(arrivals.has(guidOf(0))).toBe(false);
  });
});
