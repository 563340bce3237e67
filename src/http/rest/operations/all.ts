import type { Operation } from '../operation.js';
import { administrationOperations } from './administration.js';
import { availabilityOperations } from './availability.js';
import { documentOperations } from './documents.js';
import { callListOperations } from './call-lists.js';
import { callbackOperations } from './callbacks.js';
import { discoveryOperations } from './discovery.js';
import { eventOperations } from './events.js';
import { queueHistoryOperations } from './queue-history.js';
import { queueOperations } from './queues.js';
import { userOperations } from './users.js';

/** All operations, in the order of the OpenAPI document. */
export function restOperations(): readonly Operation[] {
  return [
    ...discoveryOperations(),
    ...userOperations,
    ...availabilityOperations,
    ...queueOperations,
    ...queueHistoryOperations,
    ...callListOperations,
    ...callbackOperations,
    ...eventOperations,
    ...administrationOperations,
    ...documentOperations,
  ];
}
