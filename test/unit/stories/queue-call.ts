import type { BusEvent } from '../../support/wazo-bus.js';
import {
  type Agent,
  agentCall,
  type Caller,
  hangup,
  presence,
  queueAgent,
  queueCaller,
  queueMembers,
  queueUserEvent,
} from '../../support/wazo-events.js';

/** Ends of channels, as Q.850 numbers them and Asterisk says them. */
const CAUSES = {
  ordinary: { code: 16, text: 'Normal Clearing' },
  noAnswer: { code: 19, text: 'User alerting, no answer' },
  elsewhere: { code: 26, text: 'Answered elsewhere' },
} as const;
type Cause = (typeof CAUSES)[keyof typeof CAUSES];

/** A queue call as Wazo tells it on its bus: Asterisk's manager, wazo-calld and wazo-chatd. */
export class QueueCall {
  readonly caller: Caller;
  readonly #queueId: string;

  /** @param queueId number of the queue in wazo-confd */
  constructor(caller: Caller, queueId: string) {
    this.caller = caller;
    this.#queueId = queueId;
  }

  /** The dialplan sends the caller to the queue. */
  announced(): BusEvent[] {
    return [
      this.#trunk('call_created', 'Ring'),
      queueUserEvent(this.caller, { WAZO_DSTID: this.#queueId }),
    ];
  }

  /** The queue takes the caller in, as the last of `count` who wait. */
  joins(count = 1): BusEvent[] {
    const place = { Position: String(count), Count: String(count) };
    return [queueCaller('QueueCallerJoin', this.caller, place), this.#trunk('call_updated', 'Up')];
  }

  /** The queue rings the agent; `again` numbers a further attempt. */
  rings(agent: Agent, again = 0): BusEvent[] {
    return [
      queueAgent('AgentCalled', this.caller, agent, this.#dest(agent, again)),
      this.#phone('call_created', agent, 'Down', again),
      this.#phone('call_updated', agent, 'Ringing', again),
      ...queueMembers('QueueMemberStatus', agent, { Status: '6' }),
      presenceOf(agent, 'ringing'),
    ];
  }

  /** The agent lets it ring until the queue gives up, or refuses at once with the busy key. */
  ringsInVain(agent: Agent, again = 0, ringSeconds = 15): BusEvent[] {
    const ring = { ...this.#dest(agent, again), RingTime: String(ringSeconds * 1000) };
    return [
      queueAgent('AgentRingNoAnswer', this.caller, agent, ring),
      ...this.#phoneEnds(agent, again, CAUSES.noAnswer),
    ];
  }

  /** Another agent was quicker, or the caller is gone: the phone falls silent. */
  fallsSilent(agent: Agent, again = 0): BusEvent[] {
    return this.#phoneEnds(agent, again, CAUSES.elsewhere);
  }

  /** The agent answers, and leaves `waiting` others in the queue. */
  answeredBy(agent: Agent, again = 0, waiting = 0): BusEvent[] {
    const times = { HoldTime: '5', RingTime: '3' };
    return [
      queueCaller('QueueCallerLeave', this.caller, { Position: '1', Count: String(waiting) }),
      queueAgent('AgentConnect', this.caller, agent, { ...this.#dest(agent, again), ...times }),
      this.#phone('call_answered', agent, 'Up', again),
      this.#phone('call_updated', agent, 'Up', again),
      ...queueMembers('QueueMemberStatus', agent, { Status: '2', InCall: '1' }),
      presenceOf(agent, 'talking'),
    ];
  }

  /**
   * The call ends by the caller's or the agent's hangup. `block` is what else Asterisk says of the
   * agent as a member of the queues.
   */
  ends(agent: Agent, by: 'caller' | 'agent', again = 0, block: object = {}): BusEvent[] {
    const asking = by === 'caller' ? this.caller.uniqueid : phoneLeg(this.caller, agent, again);
    return [
      { name: 'HangupRequest', data: { Event: 'HangupRequest', Uniqueid: asking, Cause: '16' } },
      ...this.#completed(agent, by, again, block),
      ...this.#trunkEnds(),
    ];
  }

  /** The agent has sent the caller elsewhere, who lives on. */
  leftBy(agent: Agent, again = 0): BusEvent[] {
    return this.#completed(agent, 'transfer', again, {});
  }

  /** The caller hangs up while waiting, or while phones ring. */
  givesUp(waiting = 0): BusEvent[] {
    return [...this.#letGo(waiting), ...this.#trunkEnds()];
  }

  /** The queue's time is over: it says "abandon" and lets go of a caller who lives on. */
  timesOut(waiting = 0): BusEvent[] {
    return this.#letGo(waiting);
  }

  /** The caller hangs up, wherever the dialplan has sent them meanwhile. */
  hangsUp(): BusEvent[] {
    return this.#trunkEnds();
  }

  #completed(
    agent: Agent,
    reason: 'caller' | 'agent' | 'transfer',
    again: number,
    extra: object,
  ): BusEvent[] {
    const told = { HoldTime: '5', TalkTime: '60', Reason: reason };
    const block = { CallsTaken: '1', LastCall: '1763719301', ...extra };
    return [
      queueAgent('AgentComplete', this.caller, agent, { ...this.#dest(agent, again), ...told }),
      ...this.#phoneEnds(agent, again, CAUSES.ordinary, block),
    ];
  }

  #letGo(waiting: number): BusEvent[] {
    const times = { Position: '1', OriginalPosition: '1', HoldTime: '20' };
    return [
      queueCaller('QueueCallerAbandon', this.caller, times),
      queueCaller('QueueCallerLeave', this.caller, { Position: '1', Count: String(waiting) }),
    ];
  }

  #trunkEnds(): BusEvent[] {
    return [
      channelEnds(this.caller.uniqueid, CAUSES.ordinary),
      this.#trunk('call_ended', 'Down', { reason_code: CAUSES.ordinary.code }),
    ];
  }

  #phoneEnds(agent: Agent, again: number, cause: Cause, block: object = {}): BusEvent[] {
    const rung = this.#dest(agent, again).DestUniqueid;
    return [
      channelEnds(rung, cause),
      channelEnds(phoneLeg(this.caller, agent, again), cause),
      this.#phone('call_ended', agent, 'Down', again, { reason_code: cause.code }),
      ...queueMembers('QueueMemberStatus', agent, { Status: '1', ...block }),
      presenceOf(agent, 'available'),
    ];
  }

  /** The half of the Local channel that the queue dials. */
  #dest(agent: Agent, again: number): { readonly DestUniqueid: string } {
    return { DestUniqueid: `${this.caller.uniqueid}1${String(agent.agentId)}${String(again)}` };
  }

  #phone(name: string, agent: Agent, status: string, again: number, extra: object = {}): BusEvent {
    return agentCall(name, this.caller, agent, status, {
      call_id: phoneLeg(this.caller, agent, again),
      caller_id_number: String(1000 + agent.agentId),
      peer_caller_id_number: this.caller.number,
      ...extra,
    });
  }

  /** The caller's own leg, which belongs to no user. */
  #trunk(name: string, status: string, extra: object = {}): BusEvent {
    return {
      name,
      data: {
        call_id: this.caller.uniqueid,
        conversation_id: this.caller.uniqueid,
        user_uuid: null,
        status,
        on_hold: false,
        is_caller: true,
        direction: 'inbound',
        caller_id_number: this.caller.number,
        peer_caller_id_number: '',
        dialed_extension: '3000',
        line_id: null,
        ...extra,
      },
    };
  }
}

function channelEnds(uniqueid: string, { code, text }: Cause): BusEvent {
  const cause = { Cause: String(code), 'Cause-txt': text };
  return { name: 'Hangup', data: { ...hangup(uniqueid).data, ...cause } };
}

/** The Uniqueid of the agent's own phone in the call. */
export function phoneLeg(caller: Caller, agent: Agent, again = 0): string {
  return `${caller.uniqueid}2${String(agent.agentId)}${String(again)}`;
}

/** chatd's report of an available person whose line is in a state. */
export function presenceOf(agent: Agent, lineState: string): BusEvent {
  const lines = [{ id: agent.agentId, state: lineState }];
  return presence(agent.userUuid, { line_state: lineState, lines });
}
