import {
  configuredEvent,
  configuredUserEvent,
  queuePartEvent,
  reloadProgressEvent,
  tenantEvent,
  userAgentEvent,
  userLineEvent,
} from '../bus-event.js';
import type { DirectoryChange } from '../notices.js';
import { reloadProgressed } from '../translate-asterisk.js';
import { directoryChanged } from '../translation.js';
import { callsForResync, changesDirectory, former, type FormerEvent } from './event-row.js';

type Change = DirectoryChange['change'];

/** The documentation of all versions has this name, which was never on the wire. */
const tenantCreated = former({
  name: 'auth_tenant_created',
  publisher: 'wazo-auth',
  routingKeys: ['auth.tenants.*.created'],
  schema: tenantEvent,
  translate: ({ uuid: id }) => directoryChanged({ part: 'tenants', change: 'created', id }),
});

/** Changes of Wazo's configuration. They name what has changed, and say hardly anything of it. */
export const directoryEvents = {
  auth_tenant_added: tenant('created', 'created', [tenantCreated]),
  auth_tenant_updated: tenant('edited', 'updated'),
  auth_tenant_deleted: tenant('deleted', 'deleted'),
  user_created: user('created'),
  user_edited: user('edited'),
  user_deleted: user('deleted'),
  user_line_associated: usersLine('config.users.*.lines.*.updated'),
  user_line_dissociated: usersLine('config.users.*.lines.*.deleted'),
  agent_created: numbered('agents', 'created', 'config.agent.created'),
  agent_edited: numbered('agents', 'edited', 'config.agent.edited'),
  agent_deleted: numbered('agents', 'deleted', 'config.agent.deleted'),
  user_agent_associated: usersAgent('config.users.*.agents.updated'),
  user_agent_dissociated: usersAgent('config.users.*.agents.deleted'),
  queue_created: numbered('queues', 'created', 'config.queues.created'),
  queue_edited: numbered('queues', 'edited', 'config.queues.edited'),
  queue_deleted: numbered('queues', 'deleted', 'config.queues.deleted'),
  queue_extension_associated: ofQueue('queues', 'config.queues.extensions.updated'),
  queue_extension_dissociated: ofQueue('queues', 'config.queues.extensions.deleted'),
  queue_schedule_associated: ofQueue('queues', 'config.queues.schedules.updated'),
  queue_schedule_dissociated: ofQueue('queues', 'config.queues.schedules.deleted'),
  queue_member_agent_associated: ofQueue('queue-members', 'config.queues.agents.updated'),
  queue_member_agent_dissociated: ofQueue('queue-members', 'config.queues.agents.deleted'),
  queue_member_user_associated: ofQueue('queue-members', 'config.queues.users.updated'),
  queue_member_user_dissociated: ofQueue('queue-members', 'config.queues.users.deleted'),
  schedule_created: numbered('schedules', 'created', 'config.schedules.created'),
  schedule_edited: numbered('schedules', 'edited', 'config.schedules.edited'),
  schedule_deleted: numbered('schedules', 'deleted', 'config.schedules.deleted'),
  asterisk_reload_progress: callsForResync({
    publisher: 'wazo-sysconfd',
    routingKeys: ['sysconfd.asterisk.reload.*.*'],
    schema: reloadProgressEvent,
    translate: reloadProgressed,
  }),
} as const;

function tenant(change: Change, verb: string, formerly: readonly FormerEvent[] = []) {
  return changesDirectory({
    publisher: 'wazo-auth',
    routingKeys: [`auth.tenants.*.${verb}`],
    schema: tenantEvent,
    part: 'tenants',
    change,
    idOf: ({ uuid }) => uuid,
    formerly,
  });
}

function user(change: Change) {
  return changesDirectory({
    publisher: 'wazo-confd',
    routingKeys: [`config.user.${change}`],
    schema: configuredUserEvent,
    part: 'users',
    change,
    idOf: ({ uuid }) => uuid,
  });
}

function numbered(part: 'agents' | 'queues' | 'schedules', change: Change, routingKey: string) {
  return changesDirectory({
    publisher: 'wazo-confd',
    routingKeys: [routingKey],
    schema: configuredEvent,
    part,
    change,
    idOf: ({ id }) => String(id),
  });
}

function usersLine(routingKey: string) {
  return changesDirectory({
    publisher: 'wazo-confd',
    routingKeys: [routingKey],
    schema: userLineEvent,
    part: 'lines',
    change: 'edited',
    idOf: (data) => data.user.uuid,
  });
}

function usersAgent(routingKey: string) {
  return changesDirectory({
    publisher: 'wazo-confd',
    routingKeys: [routingKey],
    schema: userAgentEvent,
    part: 'agents',
    change: 'edited',
    idOf: (data) => String(data.agent_id),
  });
}

function ofQueue(part: 'queues' | 'queue-members', routingKey: string) {
  return changesDirectory({
    publisher: 'wazo-confd',
    routingKeys: [routingKey],
    schema: queuePartEvent,
    part,
    change: 'edited',
    idOf: (data) => String(data.queue_id),
  });
}
