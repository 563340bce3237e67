import { type Agent, availablePerson, type Caller, interfaceOf } from '../wazo-events.js';
import type { Json } from './state.js';

// What Wazo's services answer while something goes on: rows of Asterisk, legs, logins, presences.

/** QueueParams: the queue is there. */
export function queueParams(queue: string): Json {
  return { Event: 'QueueParams', Queue: queue, Max: '0', Strategy: 'rrmemory', Calls: '0' };
}

/** QueueMember: an idle agent in a queue; `extra` replaces what the row says. */
export function queueMemberRow(agent: Agent, queue: string, extra: Json = {}): Json {
  return {
    Event: 'QueueMember',
    Queue: queue,
    Name: `Agent/${String(1000 + agent.agentId)}`,
    Location: interfaceOf(agent),
    StateInterface: 'PJSIP/abcd1234',
    Membership: 'dynamic',
    Penalty: '0',
    CallsTaken: '0',
    LastCall: '0',
    LastPause: '0',
    LoginTime: '1763680000',
    InCall: '0',
    Status: '1',
    Paused: '0',
    PausedReason: '',
    Wrapuptime: '0',
    ...extra,
  };
}

/** QueueEntry: a caller who has waited that many seconds. */
export function queueEntryRow(caller: Caller, waited: number): Json {
  return {
    Event: 'QueueEntry',
    Queue: caller.queue,
    Position: '1',
    Channel: `PJSIP/trunk1-${caller.uniqueid}`,
    Uniqueid: caller.uniqueid,
    CallerIDNum: caller.number,
    CallerIDName: 'Some One',
    Wait: String(waited),
    Priority: '0',
  };
}

/** CoreShowChannel of a caller in a queue's application; with `bridge` once somebody has answered. */
export function callerChannel(caller: Caller, bridge = ''): Json {
  return {
    Event: 'CoreShowChannel',
    Channel: 'PJSIP/trunk1-0000001a',
    Uniqueid: caller.uniqueid,
    Linkedid: caller.uniqueid,
    CallerIDNum: caller.number,
    CallerIDName: 'Some One',
    Application: 'Queue',
    ApplicationData: `${caller.queue},,,,,,,wazo-queue-answered`,
    Duration: '00:01:00',
    BridgeId: bridge,
  };
}

/** CoreShowChannel by which a queue rings an agent, or, with `bridge`, has reached them. */
export function agentChannel(caller: Caller, agent: Agent, bridge = ''): Json {
  return {
    Event: 'CoreShowChannel',
    Channel: `${interfaceOf(agent)}-0000002b;1`,
    Uniqueid: `${caller.uniqueid}1${String(agent.agentId)}`,
    Linkedid: caller.uniqueid,
    Application: 'AppQueue',
    ApplicationData: '(Outgoing Line)',
    BridgeId: bridge,
  };
}

/** CoreShowChannel of the phone of an agent in a queue's call. */
export function phoneChannel(caller: Caller, agent: Agent, bridge = ''): Json {
  return {
    Event: 'CoreShowChannel',
    Channel: 'PJSIP/abcd1234-0000003c',
    Uniqueid: `${caller.uniqueid}2${String(agent.agentId)}`,
    Linkedid: caller.uniqueid,
    Application: 'AppDial',
    ApplicationData: '(Outgoing Line)',
    BridgeId: bridge,
  };
}

/** A leg of an agent's phone in a queue's call, as wazo-calld lists it. */
export function agentLeg(caller: Caller, agent: Agent, tenantUuid: string, status: string): Json {
  return {
    call_id: `${caller.uniqueid}2${String(agent.agentId)}`,
    conversation_id: caller.uniqueid,
    user_uuid: agent.userUuid,
    tenant_uuid: tenantUuid,
    status,
    on_hold: false,
    is_caller: false,
    direction: 'inbound',
    caller_id_number: String(1000 + agent.agentId),
    peer_caller_id_number: caller.number,
    line_id: agent.agentId,
  };
}

/** An agent as wazo-agentd has it, logged in to all its queues. */
export function agentLogin(agent: Agent, tenantUuid: string, logged = true): Json {
  return {
    id: agent.agentId,
    tenant_uuid: tenantUuid,
    number: String(1000 + agent.agentId),
    logged,
    paused: false,
    queues: agent.queues.map((name, index) => ({ id: index + 1, name, logged, paused: false })),
  };
}

/** An available person with one phone, as wazo-chatd has them; `extra` replaces what it says. */
export function presenceRow(userUuid: string, tenantUuid: string, extra: Json = {}): Json {
  return {
    ...availablePerson(userUuid),
    tenant_uuid: tenantUuid,
    ...extra,
  };
}
