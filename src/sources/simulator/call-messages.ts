import {
  agentNumber,
  type BusMessage,
  type SimulatedAgent,
  type SimulatedCaller,
} from './wazo-messages.js';

/** call_created, call_answered or call_ended of the agent's own phone, rung by a queue. */
export function callMessage(
  name: CallMessageName,
  agent: SimulatedAgent,
  caller: SimulatedCaller,
  legId: string,
): BusMessage {
  return legMessage(name, agent, {
    call_id: `${legId}1`,
    conversation_id: caller.uniqueid,
    is_caller: false,
    direction: 'inbound',
    ...ownAndPeer(name, agentNumber(agent), caller.number),
    peer_caller_id_name: caller.name,
  });
}

/** A call between an agent's own number and somebody outside, without a queue. */
export interface SimulatedDirectCall {
  /** The outside leg's Uniqueid is the whole call's; the agent's leg has its own. */
  readonly conversationId: string;
  readonly legId: string;
  readonly number: string;
  readonly isOutgoing: boolean;
}

/** call_created, call_answered or call_ended of the agent's phone in a direct call. */
export function directCallMessage(
  name: CallMessageName,
  agent: SimulatedAgent,
  call: SimulatedDirectCall,
): BusMessage {
  return legMessage(name, agent, {
    call_id: call.legId,
    conversation_id: call.conversationId,
    is_caller: call.isOutgoing,
    direction: call.isOutgoing ? 'outbound' : 'inbound',
    dialed_extension: call.isOutgoing ? call.number : agentNumber(agent),
    ...ownAndPeer(name, agentNumber(agent), call.number),
  });
}

/** call_answered of the trunk's leg: the other party of an outgoing call answered. */
export function otherPartyMessage(call: SimulatedDirectCall): BusMessage {
  return {
    name: 'call_answered',
    data: {
      call_id: `${call.legId}2`,
      conversation_id: call.conversationId,
      user_uuid: null,
      status: 'Up',
      is_caller: false,
    },
  };
}

type CallMessageName = 'call_created' | 'call_answered' | 'call_ended';

function legMessage(name: CallMessageName, agent: SimulatedAgent, data: object): BusMessage {
  const status = { call_created: 'Ringing', call_answered: 'Up', call_ended: 'Down' }[name];
  return {
    name,
    data: {
      user_uuid: agent.user.wazo.userUuid,
      status,
      on_hold: false,
      line_id: agent.user.wazo.lineIds[0] ?? null,
      ...data,
      ...(name === 'call_ended' ? { reason_code: 16 } : {}),
    },
  };
}

/** wazo-calld swaps the numbers in call_ended. */
function ownAndPeer(name: CallMessageName, own: string, peer: string): object {
  const [first, second] = name === 'call_ended' ? [peer, own] : [own, peer];
  return { caller_id_number: first, peer_caller_id_number: second };
}
