import type { Queue, User } from '../../directory/types.js';

/** A Wazo bus message as its publisher writes it, without the stamp. */
export interface BusMessage {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An agent at work, with what Asterisk counts for it. */
export interface SimulatedAgent {
  readonly user: User;
  readonly agentId: number;
  readonly queues: readonly Queue[];
  device: '1' | '2' | '6';
  paused: boolean;
  callsTaken: number;
  lastCall: number;
  lastPause: number;
  readonly loginTime: number;
  /** Takes no calls before this time of the agenda. */
  wrapUpUntil: number;
}

/** A caller in a queue. */
export interface SimulatedCaller {
  readonly uniqueid: string;
  readonly number: string;
  readonly name: string;
  readonly queue: Queue;
}

export function agentInterface(agent: SimulatedAgent): string {
  return `Local/id-${String(agent.agentId)}@agentcallback`;
}

/** QueueCallerJoin, QueueCallerLeave or QueueCallerAbandon. */
export function callerMessage(
  name: string,
  caller: SimulatedCaller,
  extra: Readonly<Record<string, string>>,
): BusMessage {
  return {
    name,
    data: { Event: name, ...callerChannel(caller), Queue: caller.queue.wazo.queueName, ...extra },
  };
}

/** UserEvent `Queue`: the dialplan sends the caller to the queue. */
export function announceMessage(caller: SimulatedCaller): BusMessage {
  const queueId = String(caller.queue.wazo.queueId ?? '');
  return {
    name: 'UserEvent',
    data: {
      Event: 'UserEvent',
      ...callerChannel(caller),
      UserEvent: 'Queue',
      XIVO_DSTID: queueId,
      WAZO_DSTID: queueId,
      XIVO_CALLERIDNAME: caller.name,
      XIVO_CALLERIDNUMBER: caller.number,
    },
  };
}

/** AgentCalled, AgentConnect, AgentComplete or AgentRingNoAnswer; `legId` is the rung channel. */
export function agentMessage(
  name: string,
  caller: SimulatedCaller,
  agent: SimulatedAgent,
  legId: string,
  extra: Readonly<Record<string, string>> = {},
): BusMessage {
  return callerMessage(name, caller, {
    Interface: agentInterface(agent),
    MemberName: memberName(agent),
    DestUniqueid: legId,
    DestLinkedid: caller.uniqueid,
    ...extra,
  });
}

/** A QueueMember event for each queue of the agent, as Asterisk sends them. */
export function memberMessages(name: string, agent: SimulatedAgent): BusMessage[] {
  return agent.queues.map((queue) => ({
    name,
    data: {
      Event: name,
      Queue: queue.wazo.queueName,
      MemberName: memberName(agent),
      Interface: agentInterface(agent),
      StateInterface: agent.user.wazo.interfaces[0] ?? '',
      Membership: 'dynamic',
      Penalty: '0',
      CallsTaken: String(agent.callsTaken),
      LastCall: String(agent.lastCall),
      LastPause: String(agent.lastPause),
      LoginTime: String(agent.loginTime),
      InCall: agent.device === '2' ? '1' : '0',
      Status: agent.device,
      Paused: agent.paused ? '1' : '0',
      PausedReason: agent.paused ? 'break' : '',
      Ringinuse: '0',
      Wrapuptime: '0',
    },
  }));
}

/** agent_paused or agent_unpaused for each queue of the agent. */
export function pauseMessages(agent: SimulatedAgent): BusMessage[] {
  return agent.queues.map((queue) => ({
    name: agent.paused ? 'agent_paused' : 'agent_unpaused',
    data: {
      agent_id: agent.agentId,
      agent_number: agentNumber(agent),
      paused: agent.paused,
      paused_reason: agent.paused ? 'break' : '',
      queue: queue.wazo.queueName,
    },
  }));
}

export function hangupMessage(caller: SimulatedCaller): BusMessage {
  const cause = { Cause: '16', 'Cause-txt': 'Normal Clearing' };
  return { name: 'Hangup', data: { Event: 'Hangup', ...callerChannel(caller), ...cause } };
}

export function agentStatusMessage(agent: SimulatedAgent, status: string): BusMessage {
  return { name: 'agent_status_update', data: { agent_id: agent.agentId, status } };
}

/** chatd_presence_updated; `state` and `lineState` in chatd's words. */
export function presenceMessage(
  user: User,
  state: string,
  doNotDisturb: boolean,
  note: string,
): BusMessage {
  return {
    name: 'chatd_presence_updated',
    data: {
      uuid: user.wazo.userUuid,
      state,
      status: note,
      line_state: 'available',
      do_not_disturb: doNotDisturb,
      connected: true,
      mobile: false,
      lines: user.wazo.lineIds.map((id) => ({ id, state: 'available' })),
    },
  };
}

function callerChannel(caller: SimulatedCaller): Readonly<Record<string, string>> {
  return {
    Channel: `PJSIP/trunk-${caller.uniqueid}`,
    ChannelStateDesc: 'Up',
    CallerIDNum: caller.number,
    CallerIDName: caller.name,
    Uniqueid: caller.uniqueid,
    Linkedid: caller.uniqueid,
  };
}

export function agentNumber(agent: SimulatedAgent): string {
  return String(1000 + agent.agentId);
}

function memberName(agent: SimulatedAgent): string {
  return `Agent/${agentNumber(agent)}`;
}
