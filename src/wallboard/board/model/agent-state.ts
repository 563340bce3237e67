import type { RteEventData } from '../../../rte/events/event-catalogue.js';
import type { AgentCall } from './agent-call.js';

/** What an agent does, in the order in which the board lists it. */
export const AGENT_STATES = [
  'available',
  'ringing',
  'talking',
  'on-phone',
  'wrap-up',
  'paused',
  'away',
  'do-not-disturb',
  'unreachable',
  'logged-out',
  'off-work',
  'unknown',
] as const;

export type AgentState = (typeof AGENT_STATES)[number];

/** States that mean the same to who looks for somebody to take a call. */
export const AGENT_GROUPS = ['free', 'busy', 'away', 'out', 'unknown'] as const;

export type AgentGroup = (typeof AGENT_GROUPS)[number];

/** What is known of an agent; what has not come yet is undefined. */
export interface AgentFacts {
  readonly status: RteEventData<'UserStatus'> | undefined;
  readonly availability: RteEventData<'UserAvailability'> | undefined;
  readonly call: AgentCall | undefined;
}

/**
 * What an agent does. The first that holds:
 *
 * 1. `unknown`: no UserStatus has come yet.
 * 2. A call, whatever was set: `ringing` or `talking` as the steps of the call say; `talking` with
 *    the call of a queue (activeQueueId is told of answered ones only); else `on-phone`: the call
 *    may ring or talk, and who may not see the steps of a colleague's call cannot know.
 * 3. `wrap-up`: a running one.
 * 4. `off-work`: not at work (`schedule`), or the availability says so.
 * 5. `logged-out`: serves no queue (`serving`).
 * 6. `do-not-disturb`: the availability says so.
 * 7. `paused`: serves, but is active in no queue (`activeQueues`).
 * 8. `away`: any other availability than Available (Away, BRB, Busy), or one that is not known and
 *    allows no calls (`available`).
 * 9. `available`: a call can be offered (`canBeAllocatedTo`).
 * 10. `unreachable`: nothing of this, e.g. no telephone that could ring.
 */
export function agentState({ status, availability, call }: AgentFacts): AgentState {
  if (status === undefined) return 'unknown';
  if (status.talking) return callState(status, call);
  if (status.wrapUpStart !== null) return 'wrap-up';
  const word = availability?.availability ?? null;
  if (!status.schedule || word === 'OffWork') return 'off-work';
  if (!status.serving) return 'logged-out';
  if (word === 'DoNotDisturb') return 'do-not-disturb';
  if (status.activeQueues === 0) return 'paused';
  if ((word !== null && word !== 'Available') || !status.available) return 'away';
  return status.canBeAllocatedTo ? 'available' : 'unreachable';
}

function callState(
  { activeQueueId }: RteEventData<'UserStatus'>,
  call: AgentCall | undefined,
): AgentState {
  if (call?.phase === 'connected' || activeQueueId !== null) return 'talking';
  return call?.phase === 'ringing' ? 'ringing' : 'on-phone';
}

const GROUPS: Readonly<Record<AgentState, AgentGroup>> = {
  available: 'free',
  ringing: 'busy',
  talking: 'busy',
  'on-phone': 'busy',
  'wrap-up': 'busy',
  paused: 'away',
  away: 'away',
  'do-not-disturb': 'away',
  unreachable: 'away',
  'logged-out': 'out',
  'off-work': 'out',
  unknown: 'unknown',
};

/** The group of a state. */
export function groupOf(state: AgentState): AgentGroup {
  return GROUPS[state];
}
