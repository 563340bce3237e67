import { userId, ORGANIZATION_ID, userStatusEvent } from './workload.js';

/** A MessageReceived as the hub sends it, ready to be written. */
export function messageBytes(index: number): Buffer {
  const subscription = {
    id: '81352549-c0be-4d58-bc76-79a29ac92e1d',
    allRootEntities: false,
    rootEntityId: ORGANIZATION_ID,
    rootEntityType: 'Organization',
    organizationId: ORGANIZATION_ID,
    eventType: 'UserStatus',
    entityType: 'User',
    entityId: userId(index),
    allEntities: false,
  };
  const { data } = userStatusEvent(index);
  const message = { type: 1, target: 'MessageReceived', arguments: [{ subscription, data }] };
  return Buffer.from(`${JSON.stringify(message)}\u001e`);
}
