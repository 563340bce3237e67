import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BusEvent } from '../../support/wazo-bus.js';
import { people, queueIds, SALES_WRAP_UP_SECONDS } from '../../support/directory-fixture.js';
import sequences from './fixtures/ami-sequences.json' with { type: 'json' };
import { IngestUnderTest, START } from './ingest-fixture.js';

type SequenceName = keyof typeof sequences;

const names: readonly SequenceName[] = [
  'queue_answered',
  'queue_abandoned_by_caller',
  'agent_login_pause_unpause_logoff',
];

const someTime: unknown = expect.any(Number);

const idleQueue = {
  queueId: queueIds.sales,
  providers: 0,
  requesters: 0,
  servingAgentsEstimate: 0,
  allocated: 0,
  connected: 0,
  queuingRequesters: 0,
  notServedRequesters: 0,
  agentsLongTermAway: 0,
  agentsShortTermAway: 0,
  agentsImmediatelyFree: 0,
  agentsCheckedIn: 0,
  agentsOnWrapUp: 0,
  maxWaitTime: 0,
  openStatus: 1,
};

const untouchedUser = {
  userId: people.ann,
  canBeAllocatedTo: false,
  talking: false,
  talkingStatusChanged: null,
  activeQueueId: null,
  available: true,
  schedule: true,
  serving: false,
  serviceTerminals: 0,
  activeQueues: 0,
  parkedCalls: 0,
  wrapUpStart: null,
  wrapUpEnd: null,
};

const expected = {
  queue_answered: {
    queue: {
      ...idleQueue,
      providers: 1,
      servingAgentsEstimate: 1,
      agentsCheckedIn: 1,
      agentsShortTermAway: 1,
      agentsOnWrapUp: 1,
      openStatus: 6,
    },
    user: {
      ...untouchedUser,
      serving: true,
      activeQueues: 1,
      talkingStatusChanged: someTime,
      wrapUpStart: someTime,
      wrapUpEnd: someTime,
    },
    occurrences: [
      'queue-call-incoming',
      'queue-call-arrived',
      'user-call-allocated',
      'user-call-connected',
      'wrap-up-enabled',
      'user-call-disconnected',
      'wrap-up-started',
    ],
    warnings: [],
  },
  queue_abandoned_by_caller: {
    queue: idleQueue,
    user: untouchedUser,
    occurrences: [
      'queue-call-incoming',
      'queue-call-arrived',
      'queue-call-disconnected',
      'caller-gave-up',
    ],
    warnings: [],
  },
  agent_login_pause_unpause_logoff: {
    queue: idleQueue,
    user: untouchedUser,
    occurrences: [],
    warnings: [],
  },
};

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});

afterEach(() => {
  vi.useRealTimers();
});

describe.each(names)('the recorded sequence %s', (name) => {
  const events: readonly BusEvent[] = sequences[name].map((data) => ({ name: data.Event, data }));

  it('ends in the right state when each event comes alone and in order', () => {
    const hub = new IngestUnderTest();
    for (const event of events) hub.burst(event);
    expect(outcomeOf(hub)).toEqual(expected[name]);
  });

  it.each([3, 4, 5, 6, 7, 8, 9, 10])('ends the same when read in reverse, %d at a time', (size) => {
    const hub = new IngestUnderTest();
    for (let start = 0; start < events.length; start += size) {
      hub.burst(...events.slice(start, start + size).toReversed());
    }
    expect(outcomeOf(hub)).toEqual(expected[name]);
  });

  it('ends the same when every message is delivered twice', () => {
    const hub = new IngestUnderTest();
    for (const event of events) {
      const body = hub.encode(event);
      hub.deliverBody(body);
      hub.deliverBody(body);
      hub.settle();
    }
    expect(outcomeOf(hub)).toEqual(expected[name]);
    expect(hub.acknowledged).toBe(events.length * 2);
  });

  it('ends the same in whatever order its one burst arrives', () => {
    const anyOrder = fc.shuffledSubarray([...events], { minLength: events.length });
    fc.assert(
      fc.property(anyOrder, (shuffled) => {
        const hub = new IngestUnderTest();
        hub.burst(...shuffled);
        expect(outcomeOf(hub)).toEqual(expected[name]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the wrap-up after the recorded answered call', () => {
  it("lasts as long as the queue's, as the member has none of its own", () => {
    const hub = new IngestUnderTest();
    hub.burst(...sequences.queue_answered.map((data) => ({ name: data.Event, data })));
    const { wrapUpStart, wrapUpEnd } = hub.center.userStatus(people.ann, Date.now());
    expect([wrapUpStart, wrapUpEnd]).toEqual([START, START + SALES_WRAP_UP_SECONDS * 1000]);
  });
});

/** What the sequence came to. */
function outcomeOf({ center, occurrences, warnings }: IngestUnderTest): object {
  return {
    queue: center.queueStatus(queueIds.sales, Date.now()),
    user: center.userStatus(people.ann, Date.now()),
    occurrences: occurrences.map(({ kind }) => kind),
    warnings,
  };
}
