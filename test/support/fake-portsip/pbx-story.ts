import {
  freshId,
  idleAgent,
  type FakeAgent,
  type FakeCall,
  type FakeCaller,
  type FakeExtension,
  type FakeQueue,
  type FakeTenant,
} from './model.js';
import {
  aboutCall,
  aboutExtension,
  agentFields,
  callerFields,
  extensionStatusMessage,
  managedExtensionMessage,
  managedQueueMessage,
} from './say.js';
import type { TopicKind } from './topics.js';
import type { WireMessage } from './wire-messages.js';

/** The PBX as far as a story needs one. */
export interface Publisher {
  /** Epoch ms. */
  now(): number;
  /** Tells whoever subscribed. */
  publish(tenant: FakeTenant, kind: TopicKind, message: WireMessage, number?: string): void;
}

/**
 * What happens in a tenant of a fake PBX, in the order in which the PBX would tell it. Each step
 * changes the state that snapshots show, and says so to those who subscribed.
 */
export class PbxStory {
  readonly #pbx: Publisher;
  readonly #tenant: FakeTenant;
  /** Whether cdr_target_* are sent, as from 22.5 on. */
  tellsTargets = true;

  constructor(pbx: Publisher, tenant: FakeTenant) {
    this.#pbx = pbx;
    this.#tenant = tenant;
  }

  /** A caller reaches a queue and waits. @returns the session's id */
  callerEnters(queueNumber: string, callerNumber: string, callerName = ''): string {
    const queue = this.#queue(queueNumber);
    const call = this.#startCall('inbound', callerNumber, callerName, queueNumber, queueNumber);
    const caller: FakeCaller = {
      sessionId: call.sessionId,
      number: callerNumber,
      name: callerName,
      since: this.#seconds(),
      type: 'normal',
    };
    queue.waiting.push(caller);
    this.#tellCaller(queue, caller, 'enqueue', queue.waiting.length);
    return call.sessionId;
  }

  /** A call from one extension to another, or from outside. @returns the session's id */
  callBegins(direction: string, from: string, to: string): string {
    const { sessionId } = this.#startCall(direction, from, '', to, '');
    if (this.#tenant.extensions.has(from)) this.#setCallStatus(from, 'ON_CALL');
    return sessionId;
  }

  /** A call is offered to an extension. */
  rings(sessionId: string, number: string): void {
    this.#tellTarget('add', sessionId, number);
    this.#setCallStatus(number, 'RINGING');
    this.#tellTarget('ringing', sessionId, number);
  }

  /** An extension that was offered a call did not take it; `cancelled` when the caller gave up. */
  ringsInVain(sessionId: string, number: string, endReason = ''): void {
    this.#tellTarget('noanswer', sessionId, number, endReason);
    this.#setCallStatus(number, '');
  }

  answers(sessionId: string, number: string): void {
    const call = this.#call(sessionId);
    call.answeredBy = number;
    call.answeredAt = this.#seconds();
    if (call.queueNumber !== '') this.#leaveWaitingList(call, 'agent_answered');
    this.#tellTarget('answer', sessionId, number);
    this.#setCallStatus(number, 'ON_CALL');
    for (const queue of this.#queuesOf(number)) {
      const isTheCalls = queue.number === call.queueNumber;
      this.#setAgent(queue, number, {
        ...idleAgent(isTheCalls ? 'QUEUE_CALL' : 'OTHER_CALL', this.#seconds()),
        ...(isTheCalls && {
          sessionId,
          callerNumber: call.callerNumber,
          callerName: call.callerName,
        }),
      });
    }
  }

  /** A caller who waits gives up, or is led elsewhere. */
  leavesUnanswered(sessionId: string, reason: 'hangup' | 'overflow'): void {
    const call = this.#call(sessionId);
    this.#leaveWaitingList(call, reason);
    if (reason === 'hangup') this.#endCall(call, 'caller_disconnected');
  }

  /** A caller who waits asks to be called back and keeps the place in the queue. */
  asksForCallback(sessionId: string): void {
    const call = this.#call(sessionId);
    const queue = this.#queue(call.queueNumber);
    const index = queue.waiting.findIndex((one) => one.sessionId === sessionId);
    const caller = queue.waiting[index];
    if (caller === undefined) throw new Error(`session ${sessionId} does not wait`);
    caller.type = 'callback';
    this.#tellCaller(queue, caller, 'callback', index + 1);
  }

