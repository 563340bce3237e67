import type { z } from 'zod';
import { callCdr, callStart, callUpdateInfo, cdrTarget } from './call-messages.js';
import {
  extensionAgentStatus,
  extensionCall,
  extensionPresence,
  extensionStatus,
} from './extension-messages.js';
import {
  extensionCreated,
  extensionDestroyed,
  extensionUpdated,
  queueCreated,
  queueDestroyed,
  queueUpdated,
} from './management-messages.js';
import {
  queueAgentStatus,
  queueCallerStatus,
  queueSlaBreached,
  queueStatus,
} from './queue-messages.js';

/** Every message that the hub reads, by the PBX's `event_type`; several names may be one message. */
const SCHEMAS = {
  extension_status: extensionStatus,
  extension_call: extensionCall,
  extension_presence: extensionPresence,
  extension_agent_status: extensionAgentStatus,
  extension_created: extensionCreated,
  extension_updated: extensionUpdated,
  extension_destroyed: extensionDestroyed,
  extension_destroy: extensionDestroyed,
  queue_created: queueCreated,
  queue_updated: queueUpdated,
  // The PBX's spelling; the other one would be in line with extensions.
  queue_destroy: queueDestroyed,
  queue_destroyed: queueDestroyed,
  queue_status: queueStatus,
  queue_caller_status: queueCallerStatus,
  queue_agent_status: queueAgentStatus,
  queue_sla_breached: queueSlaBreached,
  call_start: callStart,
  call_update_info: callUpdateInfo,
  call_cdr: callCdr,
  cdr_target_add: cdrTarget('add'),
  cdr_target_ringing: cdrTarget('ringing'),
  cdr_target_answer: cdrTarget('answer'),
  cdr_target_noanswer: cdrTarget('noanswer'),
  cdr_target_fail: cdrTarget('fail'),
  cdr_target_end: cdrTarget('end'),
  // Names of the release notes of 22.5 and of early systems.
  target_add: cdrTarget('add'),
  target_ringing: cdrTarget('ringing'),
  target_answer: cdrTarget('answer'),
  target_noanswer: cdrTarget('noanswer'),
  target_fail: cdrTarget('fail'),
  target_end: cdrTarget('end'),
  target_ended: cdrTarget('end'),
} as const;

/** A message of the PBX in one spelling. Times are epoch ms, ids are text. */
export type PortsipMessage = z.infer<(typeof SCHEMAS)[keyof typeof SCHEMAS]>;

/** What is known and without consequence, with the reason. */
const IRRELEVANT: ReadonlyMap<string, string> = new Map([
  ['extension_hold', 'a held call is still a call: no RTE state depends on it'],
  ['extension_unhold', 'as extension_hold'],
  ['extension_register', 'systems before 16 of 2024; extension_status says the same'],
  ['call_established', 'systems before 16 of 2024; extension_call and call_cdr say it'],
  ['call_ended', 'systems before 16 of 2024; call_cdr says it'],
  ['call_noanswer', 'systems before 16 of 2024; call_cdr says it'],
  ['call_reroute', 'systems before 16 of 2024; call_cdr has the targets'],
  ['call_fail', 'systems before 16 of 2024; call_cdr says it'],
  ['call_hold', 'as extension_hold'],
  ['call_unhold', 'as extension_hold'],
  ['queue_member_state', 'systems before 16 of 2024; queue_agent_status says it'],
  ['trunk_connected', 'no RTE event is about trunks'],
  ['trunk_disconnected', 'no RTE event is about trunks'],
]);

/** The schema of a message by its `event_type`; undefined when the hub does not read it. */
export function schemaOf(eventType: string): z.ZodType<PortsipMessage> | undefined {
  return isRead(eventType) ? SCHEMAS[eventType] : undefined;
}

function isRead(eventType: string): eventType is keyof typeof SCHEMAS {
  return Object.hasOwn(SCHEMAS, eventType);
}

/** Whether a message is known to mean nothing to the hub. */
export function isIrrelevant(eventType: string): boolean {
  return IRRELEVANT.has(eventType);
}
