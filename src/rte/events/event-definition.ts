import { z } from 'zod';

/** What an event is about; a subscription names one such entity. */
export type EntityType = 'User' | 'Queue' | 'CallList' | 'Organization';

/**
 * `state`: a newer event of the same entity makes an older one worthless.
 * `occurrence`: something that happened; each one counts.
 */
export type EventKind = 'state' | 'occurrence';

/** One event of the catalogue; `Data` is what `schema` gives. */
export interface EventDefinition<Name extends string, Data> {
  readonly name: Name;
  readonly entityType: EntityType;
  readonly kind: EventKind;
  /** How many seconds the event may wait before it is worthless; -1 is without limit. */
  readonly ttlSeconds: number;
  /** Fields in the order of the wire, each with its default and description. */
  readonly schema: z.ZodType<Data>;
}

interface EventOptions<Name extends string, Own> {
  readonly name: Name;
  readonly entityType: EntityType;
  readonly kind: EventKind;
  readonly description: string;
  readonly ttlSeconds?: number;
  readonly fields: Own;
}

/** The TTL of an event that is worth sending however late. */
const NO_TTL = -1;

/**
 * Defines an event: the base fields of every event around the event's own ones.
 * Base fields have no default: who makes an event has to know them.
 */
export function defineEvent<const Name extends string, Own extends z.ZodRawShape>(
  options: EventOptions<Name, Own>,
) {
  return defineExtendedEvent({}, options);
}

/** Defines an event with fields that the contract lists behind the base fields at the end. */
export function defineExtendedEvent<
  const Name extends string,
  Own extends z.ZodRawShape,
  Appended extends z.ZodRawShape,
>(appended: Appended, options: EventOptions<Name, Own>) {
  const { name, entityType, kind, description, fields, ttlSeconds = NO_TTL } = options;
  const head = headFields(name, entityType);
  const ttl = ttlField(ttlSeconds);
  // A key keeps its first place: the TTL stands behind the entity where there is one, else late.
  const early = ttlSeconds === NO_TTL ? {} : ttl;
  const shape = { ...head, ...early, ...fields, ...tailFields(), ...ttl, ...appended };
  return { name, entityType, kind, ttlSeconds, schema: z.object(shape).describe(description) };
}

function headFields<const Name extends string>(name: Name, entityType: EntityType) {
  return {
    rootEntityType: z.literal('Organization').describe('What the root entity is.'),
    rootEntityId: z.guid().describe('The organization to which the entity belongs.'),
    eventType: z.literal(name).describe('The name of the event.'),
    entityType: z.literal(entityType).describe('What the event is about.'),
    entityId: z
      .guid()
      .describe('The entity that the event is about, as the subscription names it.'),
  };
}

function tailFields() {
  return {
    id: z.guid().describe('Names this event; the same for everybody who receives it.'),
    timestamp: z.iso.datetime().describe('When the event was made, UTC.'),
  };
}

function ttlField(ttlSeconds: number) {
  return {
    messageTTLSeconds: z
      .literal(ttlSeconds)
      .describe('Seconds for which the message is of use; -1 means without limit.'),
  };
}
