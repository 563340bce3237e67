import type { z } from 'zod';
import type { BusEnvelope } from '../bus-envelope.js';
import type { DirectoryChange, DirectoryPart } from '../notices.js';
import {
  directoryChanged,
  IRRELEVANT,
  readData,
  sessionEnded,
  type Translation,
  type TranslationContext,
  type Translator,
} from '../translation.js';

/** Who says it. Asterisk's events are passed on by wazo-amid under their own names. */
export type Publisher = 'asterisk' | 'xivo-ctid' | 'consul' | `wazo-${Service}`;

type Service =
  'agentd' | 'auth' | 'calld' | 'call-logd' | 'chatd' | 'confd' | 'dird' | 'plugind' | 'sysconfd';

/** What of an event, and of a name that it had before, is known beside its meaning. */
interface Naming {
  /**
   * What a topic exchange, that of systems before Wazo 22, is asked for; `*` stands for one word.
   * Asterisk's events leave it out: theirs is `ami.` and the name.
   */
  readonly routingKeys?: readonly string[];
}

/** Reads a message of the event and says what it means. */
export type Reader = (envelope: BusEnvelope, context: TranslationContext) => Translation;

/** A name that the event had in another version of Wazo, perhaps with other fields. */
export interface FormerEvent extends Naming {
  readonly name: string;
  readonly publisher: Publisher;
  readonly schema: z.ZodType;
  readonly read: Reader;
}

/** What follows from an event: its declared outcome. */
export type Consequence =
  | {
      readonly outcome: 'changes state' | 'becomes an RTE event';
      /** The RTE events in which clients see it, sooner or later. */
      readonly rteEvents: readonly [string, ...string[]];
    }
  | { readonly outcome: 'changes the directory'; readonly part: DirectoryPart }
  | { readonly outcome: 'calls for a resynchronisation' }
  | { readonly outcome: 'ends a login' }
  | { readonly outcome: 'no consequence'; readonly reason: string };

/** One event of Wazo's bus, under whatever names: what it looks like and what follows from it. */
export type EventRow = Naming & {
  readonly publisher: Publisher;
  readonly schema: z.ZodType;
  readonly formerly: readonly FormerEvent[];
  /** What else a reader of the table should know. */
  readonly note?: string;
  /** Why the hub does not ask for an event that it understands when it comes. */
  readonly unasked?: string;
  readonly read: Reader;
} & Consequence;

/** What every row is made from. */
interface About<T> extends Naming {
  readonly publisher: Publisher;
  readonly schema: z.ZodType<T>;
  readonly formerly?: readonly FormerEvent[];
  /** What else a reader of the table should know. */
  readonly note?: string;
  readonly unasked?: string;
}

interface Translated<T> extends About<T> {
  readonly rteEvents: readonly [string, ...string[]];
  readonly translate: Translator<T>;
}

/** A row of an event on which the state of users or queues depends. */
export function changesState<T>({ translate, ...row }: Translated<T>): EventRow {
  return { formerly: [], ...row, outcome: 'changes state', read: reader(row.schema, translate) };
}

/** A row of an event that clients are told of, and no state depends on. */
export function becomesEvent<T>({ translate, ...row }: Translated<T>): EventRow {
  const read = reader(row.schema, translate);
  return { formerly: [], ...row, outcome: 'becomes an RTE event', read };
}

/** A row of an event after which a part of the directory has to be read anew. */
export function changesDirectory<T>({
  change,
  idOf,
  ...row
}: About<T> & {
  readonly part: DirectoryPart;
  readonly change: DirectoryChange['change'];
  readonly idOf: (data: T) => string;
}): EventRow {
  const { part, schema } = row;
  const read = reader(schema, (data) => directoryChanged({ part, change, id: idOf(data) }));
  return { formerly: [], ...row, outcome: 'changes the directory', read };
}

/** A row of an event after which what is known may be out of date. */
export function callsForResync<T>({
  translate,
  ...row
}: About<T> & { readonly translate: Translator<T> }): EventRow {
  const read = reader(row.schema, translate);
  return { formerly: [], ...row, outcome: 'calls for a resynchronisation', read };
}

/** A row of an event after which a session at wazo-auth is over. */
export function endsLogin<T>({
  idOf,
  ...row
}: About<T> & { readonly idOf: (data: T) => string }): EventRow {
  const read = reader(row.schema, (data) => sessionEnded(idOf(data)));
  return { formerly: [], ...row, outcome: 'ends a login', read };
}

/** A row of an event that is understood and left alone, with the reason. The hub does not ask for it. */
export function noConsequence<T>(row: About<T> & { readonly reason: string }): EventRow {
  const read = reader(row.schema, () => IRRELEVANT);
  return { formerly: [], ...row, outcome: 'no consequence', read };
}

/** An earlier name of a row's event, with the fields that it had then. */
export function former<T>({
  translate,
  ...about
}: Omit<About<T>, 'formerly' | 'note'> & {
  readonly name: string;
  readonly translate: Translator<T>;
}): FormerEvent {
  return { ...about, read: reader(about.schema, translate) };
}

function reader<T>(schema: z.ZodType<T>, translate: Translator<T>): Reader {
  return (envelope, context) => translate(readData(envelope, schema), context);
}
