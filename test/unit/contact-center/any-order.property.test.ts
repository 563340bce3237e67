import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainEvent, MemberRef, Occurrence } from '../../../src/contact-center/index.js';
import { queueIds } from '../../support/directory-fixture.js';
import { expectPossibleState } from '../../support/invariants.js';
import { callerFacts, type Fact, loggedIn, SECOND, START, Story } from './story.js';
import { told } from './told.js';

// Each call has two agents of its own: what follows for an agent from two calls depends on which
// was first, and calls are far enough apart for their order to be known.

const CALLS = 3;

const agents: readonly MemberRef[] = Array.from({ length: CALLS * 2 }, (_, index) => ({
  memberId: `agent ${String(index)}`,
  userIds: [`user ${String(index)}`],
}));

const everybody = {
  users: agents.flatMap(({ userIds }) => userIds),
  queues: Object.values(queueIds),
};

type Facts = ReturnType<typeof callerFacts>;
type Course = (call: Facts, first: MemberRef, second: MemberRef) => readonly Fact[];

/** How a call can go, in the order in which it happens. */
const courses: Readonly<Record<string, Course>> = {
  answered: (call, first) => [
    call.announced,
    call.joined,
    call.offered(first),
    ...ownLeg(first, 'ringing'),
    call.left,
    call.connected(first),
    ...ownLeg(first, 'up'),
    call.completed(first),
    ...ownLegEnds(first),
    call.hungUp,
  ],
  'answered by the second': (call, first, second) => [
    call.joined,
    call.offered(first),
    ...ownLeg(first, 'ringing'),
    call.offerEnded(first),
    ...ownLegEnds(first),
    call.offered(second),
    call.left,
    call.connected(second),
    call.completed(second),
    call.hungUp,
  ],
  'rung everywhere': (call, first, second) => [
    call.joined,
    call.offered(first),
    call.offered(second),
    call.left,
    call.connected(second),
    call.completed(second, 0),
    call.hungUp,
  ],
  'given up': (call) => [call.announced, call.joined, call.abandoned, call.left, call.hungUp],
  'given up while it rings': (call, first) => [
    call.joined,
    call.offered(first),
    ...ownLeg(first, 'ringing'),
    call.abandoned,
    call.left,
    ...ownLegEnds(first),
    call.hungUp,
  ],
  'timed out': (call, first) => [
    call.joined,
    call.offered(first),
    call.offerEnded(first),
    call.abandoned,
    call.left,
  ],
  'left by a digit': (call) => [call.joined, call.left],
};

const givenUp = new Set(['given up', 'given up while it rings']);

function ownLeg({ memberId, userIds }: MemberRef, state: 'ringing' | 'up'): Fact[] {
  return userIds.map((userId) => ({
    kind: 'leg-changed',
    userId,
    legId: `leg ${memberId}`,
    state,
  }));
}

function ownLegEnds({ memberId }: MemberRef): Fact[] {
  return [{ kind: 'channel-ended', legId: `leg ${memberId}` }];
}

/** The events of one call, 200 ms apart. */
function eventsOf(course: string, index: number): DomainEvent[] {
  const queueId = index % 2 === 0 ? queueIds.sales : queueIds.support;
  const [first, second] = agents.slice(index * 2);
  const facts =
    first &&
    second &&
    courses[course]?.(callerFacts(`caller ${String(index)}`, queueId), first, second);
  return (facts ?? []).map((fact, step) => ({ ...fact, at: START + step * 200 }));
}

const someCalls = fc.array(fc.constantFrom(...Object.keys(courses)), {
  minLength: 1,
  maxLength: CALLS,
});

/** Some calls' events in order, and the same in any order with some of them twice. */
const scrambled = fc
  .record({ calls: someCalls, known: fc.integer({ min: 1, max: 12 }) })
  .map(({ calls, known }) =>
    calls.flatMap((course, index) => eventsOf(course, index).slice(0, known)),
  )
  .chain((ordered) => fc.record({ ordered: fc.constant(ordered), shuffled: repeated(ordered) }));

function repeated(ordered: readonly DomainEvent[]): fc.Arbitrary<DomainEvent[]> {
  return fc
    .subarray([...ordered])
    .chain((twice) =>
      fc.shuffledSubarray([...ordered, ...twice], { minLength: ordered.length + twice.length }),
    );
}

/** A center with everybody logged in, to which the events were told in the order given. */
function centerAfter(events: readonly DomainEvent[]): Story {
  const story = new Story();
  for (const agent of agents) {
    for (const queueId of everybody.queues) story.tell(loggedIn(agent, queueId));
  }
  for (const event of events) {
    story.apply(event);
    for (const now of [event.at, START + 3 * SECOND]) {
      expectPossibleState(story.center, now, everybody);
    }
  }
  story.wait(6 * SECOND);
  return story;
}

