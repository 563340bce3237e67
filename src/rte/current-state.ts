import type { ContactCenter } from '../contact-center/index.js';
import type { DirectoryHolder } from '../directory/types.js';
import type { RteEvent } from './events/create-event.js';
import { mapQueueStatus, mapUserAvailability, mapUserStatus } from './mapper.js';
import type { Topic } from './subscription.js';

interface CurrentStateOptions {
  readonly contactCenter: Pick<ContactCenter, 'userStatus' | 'userAvailability' | 'queueStatus'>;
  readonly directory: DirectoryHolder;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * The state of an entity as it is now, as a new event. Undefined for what is no state of the
 * projections, for whom the directory doesn't have, and for an availability of which no source has
 * said anything.
 */
export function currentState(
  { contactCenter, directory, now }: CurrentStateOptions,
  { entityId, eventName }: Topic,
): RteEvent | undefined {
  const user = directory.current.users.get(entityId);
  const queue = directory.current.queues.get(entityId);
  if (eventName === 'UserStatus' && user !== undefined) {
    return mapUserStatus(user, contactCenter.userStatus(user.id, now()), now());
  }
  if (eventName === 'UserAvailability' && user !== undefined) {
    const entry = contactCenter.userAvailability(user.id);
    return entry && mapUserAvailability(user, entry, now());
  }
  if (eventName === 'QueueStatus' && queue !== undefined) {
    return mapQueueStatus(queue, contactCenter.queueStatus(queue.id, now()), now());
  }
  return undefined;
}
