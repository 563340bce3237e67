import { asteriskName } from './asterisk-name.js';
import type { DirectoryFile, FilledDirectoryFile } from './file-schema.js';
import type { FoundSystem } from './found.js';

type OrganizationEntry = DirectoryFile['organizations'][number];
type UserEntry = DirectoryFile['users'][number];
type QueueEntry = FilledDirectoryFile['queues'][number];

/** What a system calls an entity; undefined where nobody said. */
export type Key = string | number | undefined;

/** How the entities of one kind are told apart. */
export interface KeysOf<Entry> {
  /** What the system calls it; no two entries may have the same. */
  readonly keyOf: (entry: Entry) => Key;
  /** By what else an entry without such a key is found: a queue made anew may have an old one's name. */
  readonly otherKeysOf?: (entry: Entry) => readonly Key[];
}

interface SystemKeys {
  readonly organizations: KeysOf<OrganizationEntry>;
  readonly users: KeysOf<UserEntry>;
  readonly queues: KeysOf<QueueEntry>;
}

/** Wazo's own uuids are ours unless the file says otherwise. */
const WAZO_KEYS: SystemKeys = {
  organizations: { keyOf: ({ id, wazo }) => wazo?.tenantUuid ?? id },
  users: { keyOf: ({ id, wazo }) => wazo?.userUuid ?? id },
  queues: {
    keyOf: ({ wazo }) => wazo?.queueId,
    otherKeysOf: (queue) => [asteriskName(queue), queue.id],
  },
};

/** A PBX counts its numbers by tenant: each may have an extension 101. */
const PORTSIP_KEYS: SystemKeys = {
  organizations: { keyOf: ({ portsip }) => portsip?.tenantId, otherKeysOf: ({ id }) => [id] },
  users: {
    keyOf: ({ organizationId, portsip }) => inTenant(organizationId, 'id', portsip?.extensionId),
    otherKeysOf: ({ id, organizationId, portsip }) => [
      inTenant(organizationId, 'number', portsip?.extension),
      id,
    ],
  },
  queues: {
    keyOf: ({ organizationId, portsip }) => inTenant(organizationId, 'id', portsip?.queueId),
    otherKeysOf: ({ id, organizationId, number, portsip }) => [
      portsip && inTenant(organizationId, 'number', portsip.queueNumber ?? number),
      id,
    ],
  },
};

export const KEYS: Readonly<Record<FoundSystem, SystemKeys>> = {
  wazo: WAZO_KEYS,
  portsip: PORTSIP_KEYS,
};

function inTenant(organizationId: string, kind: string, name: string | undefined): Key {
  return name === undefined ? undefined : `${organizationId} ${kind} ${name}`;
}
