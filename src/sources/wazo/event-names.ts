/**
 * The bus events that the hub asks for, by name, with the routing key that the same event has on
 * the topic exchange of systems before Wazo 22 (`*` stands for one word). Asking for everything
 * would also bring Asterisk's ARI events, which travel on the same exchange in great numbers.
 */
export const BUS_EVENTS = {
  call_created: 'calls.call.created',
  call_updated: 'calls.call.updated',
  call_answered: 'calls.call.answered',
  call_ended: 'calls.call.ended',
  call_held: 'calls.hold.created',
  call_resumed: 'calls.hold.deleted',
  user_missed_call: 'calls.missed',
  call_parked: 'parkings.*.calls.updated',
  call_unparked: 'parkings.*.calls.updated',
  parked_call_hungup: 'parkings.*.calls.updated',
  parked_call_timed_out: 'parkings.*.calls.updated',
  agent_status_update: 'status.agent',
  agent_paused: 'status.agent.pause',
  agent_unpaused: 'status.agent.unpause',
  users_services_dnd_updated: 'config.users.*.services.dnd.updated',
  users_services_incallfilter_updated: 'config.users.*.services.incallfilter.updated',
  users_forwards_busy_updated: 'config.users.*.forwards.busy.updated',
  users_forwards_noanswer_updated: 'config.users.*.forwards.noanswer.updated',
  users_forwards_unconditional_updated: 'config.users.*.forwards.unconditional.updated',
  user_status_update: 'status.user',
  endpoint_status_update: 'status.endpoint',
  chatd_presence_updated: 'chatd.users.*.presences.updated',
  auth_tenant_added: 'auth.tenants.*.created',
  auth_tenant_updated: 'auth.tenants.*.updated',
  auth_tenant_deleted: 'auth.tenants.*.deleted',
  user_created: 'config.user.created',
  user_edited: 'config.user.edited',
  user_deleted: 'config.user.deleted',
  user_line_associated: 'config.users.*.lines.*.updated',
  user_line_dissociated: 'config.users.*.lines.*.deleted',
  agent_created: 'config.agent.created',
  agent_edited: 'config.agent.edited',
  agent_deleted: 'config.agent.deleted',
  user_agent_associated: 'config.users.*.agents.updated',
  user_agent_dissociated: 'config.users.*.agents.deleted',
  queue_created: 'config.queues.created',
  queue_edited: 'config.queues.edited',
  queue_deleted: 'config.queues.deleted',
  queue_extension_associated: 'config.queues.extensions.updated',
  queue_extension_dissociated: 'config.queues.extensions.deleted',
  queue_schedule_associated: 'config.queues.schedules.updated',
  queue_schedule_dissociated: 'config.queues.schedules.deleted',
  queue_member_agent_associated: 'config.queues.agents.updated',
  queue_member_agent_dissociated: 'config.queues.agents.deleted',
  queue_member_user_associated: 'config.queues.users.updated',
  queue_member_user_dissociated: 'config.queues.users.deleted',
  schedule_created: 'config.schedules.created',
  schedule_edited: 'config.schedules.edited',
  schedule_deleted: 'config.schedules.deleted',
  asterisk_reload_progress: 'sysconfd.asterisk.reload.*.*',
} as const;

/** Asterisk manager events, which wazo-amid passes on under their own names. */
export const AMI_EVENTS = [
  'UserEvent',
  'QueueCallerJoin',
  'QueueCallerLeave',
  'QueueCallerAbandon',
  'AgentCalled',
  'AgentConnect',
  'AgentComplete',
  'AgentRingNoAnswer',
  'AgentDump',
  'QueueMemberAdded',
  'QueueMemberStatus',
  'QueueMemberPause',
  'QueueMemberPenalty',
  'QueueMemberRinginuse',
  'QueueMemberRemoved',
  'ParkedCall',
  'UnParkedCall',
  'ParkedCallGiveUp',
  'ParkedCallTimeOut',
  'ParkedCallSwap',
  'HangupRequest',
  'Hangup',
  'FullyBooted',
  'Reload',
] as const;

export type BusEventName = keyof typeof BUS_EVENTS;
export type AmiEventName = (typeof AMI_EVENTS)[number];

/** One binding of the hub's queue: by name on a headers exchange, by key on a topic exchange. */
export interface Binding {
  readonly name: string;
  readonly routingKey: string;
}

/** All bindings of the hub's queue. */
export function bindings(): readonly Binding[] {
  return [
    ...Object.entries(BUS_EVENTS).map(([name, routingKey]) => ({ name, routingKey })),
    ...AMI_EVENTS.map((name) => ({ name, routingKey: `ami.${name}` })),
  ];
}

const amiNames: ReadonlySet<string> = new Set(AMI_EVENTS);

export function isAmiEventName(name: string): name is AmiEventName {
  return amiNames.has(name);
}

export function isBusEventName(name: string): name is BusEventName {
  return Object.hasOwn(BUS_EVENTS, name);
}
