import type { ContactCenter } from '../contact-center/index.js';
import type { Queue, User } from '../directory/types.js';
import { createRteEvent } from './events/create-event.js';
import type { RteEventData } from './events/event-catalogue.js';
import { OPEN_END } from './events/field-types.js';
import { mapQueueStatus, mapUserAvailability, mapUserStatus } from './mapper.js';

/** The availability that holds for a user now. */
export interface CurrentAvailability {
  /** Names what was set in the hub, also while a phone's do-not-disturb wins; null for nothing. */
  readonly availabilityId: string | null;
  readonly data: RteEventData<'UserAvailability'>;
}

/** The states that events tell, as they are when they are asked for. */
export interface StateReader {
  userStatus(user: User): RteEventData<'UserStatus'>;
  /** Who has no availability counts as available, since no time that could be told. */
  userAvailability(user: User): CurrentAvailability;
  queueStatus(queue: Queue): RteEventData<'QueueStatus'>;
}

type Projections = Pick<ContactCenter, 'userStatus' | 'userAvailability' | 'queueStatus'>;

/**
 * Reads states from the projections. They may be a moment ahead of the last event, which is
 * coalesced, never behind it.
 * @param now epoch ms
 */
export function createStateReader(projections: Projections, now: () => number): StateReader {
  return {
    userStatus: (user) => mapUserStatus(user, projections.userStatus(user.id, now()), now()).data,
    userAvailability: (user) => currentAvailability(projections, user, now()),
    queueStatus: (queue) =>
      mapQueueStatus(queue, projections.queueStatus(queue.id, now()), now()).data,
  };
}

function currentAvailability(
  projections: Projections,
  user: User,
  now: number,
): CurrentAvailability {
  const entry = projections.userAvailability(user.id);
  if (entry !== undefined) {
    const { availabilityId } = entry;
    return { availabilityId, data: mapUserAvailability(user, entry, now).data };
  }
  const { organizationId, id: entityId, userName } = user;
  const origin = { organizationId, entityId, timestamp: now };
  const fields = { userName, availability: 'Available', note: '', eventSource: '' } as const;
  const { data } = createRteEvent('UserAvailability', origin, { ...fields, endTime: OPEN_END });
  return { availabilityId: null, data };
}
