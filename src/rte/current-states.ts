import type { ContactCenter } from '../contact-center/index.js';
import type { DirectoryHolder, Queue, User } from '../directory/types.js';
import { createRteEvent, type RteEvent } from './events/create-event.js';
import type { RteEventData } from './events/event-catalogue.js';
import { OPEN_END } from './events/field-types.js';
import { mapQueueStatus, mapUserAvailability, mapUserStatus } from './mapper.js';
import type { Topic } from './subscription.js';

interface CurrentStatesOptions {
  readonly contactCenter: Pick<ContactCenter, 'userStatus' | 'userAvailability' | 'queueStatus'>;
  readonly directory: DirectoryHolder;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The availability that holds for a user now. */
export interface CurrentAvailability {
  /** Names what was set in the hub, also while a phone's do-not-disturb wins; null for nothing. */
  readonly availabilityId: string | null;
  readonly data: RteEventData<'UserAvailability'>;
}

/**
 * The states that events tell, as they are when they are asked for, each as a new event. Read from
 * the projections, they may be a moment ahead of the last event, which is coalesced, never behind it.
 */
export class CurrentStates {
  readonly #options: CurrentStatesOptions;

  constructor(options: CurrentStatesOptions) {
    this.#options = options;
  }

  /**
   * The state that the events of a topic tell. Undefined for what is no state of the projections,
   * for whom the directory doesn't have, and for an availability of which no source has said anything.
   */
  of({ entityId, eventName }: Topic): RteEvent | undefined {
    const { users, queues } = this.#options.directory.current;
    const user = users.get(entityId);
    const queue = queues.get(entityId);
    if (eventName === 'UserStatus') return user && this.userStatus(user);
    if (eventName === 'UserAvailability') return user && this.#toldAvailability(user);
    if (eventName === 'QueueStatus') return queue && this.queueStatus(queue);
    return undefined;
  }

  userStatus(user: User): RteEvent<'UserStatus'> {
    const { contactCenter, now } = this.#options;
    return mapUserStatus(user, contactCenter.userStatus(user.id, now()), now());
  }

  queueStatus(queue: Queue): RteEvent<'QueueStatus'> {
    const { contactCenter, now } = this.#options;
    return mapQueueStatus(queue, contactCenter.queueStatus(queue.id, now()), now());
  }

  /** Who has no availability counts as available, since no time that could be told. */
  userAvailability(user: User): CurrentAvailability {
    const { contactCenter, now } = this.#options;
    const entry = contactCenter.userAvailability(user.id);
    const { data } = entry ? mapUserAvailability(user, entry, now()) : available(user, now());
    return { availabilityId: entry?.availabilityId ?? null, data };
  }

  #toldAvailability(user: User): RteEvent<'UserAvailability'> | undefined {
    const { contactCenter, now } = this.#options;
    const entry = contactCenter.userAvailability(user.id);
    return entry && mapUserAvailability(user, entry, now());
  }
}

function available(user: User, timestamp: number): RteEvent<'UserAvailability'> {
  const { organizationId, id: entityId, userName } = user;
  const origin = { organizationId, entityId, timestamp };
  const fields = { userName, availability: 'Available', note: '', eventSource: '' } as const;
  return createRteEvent('UserAvailability', origin, { ...fields, endTime: OPEN_END });
}