  /**
   * A caller who asked for it is called back: the PBX rings an agent, and then the caller. Calls of
   * its own making it tells in their record only.
   */
  callsBack(sessionId: string, number: string, result: 'answered' | 'noanswer'): void {
    for (const queue of this.#tenant.queues.values()) {
      const index = queue.waiting.findIndex((one) => one.sessionId === sessionId);
      const caller = queue.waiting[index];
      if (caller === undefined) continue;
      const now = String(this.#seconds());
      if (result === 'answered') {
        queue.waiting.splice(index, 1);
        this.#tellCaller(queue, caller, 'agent_answered', index + 1);
      }
      const call = this.#newCall('internal', queue.number, '', caller.number);
      const leg = { caller: queue.number, call_type: 'queue_callback_call', start_time: now };
      this.#tellCall('call_cdr', call, {
        start_time: now,
        ended_time: now,
        call_status: result,
        call_targets: [
          { ...leg, callee: number, status: 'answered' },
          { ...leg, callee: caller.number, status: result },
        ],
      });
    }
  }

  /** Who talks sends the call on, without waiting for the other to answer. */
  sendsOn(sessionId: string, from: string, to: string): void {
    const call = this.#call(sessionId);
    this.#letsGo(call, from, 'referred');
    call.queueNumber = '';
    this.rings(sessionId, to);
  }

  /**
   * Who talks hands the call over to the one with whom they talk in another call of their own, the
   * consultation, which is over then.
   */
  handsOver(sessionId: string, consultationId: string, from: string, to: string): void {
    const call = this.#call(sessionId);
    this.#letsGo(call, from, 'attended_transfer_complete');
    this.#endCall(this.#call(consultationId), 'replaced');
    call.queueNumber = '';
    call.answeredBy = to;
    for (const step of ['add', 'answer']) this.#tellTarget(step, sessionId, to);
  }

  /** A call ends; its agent has wrap-up when it came from a queue. */
  hangsUp(sessionId: string, who: 'caller' | 'callee' = 'caller'): void {
    const call = this.#call(sessionId);
    const { answeredBy } = call;
    if (answeredBy !== '') this.#letsGo(call, answeredBy, `${who}_disconnected`);
    if (this.#tenant.extensions.has(call.callerNumber)) this.#setCallStatus(call.callerNumber, '');
    this.#endCall(call, `${who}_disconnected`);
  }

  /** An agent's state in all its queues, or in one. */
  agentIs(number: string, state: string, queueNumber?: string): void {
    for (const queue of this.#queuesOf(number)) {
      if (queueNumber !== undefined && queue.number !== queueNumber) continue;
      this.#setAgent(queue, number, idleAgent(state, this.#seconds()));
    }
  }

  setsPresence(number: string, presence: string, note = ''): void {
    const extension = this.#extension(number);
    extension.presence = presence;
    extension.presenceNote = note;
    this.#tellExtension('extension_presence', extension, { presence, presence_note: note });
  }

  goes(number: string, state: 'online' | 'offline'): void {
    const extension = this.#extension(number);
    extension.online = state === 'online';
    const message = extensionStatusMessage(this.#tenant, [extension], this.#seconds());
    this.#pbx.publish(this.#tenant, 'extension_events', message, number);
  }

  serviceLevelIsBreached(queueNumber: string, callerNumber: string): void {
    const queue = this.#queue(queueNumber);
    this.#tellQueue('queue_sla_breached', queue, {
      caller: callerNumber,
      total_callers_breached: 1,
      sla_time_secs: queue.slaSeconds,
      waiting_callers: queue.waiting.length,
      timestamp: String(this.#seconds()),
    });
  }

  extensionIsMade(extension: FakeExtension): void {
    this.#tenant.extensions.set(extension.number, extension);
    this.#tellManagement('extension_created', extension);
  }

  extensionIsDeleted(number: string): void {
    const extension = this.#extension(number);
    this.#tenant.extensions.delete(number);
    this.#tellManagement('extension_destroyed', extension);
  }

  extensionIsChanged(number: string, more: Partial<FakeExtension>): void {
    const extension = { ...this.#extension(number), ...more };
    this.#tenant.extensions.set(number, extension);
    this.#tellManagement('extension_updated', extension);
  }

  queueIsChanged(number: string, more: Partial<FakeQueue>): void {
    const queue = { ...this.#queue(number), ...more };
    this.#tenant.queues.set(number, queue);
    this.#tellQueueManagement('queue_updated', queue);
  }

  queueIsMade(queue: FakeQueue): void {
    this.#tenant.queues.set(queue.number, queue);
    this.#tellQueueManagement('queue_created', queue);
  }

  queueIsDeleted(number: string): void {
    const queue = this.#queue(number);
    this.#tenant.queues.delete(number);
    this.#tellQueueManagement('queue_destroy', queue);
  }

  agentIsRemoved(queueNumber: string, number: string): void {
    const queue = this.#queue(queueNumber);
    queue.agents.delete(number);
    this.#tellQueue('queue_agent_status', queue, {
      updated_agents: [],
      removed_agents: [{ agent_extension_number: number }],
    });
  }

  #startCall(
    direction: string,
    callerNumber: string,
    callerName: string,
    calleeNumber: string,
    queueNumber: string,
  ): FakeCall {
    const call = {
      ...this.#newCall(direction, callerNumber, callerName, calleeNumber),
      queueNumber,
    };
    this.#tenant.calls.set(call.sessionId, call);
    this.#tellCall('call_start', call, {});
    return call;
  }

  #newCall(
    direction: string,
    callerNumber: string,
    callerName: string,
    calleeNumber: string,
  ): FakeCall {
    return {
      sessionId: freshId(),
      direction,
      callerNumber,
      callerName,
      calleeNumber,
      queueNumber: '',
      startedAt: this.#seconds(),
      answeredBy: '',
      answeredAt: 0,
    };
  }

  #endCall(call: FakeCall, endedReason: string): void {
    this.#tenant.calls.delete(call.sessionId);
    const isAnswered = call.answeredBy !== '';
    const end = this.#seconds();
    const times = {
      start_time: String(call.startedAt),
      ring_time: String(call.startedAt),
      answered_time: String(call.answeredAt),
      ended_time: String(end),
    };
    const status = isAnswered ? 'answered' : 'noanswer';
    const callee = isAnswered ? call.answeredBy : call.calleeNumber;
    this.#tellCall('call_cdr', call, {
      ...times,
      call_status: status,
      ended_reason: endedReason,
      status_code: '0',
      talk_duration: isAnswered ? end - call.answeredAt : 0,
      call_targets: [
        {
          ...times,
          callee,
          caller: call.callerNumber,
          destination: `sip:${callee}@192.0.2.10:5060`,
          call_type: call.queueNumber === '' ? 'normal_call' : 'queue_call',
          end_reason: endedReason,
          status,
          status_code: 0,
        },
      ],
    });
  }

  /** An extension is out of a call; an agent has wrap-up when it came from a queue. */
  #letsGo(call: FakeCall, number: string, endReason: string): void {
    this.#tellTarget('end', call.sessionId, number, endReason);
    this.#setCallStatus(number, '');
    for (const queue of this.#queuesOf(number)) {
      const state = queue.number === call.queueNumber ? 'WRAP_UP' : 'READY';
      this.#setAgent(queue, number, idleAgent(state, this.#seconds()));
    }
  }

  #leaveWaitingList(call: FakeCall, reason: string): void {
    const queue = this.#queue(call.queueNumber);
    const index = queue.waiting.findIndex((one) => one.sessionId === call.sessionId);
    const [caller] = index < 0 ? [] : queue.waiting.splice(index, 1);
    if (caller !== undefined) this.#tellCaller(queue, caller, reason, index + 1);
  }

  #setCallStatus(number: string, callStatus: string): void {
    const extension = this.#extension(number);
    extension.callStatus = callStatus;
    this.#tellExtension('extension_call', extension, { call_status: callStatus });
  }

  #setAgent(queue: FakeQueue, number: string, agent: FakeAgent): void {
    queue.agents.set(number, agent);
    this.#tellQueue('queue_agent_status', queue, {
      updated_agents: [agentFields(number, agent)],
      removed_agents: [],
    });
    this.#tellExtension('extension_agent_status', this.#extension(number), {
      agent_status: [{ queue_number: queue.number, status: agent.state }],
    });
  }

  #tellExtension(name: string, extension: FakeExtension, more: object): void {
    const fields = { ...more };
    const message = aboutExtension(name, this.#tenant, extension, this.#seconds(), fields);
    this.#pbx.publish(this.#tenant, 'extension_events', message, extension.number);
  }

  #tellQueue(name: string, queue: FakeQueue, more: object): void {
    const message = { event_type: name, tenant_id: this.#tenant.id, queue_id: queue.id, ...more };
    this.#pbx.publish(this.#tenant, 'queue_events', message, queue.number);
  }

  #tellCaller(queue: FakeQueue, caller: FakeCaller, reason: string, position: number): void {
    this.#tellQueue('queue_caller_status', queue, {
      updated_callers: [{ ...callerFields(caller, position), reason }],
    });
  }

  #tellCall(name: string, call: FakeCall, more: object): void {
    const message = aboutCall(name, this.#tenant, call, this.#seconds(), { ...more });
    this.#pbx.publish(this.#tenant, 'cdr_events', message);
  }

  #tellTarget(step: string, sessionId: string, number: string, endReason = ''): void {
    if (!this.tellsTargets) return;
    const destiantion = `sip:${number}@192.0.2.10:5060`;
    const fields = { destiantion, end_reason: endReason };
    this.#tellCall(`cdr_target_${step}`, this.#call(sessionId), fields);
  }

  #tellManagement(name: string, extension: FakeExtension): void {
    const message = managedExtensionMessage(name, this.#tenant, extension);
    this.#pbx.publish(this.#tenant, 'extension_management_events', message);
  }

  #tellQueueManagement(name: string, queue: FakeQueue): void {
    const message = managedQueueMessage(name, this.#tenant, queue);
    this.#pbx.publish(this.#tenant, 'queue_management_events', message);
  }

  #queuesOf(number: string): FakeQueue[] {
    return [...this.#tenant.queues.values()].filter((queue) => queue.agents.has(number));
  }

  #extension(number: string): FakeExtension {
    return existing(this.#tenant.extensions.get(number), `extension ${number}`);
  }

  #queue(number: string): FakeQueue {
    return existing(this.#tenant.queues.get(number), `queue ${number}`);
  }

  #call(sessionId: string): FakeCall {
    return existing(this.#tenant.calls.get(sessionId), `call ${sessionId}`);
  }

  #seconds(): number {
    return Math.floor(this.#pbx.now() / 1000);
  }
}

function existing<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the fake PBX has no ${what}`);
  return value;
}
