import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RteEventFields } from '../../../../src/rte/events/create-event.js';
import {
  type AgentCall,
  type AgentCallEvent,
  agentCallAfter,
} from '../../../../src/wallboard/board/model/agent-call.js';
import {
  type AgentFacts,
  agentState,
  groupOf,
} from '../../../../src/wallboard/board/model/agent-state.js';
import {
  agentView,
  isSameView,
  UNKNOWN_AGENT,
} from '../../../../src/wallboard/board/model/agent-view.js';
import { toldAt } from '../../../../src/wallboard/board/model/told-at.js';
import { eventData, freeStatus, NOON, QUEUE, secondsAfterNoon } from './events.js';

type Word = NonNullable<RteEventFields<'UserAvailability'>['availability']>;

const RINGING: AgentCall = { phase: 'ringing', callId: QUEUE, since: NOON };
const CONNECTED: AgentCall = { ...RINGING, phase: 'connected', since: NOON + 4_000 };

function factsOf(
  status: RteEventFields<'UserStatus'> = {},
  word?: Word,
  call?: AgentCall,
): AgentFacts {
  const availability =
    word === undefined ? undefined : eventData('UserAvailability', { availability: word });
  return { status: freeStatus(status), availability, call };
}

describe('what an agent does', () => {
  const talking = { talking: true, canBeAllocatedTo: false };
  const wrapUp = { wrapUpStart: secondsAfterNoon(0), wrapUpEnd: secondsAfterNoon(30) };
  const paused = { activeQueues: 0, canBeAllocatedTo: false };
  const cases: readonly (readonly [string, AgentFacts, string, string])[] = [
    [
      'nothing told',
      { status: undefined, availability: undefined, call: undefined },
      'unknown',
      'unknown',
    ],
    ['a call can be offered', factsOf({}, 'Available'), 'available', 'free'],
    ['no availability was told', factsOf(), 'available', 'free'],
    ['a phone rings', factsOf(talking, 'Available', RINGING), 'ringing', 'busy'],
    ['a conversation', factsOf(talking, 'Available', CONNECTED), 'talking', 'busy'],
    ["a queue's call", factsOf({ ...talking, activeQueueId: QUEUE }), 'talking', 'busy'],
    ['a call of which no step may be seen', factsOf(talking), 'on-phone', 'busy'],
    ['a call on do-not-disturb', factsOf(talking, 'DoNotDisturb', CONNECTED), 'talking', 'busy'],
    ['a wrap-up', factsOf({ ...wrapUp, canBeAllocatedTo: false }), 'wrap-up', 'busy'],
    ['off work by schedule', factsOf({ schedule: false, serving: false }), 'off-work', 'out'],
    ['off work by availability', factsOf({}, 'OffWork'), 'off-work', 'out'],
    ['logged out', factsOf({ serving: false }, 'Available'), 'logged-out', 'out'],
    ['logged out and away', factsOf({ serving: false }, 'Away'), 'logged-out', 'out'],
    ['do-not-disturb', factsOf({ available: false }, 'DoNotDisturb'), 'do-not-disturb', 'away'],
    ['do-not-disturb and paused', factsOf(paused, 'DoNotDisturb'), 'do-not-disturb', 'away'],
    ['paused', factsOf(paused, 'Available'), 'paused', 'away'],
    ['paused and away', factsOf(paused, 'Away'), 'paused', 'away'],
    ['away', factsOf({ available: false }, 'Away'), 'away', 'away'],
    ['back soon', factsOf({ available: false }, 'BRB'), 'away', 'away'],
    ['calls not allowed, nobody knows why', factsOf({ available: false }), 'away', 'away'],
    ['no telephone', factsOf({ canBeAllocatedTo: false }, 'Available'), 'unreachable', 'away'],
  ];

  it.each(cases)('with %s', (_, facts, state, group) => {
    expect(agentState(facts)).toBe(state);
    expect(groupOf(agentState(facts))).toBe(group);
  });

  it('is never available when no call can be offered', () => {
    const flags = fc.record({
      canBeAllocatedTo: fc.constant(false),
      talking: fc.boolean(),
      available: fc.boolean(),
      schedule: fc.boolean(),
      serving: fc.boolean(),
      activeQueues: fc.integer({ min: 0, max: 3 }),
    });
    const words = fc.constantFrom<(Word | undefined)[]>(undefined, 'Available', 'Busy', 'OffWork');
    fc.assert(
      fc.property(flags, words, (status, word) => {
        expect(agentState(factsOf(status, word))).not.toBe('available');
      }),
    );
  });
});

const after = (...steps: readonly AgentCallEvent[]) =>
  steps.reduce<AgentCall | undefined>(agentCallAfter, undefined);

