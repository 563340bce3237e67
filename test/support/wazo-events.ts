import type { BusEvent } from './wazo-bus.js';

/** A caller in a queue, as Asterisk names it. */
export interface Caller {
  readonly uniqueid: string;
  readonly number: string;
  readonly queue: string;
}

/** An agent, as Wazo names it. */
export interface Agent {
  readonly agentId: number;
  readonly userUuid: string;
  readonly queues: readonly string[];
}

/** QueueCallerJoin, QueueCallerLeave or QueueCallerAbandon. */
export function queueCaller(name: string, caller: Caller, extra: object = {}): BusEvent {
  return { name, data: { Event: name, ...channel(caller), Queue: caller.queue, ...extra } };
}

/** UserEvent `Queue`: the dialplan sends the caller to the queue of that number in wazo-confd. */
export function queueUserEvent(caller: Caller, extra: object = {}): BusEvent {
  const about = { UserEvent: 'Queue', XIVO_CALLERIDNUMBER: caller.number };
  return {
    name: 'UserEvent',
    data: { Event: 'UserEvent', ...channel(caller), ...about, WAZO_DSTID: '7', ...extra },
  };
}

/** AgentCalled, AgentConnect, AgentComplete or AgentRingNoAnswer. */
export function queueAgent(
  name: string,
  caller: Caller,
  agent: Agent,
  extra: object = {},
): BusEvent {
  return queueCaller(name, caller, {
    Interface: interfaceOf(agent),
    MemberName: `Agent/${String(1000 + agent.agentId)}`,
    DestUniqueid: `${caller.uniqueid}1${String(agent.agentId)}`,
    ...extra,
  });
}

/** QueueMemberAdded, Status, Pause or Removed in one queue, as an idle agent's block reads. */
export function queueMember(
  name: string,
  agent: Agent,
  queue: string,
  extra: object = {},
): BusEvent {
  return {
    name,
    data: {
      Event: name,
      Queue: queue,
      MemberName: `Agent/${String(1000 + agent.agentId)}`,
      Interface: interfaceOf(agent),
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
      Ringinuse: '0',
      Wrapuptime: '0',
      ...extra,
    },
  };
}

/** One QueueMember event for each queue of the agent. */
export function queueMembers(name: string, agent: Agent, extra: object = {}): BusEvent[] {
  return agent.queues.map((queue) => queueMember(name, agent, queue, extra));
}

/** call_created, call_updated, call_answered or call_ended of the agent's phone. */
export function agentCall(
  name: string,
  caller: Caller,
  agent: Agent,
  status: string,
  extra: object = {},
): BusEvent {
  return {
    name,
    data: {
      call_id: `${caller.uniqueid}2${String(agent.agentId)}`,
      conversation_id: caller.uniqueid,
      user_uuid: agent.userUuid,
      status,
      on_hold: false,
      is_caller: false,
      direction: 'inbound',
      line_id: agent.agentId,
      ...extra,
    },
  };
}

/** A report of an agent's phone in a call to its own number; `extra` replaces what it says. */
export function directCall(
  name: string,
  agent: Agent,
  status: string,
  extra: object = {},
): BusEvent {
  return {
    name,
    data: {
      call_id: '1763683300.51',
      conversation_id: '1763683300.50',
      user_uuid: agent.userUuid,
      status,
      on_hold: false,
      is_caller: false,
      direction: 'inbound',
      caller_id_number: '1001',
      peer_caller_id_number: '+15557654321',
      dialed_extension: '1001',
      line_id: agent.agentId,
      ...extra,
    },
  };
}

export function hangup(uniqueid: string): BusEvent {
  return {
    name: 'Hangup',
    data: { Event: 'Hangup', Uniqueid: uniqueid, Linkedid: uniqueid, Cause: '16' },
  };
}

export function agentStatus(agent: Agent, status: 'logged_in' | 'logged_out'): BusEvent {
  return { name: 'agent_status_update', data: { agent_id: agent.agentId, status } };
}

/** chatd_presence_updated; `extra` replaces what an available person's report says. */
export function presence(userUuid: string, extra: object = {}): BusEvent {
  return { name: 'chatd_presence_updated', data: { ...availablePerson(userUuid), ...extra } };
}

/** An available person with one phone, as wazo-chatd tells of them on the bus and over REST. */
export function availablePerson(userUuid: string) {
  return {
    uuid: userUuid,
    state: 'available',
    status: '',
    line_state: 'available',
    do_not_disturb: false,
    connected: true,
    mobile: false,
    lines: [{ id: 1, state: 'available' }],
  };
}

/** The member interface that Asterisk has of an agent. */
export function interfaceOf(agent: Agent): string {
  return `Local/id-${String(agent.agentId)}@agentcallback`;
}

function channel(caller: Caller): object {
  return {
    Channel: `PJSIP/trunk1-${caller.uniqueid}`,
    ChannelStateDesc: 'Up',
    CallerIDNum: caller.number,
    CallerIDName: 'Some One',
    Uniqueid: caller.uniqueid,
    Linkedid: caller.uniqueid,
  };
}
