import type { RteEventData, RteEventName } from '../../../rte/events/event-catalogue.js';

/** Steps of calls by which a ringing phone can be told from a conversation. */
export const AGENT_CALL_EVENTS = [
  'UserCallInUserAllocated',
  'UserCallInUserConnected',
  'UserCallOutConnected',
  'UserCallInUserCancelled',
  'UserCallInUserOverflow',
  'UserCallInDisconnected',
  'UserCallOutDisconnected',
] as const satisfies readonly RteEventName[];

type AgentCallEventName = (typeof AGENT_CALL_EVENTS)[number];

/** One of these steps. */
export type AgentCallEvent = RteEventData<AgentCallEventName>;

/** What is known of the call that an agent handles, beside UserStatus. */
export interface AgentCall {
  readonly phase: 'ringing' | 'connected';
  readonly callId: string;
  /** Since when the phase lasts, epoch ms. */
  readonly since: number;
}

/**
 * The agent's call after a step of one. A call that rings during a conversation does not end it,
 * and only the end of the call that is shown leaves none.
 */
export function agentCallAfter(
  call: AgentCall | undefined,
  event: AgentCallEvent,
): AgentCall | undefined {
  const { callId } = event;
  const since = Date.parse(event.timestamp);
  switch (event.eventType) {
    case 'UserCallInUserAllocated':
      return call?.phase === 'connected' ? call : { phase: 'ringing', callId, since };
    case 'UserCallInUserConnected':
    case 'UserCallOutConnected':
      return { phase: 'connected', callId, since };
    case 'UserCallInUserCancelled':
    case 'UserCallInUserOverflow':
    case 'UserCallInDisconnected':
    case 'UserCallOutDisconnected':
      return call?.callId === callId ? undefined : call;
  }
}
