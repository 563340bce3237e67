import { z } from 'zod';
import { parseSipAddress } from './sip-address.js';

/*
 * How the fields of WSI messages are read. The PBX mixes strings, numbers and booleans, so a scalar
 * may come as any scalar; null and missing are the same; a scalar that does not say what it should
 * is as if missing. An object or a list in the place of a scalar makes the message malformed.
 */

/** The PBX's ids have 18 digits; anything much longer would be kept in maps as somebody's id. */
const MAX_ID = 128;

/** From this on a time is in milliseconds: as seconds it would be after the year 5138. */
const MILLISECONDS_FROM = 100_000_000_000;
/** The last time that a Date can have, epoch ms. */
const LAST_TIME = 8_640_000_000_000_000;

const scalar = z.union([z.string(), z.number(), z.boolean()]).nullish();

/** Text; '' when missing. */
export const text = scalar.transform((value) => (value ?? '').toString().trim());

/** Text; undefined when missing, '' when empty. */
export const optionalText = scalar.transform((value) => value?.toString().trim());

/** An id as text. Integers beyond 2^53 have become text before, so that none is rounded. */
export const id = z
  .union([z.string(), z.int()], 'give an id')
  .transform((value) => value.toString().trim())
  .pipe(z.string().min(1, 'give an id').max(MAX_ID, 'the id is too long'));

/** An id, or undefined when missing or empty. */
export const optionalId = z
  .union([z.string(), z.int()], 'give an id')
  .nullish()
  .transform((value) => value?.toString().trim() ?? '')
  .pipe(z.string().max(MAX_ID, 'the id is too long'))
  .transform((value) => (value === '' ? undefined : value));

/** The session of whoever may have none, which is told as '', '0' or not at all. */
export const optionalSessionId = optionalId.transform((value) =>
  value === '0' ? undefined : value,
);

/** A whole number of 0 or more; undefined when it is none. */
export const count = scalar.transform((value) => {
  const spelled = (value ?? '').toString().trim();
  return /^\d{1,15}$/u.test(spelled) ? Number(spelled) : undefined;
});

/** A truth value, also as text or 0 and 1; undefined when it is none. */
export const flag = scalar.transform((value) => {
  switch ((value ?? '').toString().trim().toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      return undefined;
  }
});

/** Unix seconds to epoch ms; undefined for 0, which stands for never, and for what is no time. */
export const time = scalar.transform((value) => {
  const spelled = (value ?? '').toString().trim();
  if (!/^\d{1,16}(?:\.\d{1,9})?$/u.test(spelled)) return undefined;
  const given = Number(spelled);
  const milliseconds = Math.trunc(given >= MILLISECONDS_FROM ? given : given * 1000);
  return milliseconds > 0 && milliseconds <= LAST_TIME ? milliseconds : undefined;
});

/** A SIP URI or a number, taken apart. */
export const sipAddress = text.transform(parseSipAddress);

/** The word that the PBX's word stands for; undefined when missing or empty. */
export function word<Word extends string>(read: (raw: string) => Word) {
  return text.transform((raw) => (raw === '' ? undefined : read(raw)));
}

/** The entries of a list that could be read, and how many could not. */
export interface Entries<Entry> {
  readonly read: readonly Entry[];
  readonly unreadable: number;
}

/**
 * A list of which unreadable entries are left out, so that one does not cost the others. One entry
 * without brackets is a list of one; null is an empty list; undefined is none at all.
 */
export function listOf<Entry>(entry: z.ZodType<Entry>) {
  return z
    .union([z.array(z.unknown()), z.record(z.string(), z.unknown()), z.null()], 'give a list')
    .optional()
    .transform((value) => (value === undefined ? undefined : readEntries(asList(value), entry)));
}

function asList(value: unknown[] | Readonly<Record<string, unknown>> | null): unknown[] {
  if (value === null) return [];
  return isList(value) ? value : [value];
}

function isList(value: object): value is unknown[] {
  return Array.isArray(value);
}

function readEntries<Entry>(given: readonly unknown[], entry: z.ZodType<Entry>): Entries<Entry> {
  const read: Entry[] = [];
  for (const one of given) {
    const parsed = entry.safeParse(one);
    if (parsed.success) read.push(parsed.data);
  }
  return { read, unreadable: given.length - read.length };
}
