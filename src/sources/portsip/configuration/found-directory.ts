import type {
  FoundCallList,
  FoundDirectory,
  FoundOrganization,
  FoundQueue,
  FoundUser,
} from '../../../directory/types.js';
import type { PortsipIds } from '../portsip-ids.js';
import type { PbxTenant } from '../rest/portsip-rest.js';
import type { PbxUser } from '../rest/tenant-rest.js';
import type {
  ConfiguredQueue,
  PortsipConfiguration,
  TenantConfiguration,
} from './configuration.js';

/** As long as a text of a directory file may be; the PBX takes longer names. */
const MAX_TEXT = 256;

/**
 * Makes directory entries of what is configured in a PBX, with the ids of portsip/wsi.md C.0. Users
 * who are disabled are not there.
 */
export function foundDirectory(
  { tenants, unreadable }: PortsipConfiguration,
  ids: PortsipIds,
): FoundDirectory {
  return {
    system: 'portsip',
    organizations: tenants.map(({ tenant }) => organizationOf(tenant, ids)),
    users: tenants.flatMap((one) => usersOf(one, ids)),
    queues: tenants.flatMap((one) => queuesOf(one, ids)),
    callLists: tenants.flatMap(({ tenant, queues }) =>
      queues.map((queue) => callListOf(queue, tenant, ids)),
    ),
    leftOut: unreadable,
  };
}

function organizationOf({ id, name, domain }: PbxTenant, ids: PortsipIds): FoundOrganization {
  return {
    id: ids.organization(id),
    name: firstText(name, domain) ?? id,
    portsip: { tenantId: id },
  };
}

function usersOf({ tenant, users }: TenantConfiguration, ids: PortsipIds): FoundUser[] {
  return users.filter(isEnabled).map((user) => {
    const { extensionId, extensionNumber: extension, name, email } = user;
    const id = ids.user(extensionId);
    const inDomain = name && tenant.domain ? `${name}@${tenant.domain}` : undefined;
    const userNames = [name, email, inDomain, id].map((one) => firstText(one));
    return {
      id,
      organizationId: ids.organization(tenant.id),
      userNames: userNames.filter((one) => one !== undefined),
      displayName: firstText(user.displayName, name, extension) ?? id,
      portsip: { extensionId, ...(extension === undefined ? {} : { extension }) },
    };
  });
}

function queuesOf({ tenant, users, queues }: TenantConfiguration, ids: PortsipIds): FoundQueue[] {
  const userIds = new Map(
    users
      .filter(isEnabled)
      .map(({ extensionId, extensionNumber }) => [extensionNumber, ids.user(extensionId)]),
  );
  return queues.map((queue) => {
    const { id: queueId, queueNumber, name, wrapUpSeconds, agents } = queue;
    const isOpen = isOpenNow(queue);
    return {
      id: ids.queue(queueId),
      organizationId: ids.organization(tenant.id),
      name: firstText(name) ?? queueNumber,
      number: queueNumber,
      members: agents.map((number) => userIds.get(number)).filter((id) => id !== undefined),
      ...(isOpen === undefined ? {} : { isOpen }),
      portsip: { queueId, queueNumber, ...(wrapUpSeconds === undefined ? {} : { wrapUpSeconds }) },
    };
  });
}

/**
 * By portsip/wsi.md C.3. A queue that is offline has nobody who serves it, which the agents' states
 * tell as soon as it changes, and the PBX's answer only when it is asked again: it says neither.
 */
function isOpenNow({ nightMode, state }: ConfiguredQueue): boolean | undefined {
  if (nightMode === true) return false;
  return state === 'ONLINE' ? true : undefined;
}

/** What callers ask for, and those whom the queue sent on; not all who gave up (wsi.md C.4). */
function callListOf(queue: ConfiguredQueue, tenant: PbxTenant, ids: PortsipIds): FoundCallList {
  return {
    id: ids.callList(queue.id),
    organizationId: ids.organization(tenant.id),
    name: firstText(queue.name) ?? queue.queueNumber,
    queueId: ids.queue(queue.id),
    collect: ['explicit', 'overflow'],
  };
}

function isEnabled({ enabled }: PbxUser): boolean {
  return enabled !== false;
}

/** The first text that says something. */
function firstText(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined && text !== '')?.slice(0, MAX_TEXT);
}
