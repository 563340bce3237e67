import { z } from 'zod';
import { isTimeZone, type Period, type Schedule } from '../contact-center/index.js';

/** Monday is 1, as in ISO 8601. */
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_MINUTES = 1_440;
const WHOLE_DAY = { from: 0, to: DAY_MINUTES } as const;
/** Has all days that a year can have. */
const LEAP_YEAR = '2024';
/** More are a slip: a year has fewer holidays, and a week fewer shifts. */
const MAX_PERIODS = 400;

const timeOfDay = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/u, {
    error: 'give a time of day from 00:00 to 24:00',
    // The check of the order has nothing to compare then.
    abort: true,
  })
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const date = z.iso.date('give a date such as 2026-12-24');

const openPeriod = z
  .strictObject({
    days: z.array(z.enum(DAYS)).min(1, 'name at least one day'),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    error: 'give a time later than `from`; hours past midnight are a period of their own',
  })
  .transform(({ days, from, to }): Period => ({
    from,
    to,
    weekDays: days.map((day) => dayNumber(day)),
  }));

const closedDay = date.transform((day): Period => wholeDays(day, day));

const yearlyDay = z
  .string()
  .regex(/^\d\d-\d\d$/u)
  .refine((text) => date.safeParse(`${LEAP_YEAR}-${text}`).success)
  .transform((text): Period => ({
    ...WHOLE_DAY,
    months: [Number(text.slice(0, 2))],
    monthDays: [Number(text.slice(3))],
  }));

const closedDays = z
  .strictObject({ first: date, last: date })
  .refine(({ first, last }) => first <= last)
  .transform(({ first, last }): Period => wholeDays(first, last));

const closed = z.union([closedDay, yearlyDay, closedDays], {
  error:
    'give a date such as "2026-12-24", a day of every year such as "12-25", or {first, last}, dates in their order',
});

/** The opening hours of a queue, as a person writes them. */
export const schedule = z
  .strictObject({
    timeZone: z.string().refine(isTimeZone, 'give a name such as Europe/Helsinki'),
    open: z.array(openPeriod).min(1, 'give at least one period').max(MAX_PERIODS),
    closed: z.array(closed).max(MAX_PERIODS).default([]),
  })
  .transform((hours): Schedule => hours);

function dayNumber(day: (typeof DAYS)[number]): number {
  return DAYS.indexOf(day) + 1;
}

function wholeDays(first: string, last: string): Period {
  return { ...WHOLE_DAY, dates: { first, last } };
}
