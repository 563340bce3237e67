import { timeOf } from '../times.js';

/** What a user can set, in the order in which it is offered: RTE's words. */
export const AVAILABILITIES = [
  'Available',
  'Busy',
  'Away',
  'BRB',
  'DoNotDisturb',
  'OffWork',
] as const;

export type AvailabilityName = (typeof AVAILABILITIES)[number];

/** Who sets it, as UserAvailability then says. */
export const EVENT_SOURCE = 'wallboard';

/** The zero guid: nothing that was set in the hub, so nothing that could be ended. */
const NOTHING_SET = '00000000-0000-0000-0000-000000000000';

/** The availability that holds, as REST tells it. */
export interface AvailabilityAnswer {
  readonly Id: string;
  readonly Availability: AvailabilityName;
  readonly EventSource: string;
  readonly Note: string;
  readonly StartTime: string;
  readonly EndTime: string;
}

/** The availability that holds; times in epoch ms, null for not known or until further notice. */
export interface Availability {
  /** Names what was set in the hub, so that it can be ended; null for what a telephone system said. */
  readonly id: string | null;
  readonly name: AvailabilityName;
  readonly note: string;
  /** Which system or client set it. */
  readonly source: string;
  readonly since: number | null;
  readonly until: number | null;
}

/** Reads the answer of `/users/me/availability/current`. */
export function availabilityOf(answer: AvailabilityAnswer): Availability {
  return {
    id: answer.Id === NOTHING_SET ? null : answer.Id,
    name: answer.Availability,
    note: answer.Note,
    source: answer.EventSource,
    since: timeOf(answer.StartTime),
    until: timeOf(answer.EndTime),
  };
}

/** What the user wants. */
export interface Choice {
  readonly name: AvailabilityName;
  readonly note: string;
  /** When it ends by itself, epoch ms; null for until further notice. */
  readonly until: number | null;
}

/** The body that sets it. */
export function bodyOf({ name, note, until }: Choice): object {
  return {
    Availability: name,
    Note: note,
    EventSource: EVENT_SOURCE,
    ...(until === null ? {} : { EndTime: new Date(until).toISOString() }),
  };
}

/** For how long something is to hold. */
export type Duration = 'open' | '15m' | '30m' | '1h' | 'today';

/** In the order in which they are offered. */
export const DURATIONS: readonly Duration[] = ['open', '15m', '30m', '1h', 'today'];

const MINUTE_MS = 60_000;

/**
 * When it ends, epoch ms; null for never.
 * @param now epoch ms; the end of the day is the browser's midnight
 */
export function endOf(duration: Duration, now: number): number | null {
  switch (duration) {
    case 'open':
      return null;
    case '15m':
      return now + 15 * MINUTE_MS;
    case '30m':
      return now + 30 * MINUTE_MS;
    case '1h':
      return now + 60 * MINUTE_MS;
    case 'today':
      return new Date(now).setHours(24, 0, 0, 0);
  }
}
