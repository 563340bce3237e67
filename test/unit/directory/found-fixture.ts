import type { FoundDirectory, FoundQueue, FoundUser } from '../../../src/directory/types.js';
import { ids } from './directory-fixture.js';

/** Ids of what only the telephony system has. */
export const foundIds = {
  tenant: 'cccccccc-0000-4000-8000-000000000001',
  user: 'cccccccc-0000-4000-8000-000000000011',
  queue: 'cccccccc-0000-4000-8000-000000000021',
  callList: 'cccccccc-0000-4000-8000-000000000031',
} as const;

export function foundDirectory(changes: Partial<FoundDirectory> = {}): FoundDirectory {
  return {
    system: 'wazo',
    organizations: [{ id: ids.acme, name: 'acme-tenant', wazo: { tenantUuid: ids.acme } }],
    users: [],
    queues: [],
    callLists: [],
    leftOut: [],
    ...changes,
  };
}

export function foundUser(id: string, changes: Partial<FoundUser> = {}): FoundUser {
  return {
    id,
    organizationId: ids.acme,
    userNames: ['found', id],
    displayName: 'Found User',
    wazo: { userUuid: id, agentIds: [42], interfaces: ['PJSIP/abcd'], lineIds: [5] },
    ...changes,
  };
}

export function foundQueue(id: string, changes: Partial<FoundQueue> = {}): FoundQueue {
  return {
    id,
    organizationId: ids.acme,
    name: 'Found queue',
    number: '3999',
    members: [],
    wazo: { queueId: 7, queueName: 'found', wrapUpSeconds: 15 },
    ...changes,
  };
}
