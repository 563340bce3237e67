import type {
  FakeAgent,
  FakeCall,
  FakeCaller,
  FakeExtension,
  FakeQueue,
  FakeTenant,
} from './model.js';
import type { WireMessage } from './wire-messages.js';

/*
 * The state of the fake PBX as messages in the spelling of version 22.3, with the mixture of strings
 * and numbers that the vendor's samples have. Times are Unix seconds.
 */

export function extensionStatusMessage(
  tenant: FakeTenant,
  extensions: readonly FakeExtension[],
  now = 0,
): WireMessage {
  return {
    event_type: 'extension_status',
    tenant_id: tenant.id,
    status: extensions.map((one) => ({
      extension: `sip:${one.number}@${tenant.domain}`,
      extension_id: one.id,
      call_status: one.callStatus,
      online: one.online,
      presence: one.presence,
      presence_note: one.presenceNote,
      push_online: one.pushOnline,
      time: String(now),
    })),
  };
}

/** extension_call, extension_presence or extension_agent_status, which begin alike. */
export function aboutExtension(
  eventType: string,
  tenant: FakeTenant,
  extension: FakeExtension,
  now: number,
  more: WireMessage,
): WireMessage {
  return {
    event_type: eventType,
    extension: `sip:${extension.number}@${tenant.domain}`,
    extension_id: extension.id,
    tenant_id: tenant.id,
    time: String(now),
    ...more,
  };
}

export function managedExtensionMessage(
  eventType: string,
  tenant: FakeTenant,
  extension: FakeExtension,
): WireMessage {
  return {
    event_type: eventType,
    tenant_id: tenant.id,
    extension_number: extension.number,
    extension_id: extension.id,
    disp_name: extension.displayName,
    email: `${extension.username}@${tenant.domain}`,
    username: extension.username,
    enabled: true,
  };
}

export function queueCreatedMessage(tenant: FakeTenant, queue: FakeQueue): WireMessage {
  return managedQueueMessage('queue_created', tenant, queue);
}

export function managedQueueMessage(
  eventType: string,
  tenant: FakeTenant,
  queue: FakeQueue,
): WireMessage {
  return { event_type: eventType, queue_number: queue.number, tenant_id: tenant.id };
}

export function queueStatusMessage(tenant: FakeTenant, queue: FakeQueue): WireMessage {
  return {
    event_type: 'queue_status',
    tenant_id: tenant.id,
    queue_id: queue.id,
    queue_number: queue.number,
    queue_name: queue.name,
    waiting_list: queue.waiting.map((caller, index) => callerFields(caller, index + 1)),
    agents: [...queue.agents].map(([number, agent]) => agentFields(number, agent)),
  };
}

export function callerFields(caller: FakeCaller, position: number): WireMessage {
  return {
    position: String(position),
    session_id: caller.sessionId,
    caller_number: caller.number,
    caller_name: caller.name,
    timestamp: String(caller.since),
    type: caller.type,
  };
}

export function agentFields(number: string, agent: FakeAgent): WireMessage {
  return {
    state: agent.state,
    agent_extension_number: number,
    session_id: agent.sessionId,
    caller_number: agent.callerNumber,
    caller_name: agent.callerName,
    timestamp: String(agent.since),
  };
}

/** call_start, call_update_info, cdr_target_* or, with more fields, call_cdr. */
export function aboutCall(
  eventType: string,
  tenant: FakeTenant,
  call: FakeCall,
  now: number,
  more: WireMessage = {},
): WireMessage {
  return {
    event_type: eventType,
    tenant_id: tenant.id,
    session_id: call.sessionId,
    cdr_id: call.sessionId,
    direction: call.direction,
    caller: call.callerNumber,
    caller_display_name: call.callerName,
    callee: call.calleeNumber,
    callee_display_name: '',
    did: '',
    outbound_caller_id: '',
    time: String(now),
    ...more,
  };
}
