import { z } from 'zod';

const uuid = z.guid().transform((text) => text.toLowerCase());

/** call_created, call_updated, call_answered and call_ended of wazo-calld: full reports of a leg. */
export const callEvent = z.object({
  call_id: z.string().min(1),
  /** Asterisk's Linkedid; systems of the first years do not tell it, nor who called. */
  conversation_id: z.string().nullish(),
  is_caller: z.boolean().nullish(),
  /** The number of the leg itself; call_ended has it swapped with the peer's. */
  caller_id_number: z.string().nullish(),
  peer_caller_id_number: z.string().nullish(),
  dialed_extension: z.string().nullish(),
  /** Q.850, in call_ended. */
  reason_code: z.number().int().nullish(),
  status: z.string().nullish(),
  on_hold: z.boolean().nullish(),
  /** Null or empty for legs that belong to nobody, such as a trunk's. */
  user_uuid: z.union([uuid, z.literal('')]).nullish(),
  line_id: z.number().int().nullish(),
});

/** call_held and call_resumed. */
export const callHoldEvent = z.object({ call_id: z.string().min(1) });

/** user_missed_call of wazo-calld: a user's own number was called in vain. */
export const missedCallEvent = z.object({
  user_uuid: uuid,
  conversation_id: z.string().min(1),
  caller_id_number: z.string().nullish(),
  dialed_extension: z.string().nullish(),
  reason: z.string().nullish(),
});

/** call_parked, call_unparked, parked_call_hungup and parked_call_timed_out of wazo-calld. */
export const parkedCallReport = z.object({
  call_id: z.string().min(1),
  conversation_id: z.string().nullish(),
  parker_caller_id_num: z.string().nullish(),
  parking_id: z.number().int().nullish(),
  slot: z.string().nullish(),
});

/** transfer_created, _updated, _answered, _completed, _cancelled, _abandoned and _ended of wazo-calld. */
export const transferEvent = z.object({
  id: z.string().min(1),
  initiator_uuid: uuid,
  /** Legs; not all of them exist from the start. */
  transferred_call: z.string().nullish(),
  initiator_call: z.string().min(1),
  recipient_call: z.string().nullish(),
  flow: z.string().nullish(),
});

/** agent_status_update of wazo-agentd. */
export const agentStatusEvent = z.object({
  agent_id: z.number().int(),
  status: z.enum(['logged_in', 'logged_out']),
});

/** agent_paused and agent_unpaused of wazo-agentd: one per queue. */
export const agentPauseEvent = z.object({
  agent_id: z.number().int(),
  paused: z.boolean(),
  queue: z.string().min(1),
});

/** user_agent_queue_logged_in and user_agent_queue_logged_off of wazo-agentd. */
export const agentQueueEvent = z.object({ agent_id: z.number().int(), queue_id: z.number().int() });

/** users_services_dnd_updated and users_services_incallfilter_updated of wazo-confd. */
export const userServiceEvent = z.object({ user_uuid: uuid, enabled: z.boolean() });

/** users_forwards_busy_updated, _noanswer_ and _unconditional_ of wazo-confd. */
export const userForwardEvent = userServiceEvent.extend({ destination: z.string().nullish() });

/** chatd_presence_updated: a full report of a person. */
export const presenceEvent = z.object({
  uuid,
  state: z.string(),
  status: z.string().nullish(),
  do_not_disturb: z.boolean().nullish(),
  lines: z.array(z.object({ id: z.number().int(), state: z.string() })).nullish(),
});

/** line_status_updated of wazo-calld: whether the line's phone is registered, and its calls. */
export const lineStatusEvent = z.object({
  id: z.number().int(),
  registered: z.boolean().nullish(),
});

/** user_status_update of systems before 19.05: the presence that the user chose. */
export const legacyPresenceEvent = z.object({ user_uuid: uuid, status: z.string() });

/** endpoint_status_update of systems before 19.05: an extension state of one line. */
export const legacyEndpointEvent = z.object({
  endpoint_id: z.number().int(),
  status: z.number().int(),
});

/** asterisk_reload_progress of wazo-sysconfd. */
export const reloadProgressEvent = z.object({
  status: z.string(),
  command: z.string().nullish(),
});

const configId = z.number().int();

/** auth_tenant_* of wazo-auth. */
export const tenantEvent = z.object({ uuid });

/** user_created, user_edited and user_deleted of wazo-confd. */
export const configuredUserEvent = z.object({ uuid });

/** The same of an agent, a queue or a schedule, which have numbers only. */
export const configuredEvent = z.object({ id: configId });

/** user_line_associated and user_line_dissociated. */
export const userLineEvent = z.object({ user: z.object({ uuid }) });

/** user_agent_associated and user_agent_dissociated. */
export const userAgentEvent = z.object({ user_uuid: uuid, agent_id: configId });

/** Something was put to a queue or taken from it: an extension, a schedule, a member. */
export const queuePartEvent = z.object({ queue_id: configId });
