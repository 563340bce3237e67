import { z } from 'zod';
import { flag, optionalId, optionalText } from './fields.js';

const managedExtension = z
  .object({
    tenant_id: optionalId,
    extension_number: optionalId,
    extension_id: optionalId,
    disp_name: optionalText,
    display_name: optionalText,
    email: optionalText,
    username: optionalText,
    department: optionalText,
    enabled: flag,
  })
  .refine((raw) => raw.extension_number !== undefined || raw.extension_id !== undefined, {
    error: 'it names no extension',
  });

/** extension_created, extension_updated and extension_destroyed: who there is. */
function managed<const Kind extends string>(kind: Kind) {
  return managedExtension.transform((raw) => ({
    kind,
    tenantId: raw.tenant_id,
    extensionNumber: raw.extension_number,
    extensionId: raw.extension_id,
    displayName: raw.disp_name ?? raw.display_name,
    email: raw.email,
    username: raw.username,
    department: raw.department,
    enabled: raw.enabled,
  }));
}

export const extensionCreated = managed('extension_created');
export const extensionUpdated = managed('extension_updated');
export const extensionDestroyed = managed('extension_destroyed');

const managedQueue = z
  .object({
    tenant_id: optionalId,
    queue_number: optionalId,
    queue_id: optionalId,
    queue_name: optionalText,
  })
  .refine((raw) => raw.queue_number !== undefined || raw.queue_id !== undefined, {
    error: 'it names no queue',
  });

/**
 * queue_created, queue_updated and queue_destroy: which queues there are. By the vendor's
 * documentation they carry the number only: id and name are for REST to ask.
 */
function managedQueueMessage<const Kind extends string>(kind: Kind) {
  return managedQueue.transform((raw) => ({
    kind,
    tenantId: raw.tenant_id,
    queueNumber: raw.queue_number,
    queueId: raw.queue_id,
    queueName: raw.queue_name,
  }));
}

export const queueCreated = managedQueueMessage('queue_created');
export const queueUpdated = managedQueueMessage('queue_updated');
export const queueDestroyed = managedQueueMessage('queue_destroyed');
