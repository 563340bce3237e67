import { alertsOf } from './build-alerts.js';
import { asteriskName } from './asterisk-name.js';
import type { DirectoryFile, FilledDirectoryFile } from './file-schema.js';
import type { CallList, Directory, Organization, Queue, User } from './types.js';

type OrganizationEntry = DirectoryFile['organizations'][number];
type UserEntry = DirectoryFile['users'][number];
type QueueEntry = FilledDirectoryFile['queues'][number];
type CallListEntry = DirectoryFile['callLists'][number];

/**
 * Makes a directory of a checked file and fills in what follows from the rest: Wazo's ids are ours
 * unless the file says otherwise.
 * @param hashes password hashes by user id
 */
export function buildDirectory(
  file: FilledDirectoryFile,
  hashes: ReadonlyMap<string, string>,
): Directory {
  const users = file.users.map((entry) => userOf(entry, hashes.get(entry.id)));
  const byName = new Map(users.map((user) => [user.userName.toLowerCase(), user]));
  return {
    organizations: byId(file.organizations.map(organizationOf)),
    users: byId(users),
    queues: byId(file.queues.map(queueOf)),
    callLists: byId(file.callLists.map(callListOf)),
    userByName: (userName) => byName.get(userName.toLowerCase()),
  };
}

function byId<Entry extends { readonly id: string }>(entries: Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function organizationOf({ id, name, wazo, portsip }: OrganizationEntry): Organization {
  return {
    id,
    name,
    wazo: { tenantUuid: wazo?.tenantUuid ?? id, ...(wazo === undefined ? {} : { isNamed: true }) },
    ...(portsip === undefined ? {} : { portsip }),
  };
}

function userOf(entry: UserEntry, passwordHash: string | undefined): User {
  const { id, organizationId, userName, displayName, role, wazo, portsip } = entry;
  return {
    id,
    organizationId,
    userName,
    displayName,
    role,
    ...(passwordHash === undefined ? {} : { passwordHash }),
    wazo: {
      userUuid: wazo?.userUuid ?? id,
      agentIds: wazo?.agentIds ?? [],
      interfaces: wazo?.interfaces ?? [],
      lineIds: wazo?.lineIds ?? [],
    },
    ...(portsip === undefined ? {} : { portsip: portsipOfUser(portsip) }),
  };
}

function portsipOfUser({
  extension,
  extensionId,
}: NonNullable<UserEntry['portsip']>): NonNullable<User['portsip']> {
  return {
    ...(extension === undefined ? {} : { extension }),
    ...(extensionId === undefined ? {} : { extensionId }),
  };
}

function queueOf(entry: QueueEntry): Queue {
  const { wazo, portsip } = entry;
  const queueName = asteriskName(entry);
  return {
    id: entry.id,
    organizationId: entry.organizationId,
    name: entry.name,
    number: entry.number,
    members: entry.members ?? [],
    supervisors: entry.supervisors,
    ...(entry.schedule === undefined ? {} : { schedule: entry.schedule }),
    ...(entry.isOpen === undefined ? {} : { isOpen: entry.isOpen }),
    ...(entry.alerts === undefined ? {} : { alerts: alertsOf(entry, entry.alerts) }),
    wazo: {
      ...(wazo?.queueId === undefined ? {} : { queueId: wazo.queueId }),
      ...(queueName === undefined ? {} : { queueName }),
      wrapUpSeconds: wazo?.wrapUpSeconds ?? 0,
    },
    ...(portsip === undefined ? {} : { portsip: portsipOfQueue(portsip, entry.number) }),
  };
}

function portsipOfQueue(
  { queueNumber, queueId, wrapUpSeconds }: NonNullable<QueueEntry['portsip']>,
  number: string,
): NonNullable<Queue['portsip']> {
  return {
    queueNumber: queueNumber ?? number,
    ...(queueId === undefined ? {} : { queueId }),
    ...(wrapUpSeconds === undefined ? {} : { wrapUpSeconds }),
  };
}

function callListOf(entry: CallListEntry): CallList {
  const { dueAfterSeconds, expiresAfterSeconds, closeWhenAnswered, ...rest } = entry;
  return {
    ...rest,
    ...(closeWhenAnswered === undefined ? {} : { closeWhenAnswered }),
    ...(dueAfterSeconds === undefined ? {} : { dueAfterSeconds }),
    ...(expiresAfterSeconds === undefined ? {} : { expiresAfterSeconds }),
  };
}
