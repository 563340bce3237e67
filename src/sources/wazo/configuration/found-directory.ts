import { entityGuid } from '../../../contact-center/index.js';
import type {
  FoundCallList,
  FoundDirectory,
  FoundOrganization,
  FoundQueue,
  FoundUser,
} from '../../../directory/types.js';
import type { ConfdQueue, ConfdUser } from '../rest/wazo-confd.js';
import type { WazoTenant } from '../rest/wazo-tenants.js';
import { AgentMembers } from './agent-members.js';
import type { WazoConfiguration } from './configuration.js';
import { foundSchedule } from './found-schedule.js';

/**
 * Makes directory entries of what is configured in a Wazo. Users and tenants keep their uuids;
 * queues have none, and get one from their number (wazo/bus.md 3.2).
 */
export function foundDirectory(configuration: WazoConfiguration): FoundDirectory {
  const { originUuid, tenants, users, queues, unreadable } = configuration;
  const members = new AgentMembers(configuration);
  const schedules = new Map(configuration.schedules.map((one) => [one.id, foundSchedule(one)]));
  return {
    system: 'wazo',
    organizations: tenants.map(organizationOf),
    users: users.map((user) => userOf(user, members)),
    queues: queues.map((queue) => ({
      ...queueOf(queue, originUuid),
      members: members.ofQueue(queue),
      ...scheduleOf(queue, schedules),
    })),
    callLists: queues.map((queue) => callListOf(queue, originUuid)),
    leftOut: unreadable,
  };
}

function organizationOf({ uuid, name, slug }: WazoTenant): FoundOrganization {
  return { id: uuid, name: firstText(name, slug) ?? uuid, wazo: { tenantUuid: uuid } };
}

function userOf(user: ConfdUser, members: AgentMembers): FoundUser {
  const { uuid, tenant_uuid: organizationId, username, email, lines } = user;
  const fullName = [user.firstname, user.lastname].filter(Boolean).join(' ');
  return {
    id: uuid,
    organizationId,
    userNames: [firstText(username), firstText(email), uuid].filter((name) => name !== undefined),
    displayName: firstText(fullName, username) ?? uuid,
    wazo: {
      userUuid: uuid,
      agentIds: members.agentsOf(user),
      interfaces: lines.map(interfaceOf).filter((name) => name !== undefined),
      lineIds: lines.map(({ id }) => id),
    },
  };
}

/** The channel names of a line begin with this: for SIP it is the endpoint's name that counts. */
function interfaceOf(line: ConfdUser['lines'][number]): string | undefined {
  const { name, endpoint_sip: sip, endpoint_sccp: sccp, endpoint_custom: custom } = line;
  if (custom) return firstText(custom.interface);
  const device = firstText(sip?.name, name);
  if (device === undefined) return undefined;
  return sccp ? `SCCP/${device}` : `PJSIP/${device}`;
}

function queueOf({ id, tenant_uuid, name, label, ...queue }: ConfdQueue, originUuid: string) {
  return {
    id: queueGuid(originUuid, id),
    organizationId: tenant_uuid,
    name: firstText(label) ?? name,
    number: firstText(...queue.extensions.map(({ exten }) => exten)) ?? '',
    wazo: { queueId: id, queueName: name, wrapUpSeconds: wrapUpSeconds(queue.options) },
  } satisfies Omit<FoundQueue, 'members'>;
}

function scheduleOf(
  { schedules: [assigned] }: ConfdQueue,
  schedules: ReadonlyMap<number, ReturnType<typeof foundSchedule>>,
): Pick<FoundQueue, 'schedule'> {
  const schedule = assigned === undefined ? undefined : schedules.get(assigned.id);
  return schedule === undefined ? {} : { schedule };
}

/** Callers whom nobody served can be called back (wazo/bus.md 5.4). */
function callListOf(queue: ConfdQueue, originUuid: string): FoundCallList {
  return {
    id: entityGuid(originUuid, `calllist:${queue.id}`),
    organizationId: queue.tenant_uuid,
    name: firstText(queue.label) ?? queue.name,
    queueId: queueGuid(originUuid, queue.id),
    collect: ['abandoned', 'overflow'],
  };
}

function queueGuid(originUuid: string, confdId: number): string {
  return entityGuid(originUuid, `queue:${confdId}`);
}

/** Asterisk's option counts last when it is there twice. */
function wrapUpSeconds(options: ConfdQueue['options']): number {
  const [, text = ''] = options.findLast(([name]) => name === 'wrapuptime') ?? [];
  return /^\d{1,7}$/u.test(text) ? Number(text) : 0;
}

/** The first text that says something. */
function firstText(...texts: readonly (string | null | undefined)[]): string | undefined {
  return texts.map((text) => text?.trim()).find((text) => text !== undefined && text !== '');
}
