import type { z } from 'zod';
import { agentEvents } from './agent-events.js';
import { callEvents } from './call-events.js';
import { channelEvents } from './channel-events.js';
import { directoryEvents } from './directory-events.js';
import type { EventRow, FormerEvent, Reader } from './event-row.js';
import { loginEvents } from './login-events.js';
import { queueEvents } from './queue-events.js';
import { quietAsteriskEvents } from './quiet-asterisk-events.js';
import { quietEvents } from './quiet-events.js';
import { rareEvents } from './rare-events.js';
import { amiTransferEvents, transferEvents } from './transfer-events.js';
import { userEvents } from './user-events.js';

const asteriskEvents = {
  ...queueEvents,
  ...channelEvents,
  ...amiTransferEvents,
  ...quietAsteriskEvents,
} as const;

/**
 * Every event of Wazo's bus that the hub knows, with its fields and what follows from it. What the
 * hub asks the bus for, how it reads what comes, and EVENTS.md are all made from this.
 */
export const EVENT_TABLE = {
  ...callEvents,
  ...transferEvents,
  ...agentEvents,
  ...userEvents,
  ...asteriskEvents,
  ...directoryEvents,
  ...loginEvents,
  ...quietEvents,
  ...rareEvents,
} as const satisfies Record<string, EventRow>;

/** A name by which wazo-amid passes on an event of Asterisk. */
export type AmiEventName = keyof typeof asteriskEvents;

/** What a name on the bus stands for. */
export interface NamedEvent {
  readonly row: EventRow;
  /** What its data looks like under this name. */
  readonly schema: z.ZodType;
  readonly read: Reader;
  /** What a topic exchange knows it by; several where it depends on the publisher's version. */
  readonly routingKeys: readonly string[];
}

const named: ReadonlyMap<string, NamedEvent> = new Map(
  Object.entries<EventRow>(EVENT_TABLE).flatMap(([name, row]) => [
    [name, namedEvent(row, { name, ...row })] as const,
    ...row.formerly.map((before) => [before.name, namedEvent(row, before)] as const),
  ]),
);

function namedEvent(row: EventRow, about: FormerEvent): NamedEvent {
  const { schema, read } = about;
  return { row, schema, read, routingKeys: routingKeysOf(about) };
}

/** The event of that name, today's or a former one; undefined for names that the hub does not know. */
export function findEvent(name: string): NamedEvent | undefined {
  return named.get(name);
}

export function isAmiEventName(name: string): name is AmiEventName {
  return Object.hasOwn(asteriskEvents, name);
}

/** What the hub's queue is bound by: names on a headers exchange, keys on a topic exchange. */
export interface Bindings {
  readonly names: readonly string[];
  readonly routingKeys: readonly string[];
}

/**
 * Bindings for all events from which something follows. Asking for everything would also bring
 * Asterisk's ARI events, which travel on the same exchange in great numbers.
 */
export function bindings(): Bindings {
  const wanted = Object.entries<EventRow>(EVENT_TABLE)
    .filter(([, row]) => row.outcome !== 'no consequence' && row.unasked === undefined)
    .flatMap(([name, row]) => [{ name, ...row }, ...row.formerly]);
  return {
    names: wanted.map(({ name }) => name),
    routingKeys: [...new Set(wanted.flatMap((event) => routingKeysOf(event)))],
  };
}

/** The routing keys of an event under one of its names. */
export function routingKeysOf(
  event: Pick<FormerEvent, 'name' | 'publisher' | 'routingKeys'>,
): readonly string[] {
  return event.publisher === 'asterisk' ? [`ami.${event.name}`] : (event.routingKeys ?? []);
}
