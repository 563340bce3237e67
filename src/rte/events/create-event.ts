import { v7 as uuidV7 } from 'uuid';

import { eventCatalogue, type RteEventData, type RteEventName } from './event-catalogue.js';
import type { EntityType, EventKind } from './event-definition.js';

/** An event on its way to those who subscribed to its entity. */
export interface RteEvent<Name extends RteEventName = RteEventName> {
  readonly name: Name;
  readonly entityType: EntityType;
  readonly organizationId: string;
  readonly entityId: string;
  /** When the event was made, in epoch milliseconds. */
  readonly timestamp: number;
  /** How many seconds it may wait for delivery; -1 is without limit. */
  readonly ttlSeconds: number;
  readonly kind: EventKind;
  /** What the client gets. */
  readonly data: RteEventData<Name>;
}

/** Whose event it is, and when it was made. Ids are lower-case guids. */
export interface RteEventOrigin {
  readonly organizationId: string;
  readonly entityId: string;
  /** The event's own id; a new UUIDv7 when left out. */
  readonly id?: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

type FilledIn =
  | 'rootEntityType'
  | 'rootEntityId'
  | 'eventType'
  | 'entityType'
  | 'entityId'
  | 'organizationId'
  | 'id'
  | 'timestamp'
  | 'messageTTLSeconds';

/** What the maker of an event says; what it leaves out gets the catalogue's default. */
export type RteEventFields<Name extends RteEventName> = Partial<Omit<RteEventData<Name>, FilledIn>>;

/** The event's own field that repeats the id of its entity. */
const ownIdField = {
  User: 'userId',
  Queue: 'queueId',
  CallList: 'callListId',
  Organization: 'organizationId',
} as const;

/**
 * Makes an event with every field of the catalogue, in its order. `userId` of a User event,
 * `queueId` of a Queue event and `callListId` of a CallList event are the entity's id unless given.
 *
 * @throws ZodError when a value isn't what the catalogue says, e.g. an id that is no guid.
 */
export function createRteEvent<Name extends RteEventName>(
  name: Name,
  origin: RteEventOrigin,
  fields: RteEventFields<Name>,
): RteEvent<Name> {
  const { entityType, ttlSeconds, kind, schema } = eventCatalogue[name];
  const { organizationId, entityId, timestamp } = origin;
  const data = schema.parse({
    [ownIdField[entityType]]: entityId,
    ...fields,
    rootEntityType: 'Organization',
    rootEntityId: organizationId,
    eventType: name,
    entityType,
    entityId,
    organizationId,
    id: origin.id ?? uuidV7(),
    timestamp: new Date(timestamp).toISOString(),
    messageTTLSeconds: ttlSeconds,
  });
  return { name, entityType, organizationId, entityId, timestamp, ttlSeconds, kind, data };
}