/** What the center says in the end. Since when somebody talks depends on what was told first. */
function finalState({ center, now, gaveUp }: Story): object {
  return {
    users: everybody.users.map((id) => ({
      ...center.userStatus(id, now),
      talkingStatusChanged: undefined,
    })),
    queues: everybody.queues.map((id) => center.queueStatus(id, now)),
    gaveUp: gaveUp.toSorted((a, b) => a.legId.localeCompare(b.legId)),
  };
}

/** A call is told in this order; between the arrival and the answer, members are rung. */
const STEPS: readonly Occurrence['kind'][] = [
  'queue-call-incoming',
  'queue-call-arrived',
  'user-call-connected',
  'user-call-disconnected',
  'wrap-up-started',
];

/** What is told of a call however its events arrive, and how it ends. */
function atLeast(course: string, index: number): string[] {
  const [first = '', second = ''] = agents.slice(index * 2).flatMap(({ userIds }) => userIds);
  const arrived = ['queue-call-incoming', 'queue-call-arrived'];
  const ending: Readonly<Record<string, readonly string[]>> = {
    answered: [`user-call-connected ${first}`, `user-call-disconnected ${first} remote`],
    'answered by the second': [`user-call-disconnected ${second} remote`],
    'rung everywhere': [`user-call-disconnected ${second} remote`],
    'given up': ['queue-call-disconnected remote', 'caller-gave-up'],
    'given up while it rings': ['queue-call-disconnected remote', 'caller-gave-up'],
    'timed out': ['queue-call-overflowed no-agent'],
    'left by a digit': ['queue-call-overflowed unknown'],
  };
  return [...arrived, ...(ending[course] ?? [])];
}

describe('events in any order, some of them twice', () => {
  it('end in the state of the ordered ones and never pass through an impossible one', () => {
    fc.assert(
      fc.property(scrambled, ({ ordered, shuffled }) => {
        expect(finalState(centerAfter(shuffled))).toEqual(finalState(centerAfter(ordered)));
      }),
      { numRuns: 80 },
    );
  });

  it('tell of each caller who gave up once, and of no other', () => {
    const shuffledCalls = someCalls.chain((calls) =>
      fc.record({ calls: fc.constant(calls), events: repeated(calls.flatMap(eventsOf)) }),
    );
    fc.assert(
      fc.property(shuffledCalls, ({ calls, events }) => {
        const legIds = centerAfter(events).gaveUp.map(({ legId }) => legId);
        const expected = calls.flatMap((course, index) =>
          givenUp.has(course) ? [`caller ${String(index)}`] : [],
        );
        expect(legIds.toSorted()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('tell each call once and in its order', () => {
    const shuffledCalls = someCalls.chain((calls) =>
      fc.record({ calls: fc.constant(calls), events: repeated(calls.flatMap(eventsOf)) }),
    );
    fc.assert(
      fc.property(shuffledCalls, ({ calls, events }) => {
        const { occurrences } = centerAfter(events);
        for (const [index, course] of calls.entries()) {
          const ofCall = occurrences.filter(
            (one) => 'legId' in one && one.legId === `caller ${String(index)}`,
          );
          const lines = told(ofCall);
          expect(lines).toEqual([...new Set(lines)]);
          const steps = ofCall.map(({ kind }) => STEPS.indexOf(kind)).filter((step) => step >= 0);
          expect(steps).toEqual(steps.toSorted((a, b) => a - b));
          expect(new Set(lines)).toEqual(new Set([...lines, ...atLeast(course, index)]));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('leave nothing behind eleven minutes after everything ended', () => {
    fc.assert(
      fc.property(
        someCalls.chain((calls) => repeated(calls.flatMap(eventsOf))),
        (events) => {
          const story = centerAfter(events);
          for (let index = 0; index < CALLS; index += 1) {
            story.tell(callerFacts(`caller ${String(index)}`).hungUp);
          }
          story.wait(11 * 60 * SECOND);
          story.center.sweep(story.now);
          const members = agents.length * everybody.queues.length;
          // The other tables have an entry per user or queue that there is.
          expect(story.center.sizes()).toMatchObject({
            visits: 0,
            members,
            legs: 0,
            userCalls: 0,
            transfers: 0,
            supervisions: 0,
            queueExits: 0,
            missedCalls: 0,
            parkedCalls: 0,
            presences: 0,
            recentFacts: 0,
            evictions: 0,
          });
          expect(story.center.nextDeadline(story.now)).toBeUndefined();
          for (const id of everybody.queues) {
            expect(story.queue(id)).toMatchObject({
              requesters: 0,
              agentsImmediatelyFree: agents.length,
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
