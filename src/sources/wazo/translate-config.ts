import type { z } from 'zod';
import type { BusEnvelope } from './bus-envelope.js';
import {
  configuredEvent,
  configuredUserEvent,
  queuePartEvent,
  tenantEvent,
  userAgentEvent,
  userLineEvent,
} from './bus-event.js';
import type { DirectoryChange, DirectoryPart } from './notices.js';
import { directoryChanged, readData, type Translation } from './translation.js';

type ChangeReader = (envelope: BusEnvelope) => DirectoryChange;

/** The events of wazo-auth and wazo-confd by which a directory is kept fresh. */
const CONFIG_EVENTS = {
  auth_tenant_added: tenant('created'),
  auth_tenant_updated: tenant('edited'),
  auth_tenant_deleted: tenant('deleted'),
  user_created: user('created'),
  user_edited: user('edited'),
  user_deleted: user('deleted'),
  user_line_associated: line(),
  user_line_dissociated: line(),
  agent_created: numbered('agents', 'created'),
  agent_edited: numbered('agents', 'edited'),
  agent_deleted: numbered('agents', 'deleted'),
  user_agent_associated: agentsUsers(),
  user_agent_dissociated: agentsUsers(),
  queue_created: numbered('queues', 'created'),
  queue_edited: numbered('queues', 'edited'),
  queue_deleted: numbered('queues', 'deleted'),
  queue_extension_associated: ofQueue('queues'),
  queue_extension_dissociated: ofQueue('queues'),
  queue_schedule_associated: ofQueue('queues'),
  queue_schedule_dissociated: ofQueue('queues'),
  queue_member_agent_associated: ofQueue('queue-members'),
  queue_member_agent_dissociated: ofQueue('queue-members'),
  queue_member_user_associated: ofQueue('queue-members'),
  queue_member_user_dissociated: ofQueue('queue-members'),
  schedule_created: numbered('schedules', 'created'),
  schedule_edited: numbered('schedules', 'edited'),
  schedule_deleted: numbered('schedules', 'deleted'),
} as const satisfies Record<string, ChangeReader>;

type ConfigEventName = keyof typeof CONFIG_EVENTS;

/**
 * Translates a change of Wazo's configuration.
 * @throws MalformedBusMessage when a field is missing or is not what the service writes
 */
export function translateConfig(name: ConfigEventName, envelope: BusEnvelope): Translation {
  return directoryChanged(CONFIG_EVENTS[name](envelope));
}

type Change = DirectoryChange['change'];

function tenant(change: Change): ChangeReader {
  return changeOf('tenants', change, tenantEvent, ({ uuid }) => uuid);
}

function user(change: Change): ChangeReader {
  return changeOf('users', change, configuredUserEvent, ({ uuid }) => uuid);
}

function numbered(part: 'agents' | 'queues' | 'schedules', change: Change): ChangeReader {
  return changeOf(part, change, configuredEvent, ({ id }) => String(id));
}

function line(): ChangeReader {
  return changeOf('lines', 'edited', userLineEvent, (data) => data.user.uuid);
}

function agentsUsers(): ChangeReader {
  return changeOf('agents', 'edited', userAgentEvent, (data) => String(data.agent_id));
}

function ofQueue(part: 'queues' | 'queue-members'): ChangeReader {
  return changeOf(part, 'edited', queuePartEvent, (data) => String(data.queue_id));
}

function changeOf<T>(
  part: DirectoryPart,
  change: Change,
  schema: z.ZodType<T>,
  idOf: (data: T) => string,
): ChangeReader {
  return (envelope) => ({ part, change, id: idOf(readData(envelope, schema)) });
}
