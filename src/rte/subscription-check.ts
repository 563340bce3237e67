import { z } from 'zod';

import type { Directory } from '../directory/types.js';
import { maySee, refusingRule, type RefusingRule } from './access-policy.js';
import { entityTypes } from './entities.js';
import type { EntitySubscription } from './entity-subscription.js';
import { eventCatalogue, findEventName, type RteEventName } from './events/event-catalogue.js';
import type { RteUser } from './rte-user.js';
import type { Refusal } from './subscription-result.js';

/** What an item names, or why it names nothing. */
type NamedTopic =
  | { readonly ok: true; readonly entityId: string; readonly eventName: RteEventName }
  | { readonly ok: false; readonly refusal: Refusal };

const guid = z.guid();

/** Reads which event of which entity an item means; says nothing about rights. */
export function nameTopic(item: EntitySubscription): NamedTopic {
  const entityId = guid.safeParse(item.entityId);
  if (!entityId.success) return { ok: false, refusal: 'Invalid entity id' };
  const eventName = findEventName(item.eventName ?? '');
  if (!eventName) return { ok: false, refusal: 'Unknown event' };
  return { ok: true, entityId: entityId.data, eventName };
}

/** What an item is answered with, and what of the policy was against it, where that was it. */
interface ItemRefusal {
  readonly message: Refusal;
  readonly rule?: RefusingRule;
}

/**
 * Tells why the user can't have the subscription; undefined when they can. An entity that doesn't
 * exist, that the user may not see or that belongs to others is `Unauthorized` alike, so that
 * nobody can find out which ids exist.
 */
export function refusalOf(
  directory: Directory,
  user: RteUser,
  entityId: string,
  eventName: RteEventName,
): ItemRefusal | undefined {
  const { entityType } = eventCatalogue[eventName];
  const rule = refusingRule(directory, user, { type: entityType, id: entityId }, eventName);
  if (rule === undefined) return undefined;
  const isSeenAsAnotherType = entityTypes.some(
    (type) => type !== entityType && maySee(directory, user, { type, id: entityId }),
  );
  if (isSeenAsAnotherType) return { message: 'Event not available for entity' };
  return { message: 'Unauthorized', rule };
}
