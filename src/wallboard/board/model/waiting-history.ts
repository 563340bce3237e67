/** One point of a sparkline stands for so long. */
export const MINUTE_MS = 60_000;

/** Points of an hour. */
export const MINUTES = 60;

/** Queues of which an hour is kept, as many as the store has. */
export const MAX_HISTORIES = 2_000;

/** The hour of one queue. */
export interface WaitingHour {
  /** Number of the newest minute since the epoch. */
  readonly newest: number;
  /** The most callers who waited in each minute, the oldest first; null where not all was heard. */
  readonly values: readonly (number | null)[];
}

/**
 * How many callers waited in the last hour in each queue: as the hub has it, and from there on as
 * the board hears it.
 */
export class WaitingHistory {
  #hours = new Map<string, WaitingHour>();

  /** Takes all hours as the hub has them; what the board has heard since they were read stays. */
  take(hours: readonly (WaitingHour & { readonly queueId: string })[]): void {
    this.#hours = new Map(
      hours
        .slice(0, MAX_HISTORIES)
        .map(({ queueId, ...read }) => [queueId, withHeard(read, this.#hours.get(queueId))]),
    );
  }

  /** So many wait at `now` (epoch ms). In a minute of which something was missed that says little. */
  record(queueId: string, waiting: number, now: number): void {
    const hour = this.#hours.get(queueId);
    const minute = minuteOf(now);
    if (hour === undefined) {
      if (this.#hours.size < MAX_HISTORIES) {
        this.#hours.set(queueId, { newest: minute, values: [waiting] });
      }
      return;
    }
    const known = hour.values.at(-1) ?? null;
    const isNew = minute > hour.newest;
    if (isNew) this.#put(queueId, hour, minute, waiting);
    else if (known !== null && known < waiting) this.#put(queueId, hour, hour.newest, waiting);
  }

  /** Something may have happened unheard at `now` (epoch ms). */
  miss(now: number): void {
    for (const [queueId, hour] of this.#hours) {
      this.#put(queueId, hour, Math.max(hour.newest, minuteOf(now)), null);
    }
  }

  /** The last hour, the oldest point first; null where not all was heard. */
  points(queueId: string, now: number): readonly (number | null)[] {
    const { newest, values } = this.#hours.get(queueId) ?? { newest: 0, values: [] };
    return upTo(values, Math.max(0, minuteOf(now) - newest));
  }

  /** A clock that was set back goes on with the minute that it has. */
  #put(queueId: string, { newest, values }: WaitingHour, minute: number, value: number | null) {
    const points = [...upTo(values, minute - newest).slice(0, -1), value];
    this.#hours.set(queueId, { newest: minute, values: points });
  }
}

/** A reading takes less than a minute, so what was heard since is of the minute that was read last, or the next. */
function withHeard(read: WaitingHour, heard: WaitingHour | undefined): WaitingHour {
  const later = heard === undefined ? -1 : heard.newest - read.newest;
  if (heard === undefined || later < 0 || later > 1) return read;
  const last = read.values.at(-1) ?? null;
  const inLast = heard.values.at(-1 - later) ?? null;
  const values = [...read.values.slice(0, -1), last === null ? null : Math.max(last, inLast ?? 0)];
  if (later === 1) values.push(heard.values.at(-1) ?? null);
  return { newest: heard.newest, values: values.slice(-MINUTES) };
}

/** An hour of points that ends so many minutes later. */
function upTo(values: readonly (number | null)[], later: number): readonly (number | null)[] {
  const first = values.length + later - MINUTES;
  return Array.from({ length: MINUTES }, (_, index) => values[first + index] ?? null);
}

function minuteOf(time: number): number {
  return Math.floor(time / MINUTE_MS);
}
