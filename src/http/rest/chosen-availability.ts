import { z } from 'zod';
import type { FieldError } from '../problem.js';
import {
  AVAILABILITY_NAMES,
  AVAILABILITY_TYPE_IDS,
  typeOfAvailability,
} from './availability-types.js';
import { body } from './schemas.js';
import type { AvailabilityName, ChosenAvailability } from './services.js';

/** A client's clock may be this far ahead of the hub's. */
const CLOCK_SKEW_MS = 60_000;

/** From this year on an end means that there is none. */
const OPEN_END_YEAR = 9999;

const MAX_NOTE = 500;
const MAX_SOURCE = 100;

const NUMBERS = AVAILABILITY_TYPE_IDS.join(', ');

/** A field that may be left out or null, as clients in .NET write what they leave out. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

const text = (most: number) =>
  z.string().max(most, { error: `give ${String(most)} characters or less` });

const isoTime = z.iso.datetime({
  offset: true,
  error: 'give an ISO 8601 time with Z or an offset',
});

/** Clients of the vendor send more fields than are public, so others than these are not looked at. */
export const availabilityBody = body(
  'SetAvailability',
  z
    .object({
      EventTypeID: optional(
        z.literal(AVAILABILITY_TYPE_IDS, { error: `give one of ${NUMBERS}` }),
      ).describe('The availability as a number, 3 is DoNotDisturb; or give Availability.'),
      Availability: optional(
        z.enum(AVAILABILITY_NAMES, { error: `give one of ${AVAILABILITY_NAMES.join(', ')}` }),
      ).describe('The availability as a word; or give EventTypeID.'),
      Note: optional(text(MAX_NOTE)).describe('What the user writes about it.'),
      EventSource: optional(text(MAX_SOURCE)).describe(
        'Which client sets it; `rte-hub` when left out.',
      ),
      UserID: optional(z.string()).describe('The user of the path; may be left out.'),
      StartTime: optional(isoTime).describe('Not in the future: it holds from now on.'),
      EndTime: optional(isoTime).describe(
        'When it ends by itself; never when left out, or in the year 9999.',
      ),
    })
    .describe('An availability to hold from now on.'),
);

type Given = z.output<typeof availabilityBody>;

/**
 * What the body means, or what of it is wrong that no single field tells.
 * @param userId the user of the path
 * @param now epoch ms
 */
export function chosenAvailability(
  given: Given,
  userId: string,
  now: number,
): ChosenAvailability | { readonly errors: readonly FieldError[] } {
  const availability = wordOf(given);
  const until = endOf(given.EndTime);
  const errors: FieldError[] = [];
  if (typeof availability !== 'string') errors.push(availability);
  if (given.UserID !== undefined && given.UserID.toLowerCase() !== userId) {
    errors.push({ field: 'UserID', problem: 'give the user of the path, or none' });
  }
  if (given.StartTime !== undefined && Date.parse(given.StartTime) > now + CLOCK_SKEW_MS) {
    errors.push({ field: 'StartTime', problem: 'give none: an availability holds from now on' });
  }
  if (until !== null && until <= now) {
    errors.push({ field: 'EndTime', problem: 'give a time to come, or none' });
  }
  if (errors.length > 0 || typeof availability !== 'string') return { errors };
  const { Note: note = '', EventSource: eventSource = 'rte-hub' } = given;
  return { availability, note, eventSource, until };
}

function wordOf({ EventTypeID: typeId, Availability: word }: Given): AvailabilityName | FieldError {
  const named = AVAILABILITY_NAMES.find((name) => typeOfAvailability(name) === typeId);
  if (named === undefined) {
    return word ?? { field: 'EventTypeID', problem: `is missing: give one of ${NUMBERS}` };
  }
  return word === undefined || word === named
    ? named
    : { field: 'Availability', problem: `says other than EventTypeID, which is ${named}` };
}

function endOf(time: string | undefined): number | null {
  if (time === undefined) return null;
  const end = new Date(time);
  return end.getUTCFullYear() >= OPEN_END_YEAR ? null : end.getTime();
}
