import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { amidOrder } from '../../support/amid-order.js';
import { ann, people, queueIds } from '../../support/directory-fixture.js';
import { shuffled } from '../../support/shuffle.js';
import type { BusEvent } from '../../support/wazo-bus.js';
import {
  agentCall,
  agentStatus,
  hangup,
  type Caller,
  queueAgent,
  queueCaller,
  queueMembers,
  queueUserEvent,
} from '../../support/wazo-events.js';
import { IngestUnderTest, START, WINDOW_MS } from './ingest-fixture.js';

/** What Asterisk says of a call that Ann answers, and of her phone meanwhile. */
function asterisk(caller: Caller): readonly BusEvent[] {
  return [
    queueUserEvent(caller),
    queueCaller('QueueCallerJoin', caller),
    queueAgent('AgentCalled', caller, ann),
    ...queueMembers('QueueMemberStatus', ann, { Status: '6' }),
    queueCaller('QueueCallerLeave', caller),
    queueAgent('AgentConnect', caller, ann),
    ...queueMembers('QueueMemberStatus', ann, { Status: '2', InCall: '1' }),
    queueAgent('AgentComplete', caller, ann),
    ...queueMembers('QueueMemberStatus', ann, { CallsTaken: '1', LastCall: '1763683270' }),
    hangup(caller.uniqueid),
  ];
}

/** What wazo-calld says of her leg in its own time: after how many of Asterisk's events. */
function calld(caller: Caller): ReadonlyMap<number, BusEvent> {
  return new Map([
    [1, agentCall('call_created', caller, ann, 'Ringing')],
    [5, agentCall('call_answered', caller, ann, 'Up')],
    [9, agentCall('call_ended', caller, ann, 'Down', { reason_code: 16 })],
  ]);
}

const STEPS = [
  'queue-call-incoming',
  'queue-call-arrived',
  'user-call-allocated',
  'user-call-connected',
  'wrap-up-enabled',
  'user-call-disconnected',
  'wrap-up-started',
];

let hub: IngestUnderTest;
let others: number;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
  others = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass in which callers come to the other queue and give up, one every 6 ms. */
function passInTraffic(milliseconds: number): void {
  for (let passed = 0; passed < milliseconds; passed += 2) {
    const other = { uniqueid: `1763683300.${String(Math.floor(others / 3))}`, queue: 'support' };
    const about = { ...other, number: '2' };
    const said = [
      queueCaller('QueueCallerJoin', about),
      queueCaller('QueueCallerAbandon', about),
      hangup(other.uniqueid),
    ];
    hub.deliver(...said.slice(others % 3, (others % 3) + 1));
    others += 1;
    vi.advanceTimersByTime(2);
  }
}

/** The steps that were told of Ann's call. */
function stepsOfCall(): string[] {
  return hub.occurrences
    .filter((occurrence) => !('queueId' in occurrence) || occurrence.queueId === queueIds.sales)
    .map(({ kind }) => kind)
    .filter((kind) => STEPS.includes(kind));
}

describe('in a stream that never pauses', () => {
  type Telling = (events: readonly BusEvent[]) => readonly BusEvent[];
  const tellings: readonly [string, Telling][] = [
    ['in order', (events) => events],
    ['in reverse', (events) => events.toReversed()],
    ['as wazo-amid hands it on', (events) => amidOrder(events)],
    ['shuffled', (events) => shuffled(events, 1)],
  ];

  it.each(tellings)('a call that arrives over 160 ms is told as it was: %s', (_way, telling) => {
    hub.burst(...queueMembers('QueueMemberAdded', ann), agentStatus(ann, 'logged_in'));
    for (const offset of [0, 70]) {
      passInTraffic(200 + offset);
      hub.occurrences.splice(0);
      const caller = { uniqueid: `1763683205.4${String(offset)}`, number: '1', queue: 'sales' };
      for (const [index, event] of telling(asterisk(caller)).entries()) {
        const inBetween = calld(caller).get(index);
        hub.deliver(event, ...(inBetween === undefined ? [] : [inBetween]));
        passInTraffic(16);
      }
      passInTraffic(WINDOW_MS * 2);
      expect(stepsOfCall()).toEqual(STEPS);
      const status = hub.center.userStatus(people.ann, Date.now());
      expect(status).toMatchObject({ talking: false, activeQueueId: null, serving: true });
      const afterWrapUp = status.wrapUpEnd ?? Number.NaN;
      const { canBeAllocatedTo } = hub.center.userStatus(people.ann, afterWrapUp);
      expect(canBeAllocatedTo).toBe(true);
    }
  });

  it('a caller is told of one window after the last that was said of them', () => {
    passInTraffic(500);
    // What is said of a caller takes 4 ms, and a timer a millisecond.
    const untold = Math.ceil((WINDOW_MS + 5) / 6);
    const told = hub.occurrences.filter(({ kind }) => kind === 'queue-call-disconnected').length;
    expect(told).toBeGreaterThanOrEqual(Math.floor(others / 3) - untold);
  });
});
