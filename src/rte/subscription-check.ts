import { z } from 'zod';

import type { Directory } from '../directory/types.js';
import { maySee, refusingRule, type RefusingRule } from './access-policy.js';
import { entityTypes, type EntityRef } from './entities.js';
import type { EntitySubscription } from './entity-subscription.js';
import { EVERY_ENTITY, namesMatching, readEventName } from './event-pattern.js';
import { eventCatalogue, type RteEventName } from './events/event-catalogue.js';
import type { RteUser } from './rte-user.js';
import type { Refusal } from './subscription-result.js';
import type { SubscriptionTarget } from './subscription.js';

/** What an item of Subscribe or Unsubscribe names. */
type Named = Pick<SubscriptionTarget, 'entityId' | 'eventName'>;

/** What an item names, or why it names nothing. */
type NamedTarget =
  ({ readonly ok: true } & Named) | { readonly ok: false; readonly refusal: Refusal };

const entityIds = z.union([z.guid(), z.literal(EVERY_ENTITY)]);

/** Reads which events of which entities an item means; says nothing about rights. */
export function readTarget(item: EntitySubscription): NamedTarget {
  const entityId = entityIds.safeParse(item.entityId);
  if (!entityId.success) return { ok: false, refusal: 'Invalid entity id' };
  const eventName = readEventName(item.eventName ?? '');
  if (!eventName) return { ok: false, refusal: 'Unknown event' };
  return { ok: true, entityId: entityId.data, eventName };
}

/** What an item is answered with, and what of the policy was against it, where that was it. */
interface ItemRefusal {
  readonly message: Refusal;
  readonly refused?: Refused;
}

interface Refused {
  readonly rule: RefusingRule;
  readonly entity: EntityRef;
  readonly eventName: RteEventName;
}

/**
 * Tells why the user can't have the subscription; undefined when they can. An entity that doesn't
 * exist, that the user may not see or that belongs to others is `Unauthorized` alike, so that
 * nobody can find out which ids exist. With a wildcard for the event one that the user may have is
 * enough; with one for the entity there is nothing to ask before something is delivered.
 */
export function refusalOf(
  directory: Directory,
  user: RteUser,
  { entityId, eventName }: Named,
): ItemRefusal | undefined {
  if (entityId === EVERY_ENTITY) return undefined;
  let worst: ItemRefusal | undefined;
  for (const name of namesMatching(eventName)) {
    const refusal = refusalOfTopic(directory, user, entityId, name);
    if (refusal === undefined) return undefined;
    if (worst?.message !== 'Unauthorized') worst = refusal;
  }
  return worst;
}

function refusalOfTopic(
  directory: Directory,
  user: RteUser,
  id: string,
  eventName: RteEventName,
): ItemRefusal | undefined {
  const { entityType } = eventCatalogue[eventName];
  const entity = { type: entityType, id };
  const rule = refusingRule(directory, user, entity, eventName);
  if (rule === undefined) return undefined;
  const isSeenAsAnotherType = entityTypes.some(
    (type) => type !== entityType && maySee(directory, user, { type, id }),
  );
  if (isSeenAsAnotherType) return { message: 'Event not available for entity' };
  return { message: 'Unauthorized', refused: { rule, entity, eventName } };
}