describe('the steps of an agent’s call', () => {
  const CALL = 'aaaaaaaa-0000-4000-8000-0000000000c1';
  const OTHER = 'aaaaaaaa-0000-4000-8000-0000000000c2';
  const step = (name: AgentCallEvent['eventType'], callId = CALL): AgentCallEvent =>
    eventData(name, { callId });
  const rings = step('UserCallInUserAllocated');
  const answered = step('UserCallInUserConnected');

  it.each([
    ['rings', [rings], 'ringing'],
    ['is answered', [rings, answered], 'connected'],
    ['goes out and is answered', [step('UserCallOutConnected')], 'connected'],
    ['is given up', [rings, step('UserCallInUserCancelled')], undefined],
    ['goes elsewhere', [rings, step('UserCallInUserOverflow')], undefined],
    ['ends', [rings, answered, step('UserCallInDisconnected')], undefined],
    [
      'goes out and ends',
      [step('UserCallOutConnected'), step('UserCallOutDisconnected')],
      undefined,
    ],
    ['lasts while another rings', [answered, step('UserCallInUserAllocated', OTHER)], 'connected'],
    ['lasts when another ends', [answered, step('UserCallInDisconnected', OTHER)], 'connected'],
  ])('a call that %s', (_, steps, phase) => {
    expect(after(...steps)?.phase).toBe(phase);
  });
});

const at = (seconds: number) => NOON + seconds * 1000;

describe('the time in a state', () => {
  const sinceOf = (facts: AgentFacts, previous = UNKNOWN_AGENT, told: number | null = at(100)) =>
    agentView(facts, previous, told).since;

  it.each([
    [
      'a conversation from its answer',
      factsOf({ talking: true, talkingStatusChanged: secondsAfterNoon(1) }, 'Available', CONNECTED),
      CONNECTED.since,
    ],
    [
      'a queue call from when the phone rang, if that is all that is known',
      factsOf({ talking: true, activeQueueId: QUEUE, talkingStatusChanged: secondsAfterNoon(1) }),
      at(1),
    ],
    ['ringing from its beginning', factsOf({ talking: true }, 'Available', RINGING), RINGING.since],
    ['a wrap-up from its start', factsOf({ wrapUpStart: secondsAfterNoon(20) }), at(20)],
    ['anything else from the event', factsOf(), at(100)],
  ])('counts %s', (_, facts, since) => {
    expect(sinceOf(facts)).toBe(since);
  });

  it('counts do-not-disturb from when it was set, or from the end of a later call', () => {
    const availability = eventData('UserAvailability', {
      availability: 'DoNotDisturb',
      startTime: secondsAfterNoon(10),
    });
    const before = freeStatus({ talkingStatusChanged: secondsAfterNoon(5) });
    const later = freeStatus({ talkingStatusChanged: secondsAfterNoon(15) });
    expect(sinceOf({ status: before, availability, call: undefined })).toBe(at(10));
    expect(sinceOf({ status: later, availability, call: undefined })).toBe(at(15));
  });

  it('goes on when something else changes', () => {
    const before = agentView(factsOf(), UNKNOWN_AGENT, at(0));
    expect(sinceOf(factsOf({ serviceTerminals: 2 }), before)).toBe(at(0));
    expect(sinceOf(factsOf({ serving: false }), before)).toBe(at(100));
  });

  it('is not known of a state that the hub tells without an event', () => {
    const status = { ...freeStatus(), id: '00000000-0000-7abc-8000-000000000000' };
    expect(toldAt(status)).toBeNull();
    expect(toldAt(freeStatus())).toBe(NOON);
    expect(
      sinceOf({ status, availability: undefined, call: undefined }, UNKNOWN_AGENT, toldAt(status)),
    ).toBeNull();
  });

  it('is not counted of somebody of whom nothing was told', () => {
    expect(sinceOf({ status: undefined, availability: undefined, call: undefined })).toBeNull();
  });
});

describe('what is shown of an agent', () => {
  it('names the queue of the call while it lasts, and no longer', () => {
    const talking = factsOf({ talking: true, activeQueueId: QUEUE });
    expect(agentView(talking, UNKNOWN_AGENT, NOON).activeQueueId).toBe(QUEUE);
    const over = factsOf({ talking: false, activeQueueId: QUEUE });
    expect(agentView(over, UNKNOWN_AGENT, NOON).activeQueueId).toBeNull();
  });

  it('has the reason of an absence, and the end of a wrap-up', () => {
    const availability = eventData('UserAvailability', { availability: 'BRB', note: ' Coffee ' });
    const away = { status: freeStatus({ available: false }), availability, call: undefined };
    expect(agentView(away, UNKNOWN_AGENT, NOON)).toMatchObject({
      availability: 'BRB',
      note: 'Coffee',
    });
    const wrapUp = factsOf({ wrapUpStart: secondsAfterNoon(0), wrapUpEnd: secondsAfterNoon(30) });
    expect(agentView(wrapUp, UNKNOWN_AGENT, NOON).wrapUpEnd).toBe(NOON + 30_000);
  });

  it('is the same when an event changes nothing that is shown', () => {
    const view = agentView(factsOf(), UNKNOWN_AGENT, NOON);
    expect(isSameView(view, agentView(factsOf({ parkedCalls: 1 }), view, NOON + 9_000))).toBe(true);
    expect(isSameView(view, agentView(factsOf({ serving: false }), view, NOON))).toBe(false);
  });
});
