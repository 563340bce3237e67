import { z } from 'zod';
import { callGuid, type DomainEvent, isGuid } from '../../contact-center/index.js';
import type { EventOutcome } from '../source.js';
import { type BusEnvelope, MalformedBusMessage } from './bus-envelope.js';
import type { LineOwners } from './line-owners.js';
import type { DirectoryChange, ResyncTrigger } from './notices.js';
import type { WazoIndex } from './wazo-index.js';

/** What translating needs beside the data: who exists, and the circumstances of the message. */
export interface TranslationContext {
  readonly index: WazoIndex;
  readonly lines: LineOwners;
  /** When the message came, or would have come had it not waited; epoch ms. */
  readonly receivedAt: number;
  /** Its time stamp, milliseconds in an unknown zone; undefined when it has none. */
  readonly stampMs: number | undefined;
  /** uuid of the Wazo that says it; empty when the message does not tell. */
  readonly originUuid: string;
}

/** Says what the data of an event, parsed by the event's schema, means to us. */
export type Translator<T> = (data: T, context: TranslationContext) => Translation;

/** What a bus message means to us, and what to count it as. */
export interface Translation {
  readonly outcome: EventOutcome;
  readonly events: readonly DomainEvent[];
  readonly directoryChange?: DirectoryChange;
  readonly resyncTrigger?: ResyncTrigger;
  /** Id of a session at wazo-auth. */
  readonly endedSession?: string;
}

/** It concerns us and says this. */
export function applied(...events: DomainEvent[]): Translation {
  return { outcome: 'applied', events };
}

/** It says that Wazo's configuration is another now. */
export function directoryChanged(directoryChange: DirectoryChange): Translation {
  return { outcome: 'directory-change', events: [], directoryChange };
}

/** It says that what is known may be out of date, or how far a snapshot reaches. */
export function resyncTriggered(resyncTrigger: ResyncTrigger): Translation {
  return { outcome: 'resync-trigger', events: [], resyncTrigger };
}

/** It says that somebody's session at wazo-auth has ended. */
export function sessionEnded(endedSession: string): Translation {
  return { outcome: 'session-end', events: [], endedSession };
}

/** It speaks of a user or queue that the directory does not have: nobody may see it. */
export const UNKNOWN_ENTITY: Translation = { outcome: 'unknown-entity', events: [] };

/** It speaks of a ring group, which is a queue to Asterisk and none to anybody else. */
const RING_GROUP: Translation = { outcome: 'ring-group', events: [] };

/** It is well-formed, but says nothing that any state depends on. */
export const IRRELEVANT: Translation = { outcome: 'irrelevant', events: [] };

/** What to say of a queue that the directory does not have. Ring groups are all named alike. */
export function noSuchQueue(asteriskName: string): Translation {
  return asteriskName.startsWith('grp-') ? RING_GROUP : UNKNOWN_ENTITY;
}

/**
 * Reads the data of a message by the schema of its event.
 * @throws MalformedBusMessage that names each wrong field
 */
export function readData<T>(envelope: BusEnvelope, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(envelope.data);
  if (parsed.success) return parsed.data;
  throw new MalformedBusMessage(envelope.name, z.prettifyError(parsed.error));
}

/** The id of a whole call, over all its legs. One Wazo's `linkedId` is another's, too. */
export function callIdOf(
  linkedId: string,
  organizationId: string,
  { originUuid }: Pick<TranslationContext, 'originUuid'>,
): string {
  return callGuid(isGuid(originUuid) ? originUuid : organizationId, linkedId);
}
