import { z } from 'zod';
import type { DomainEvent } from '../../contact-center/index.js';
import type { EventOutcome } from '../source.js';
import { type BusEnvelope, MalformedBusMessage } from './bus-envelope.js';
import type { LineOwners } from './line-owners.js';
import type { DirectoryChange, ResyncTrigger } from './notices.js';
import type { WazoIndex } from './wazo-index.js';

/** What translating needs beside the message: who exists, and when it came (epoch ms). */
export interface TranslationContext {
  readonly index: WazoIndex;
  readonly receivedAt: number;
}

/** What translating an event of a Wazo service needs: whose line is which, besides. */
export interface BusContext extends TranslationContext {
  readonly lines: LineOwners;
}

/** What a bus message means to us, and what to count it as. */
export interface Translation {
  readonly outcome: EventOutcome;
  readonly events: readonly DomainEvent[];
  readonly directoryChange?: DirectoryChange;
  readonly resyncTrigger?: ResyncTrigger;
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

/** It speaks of a user or queue that the directory does not have: nobody may see it. */
export const UNKNOWN_ENTITY: Translation = { outcome: 'unknown-entity', events: [] };

/** It is well-formed, but says nothing that any state depends on. */
export const IRRELEVANT: Translation = { outcome: 'irrelevant', events: [] };

/**
 * Reads the data of a message by the schema of its event.
 * @throws MalformedBusMessage that names each wrong field
 */
export function readData<T>(envelope: BusEnvelope, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(envelope.data);
  if (parsed.success) return parsed.data;
  throw new MalformedBusMessage(envelope.name, z.prettifyError(parsed.error));
}
