import { z } from 'zod';

/** The guid that stands for "none" where the contract has no null. */
export const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** The date that stands for "not set" where the contract has no null. */
export const UNSET_DATE = '0001-01-01T00:00:00Z';

/** End of a period that has no end yet (.NET's DateTime.MaxValue). */
export const OPEN_END = '9999-12-31T23:59:59.9999999Z';

// Every builder takes the field's description and gives a schema with the contract's default, so
// that an event made from a few fields still carries all of them.

/** A guid that is always there; unknown is the zero guid. */
export const guid = (description: string) => z.guid().default(ZERO_GUID).describe(description);

/** A guid or null. */
export const optionalGuid = (description: string) =>
  z.guid().nullable().default(null).describe(description);

/** Free text or null. */
export const text = (description: string) =>
  z.string().nullable().default(null).describe(description);

/** One of the documented words, or null. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(
  words: Words,
  description: string,
) => z.enum(words).nullable().default(null).describe(description);

/** A 32-bit integer; unknown is 0. */
export const integer = (description: string) => z.int32().default(0).describe(description);

/** A 32-bit integer or null. */
export const optionalInteger = (description: string) =>
  z.int32().nullable().default(null).describe(description);

/** A true-or-false field; unknown is false. */
export const flag = (description: string) => z.boolean().default(false).describe(description);

/** An ISO 8601 time in UTC with `Z`; unknown is the unset date. */
export const dateTime = (description: string) =>
  z.iso.datetime().default(UNSET_DATE).describe(description);

/** An ISO 8601 time in UTC with `Z`, or null. */
export const optionalDateTime = (description: string) =>
  z.iso.datetime().nullable().default(null).describe(description);

/** Names and text values, or null. */
export const dictionary = (description: string) =>
  z.record(z.string(), z.string()).nullable().default(null).describe(description);

/** A list of items, or null. */
export const list = <Item extends z.ZodType>(item: Item, description: string) =>
  z.array(item).nullable().default(null).describe(description);
