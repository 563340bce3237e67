/** One point of a sparkline stands for so long: an hour has 120, as many as can be told apart. */
export const BUCKET_MS = 30_000;

/** Points of an hour. */
export const BUCKETS = 120;

/** Queues of which an hour is kept; more are on no board. */
export const MAX_HISTORIES = 200;

/** The hour of one queue as it is kept on the device. */
export interface KeptHistory {
  readonly queueId: string;
  /** Number of the newest point since the epoch. */
  readonly newest: number;
  /** The oldest first; null where nobody looked. */
  readonly values: readonly (number | null)[];
}

interface Series {
  newest: number;
  values: (number | null)[];
}

/** How many callers waited in the last hour in each queue, as far as the board watched: the most of each half minute. */
export class WaitingHistory {
  readonly #series = new Map<string, Series>();

  /** Takes what a device has kept, newer than an hour at `now` (epoch ms) or not. */
  static from(kept: readonly KeptHistory[], now: number): WaitingHistory {
    const history = new WaitingHistory();
    const current = bucketOf(now);
    for (const { queueId, newest, values } of kept.slice(0, MAX_HISTORIES)) {
      if (newest > current || newest <= current - BUCKETS) continue;
      history.#series.set(queueId, { newest, values: values.slice(-BUCKETS) });
    }
    return history;
  }

  /** So many wait at `now` (epoch ms). */
  record(queueId: string, waiting: number, now: number): void {
    const series = this.#seriesOf(queueId, bucketOf(now));
    if (series === undefined) return;
    const last = series.values.length - 1;
    series.values[last] = Math.max(series.values[last] ?? 0, waiting);
  }

  /** The last hour, the oldest point first; null where nobody looked. */
  points(queueId: string, now: number): readonly (number | null)[] {
    const series = this.#series.get(queueId);
    const missing = series === undefined ? BUCKETS : bucketOf(now) - series.newest;
    const known = series?.values ?? [];
    const points = [...known, ...nothing(Math.max(0, missing))].slice(-BUCKETS);
    return [...nothing(BUCKETS - points.length), ...points];
  }

  /** What is to be kept on the device. */
  kept(): KeptHistory[] {
    return [...this.#series].map(([queueId, { newest, values }]) => ({ queueId, newest, values }));
  }

  /** The queue's series with a point for `current` at its end; undefined for one queue too many. */
  #seriesOf(queueId: string, current: number): Series | undefined {
    const series = this.#series.get(queueId);
    if (series === undefined) {
      if (this.#series.size >= MAX_HISTORIES) return undefined;
      const begun: Series = { newest: current, values: [null] };
      this.#series.set(queueId, begun);
      return begun;
    }
    const steps = current - series.newest;
    // A clock that was set back goes on with the point it has.
    if (steps <= 0) return series;
    series.values = [...series.values, ...nothing(Math.min(steps, BUCKETS))].slice(-BUCKETS);
    series.newest = current;
    return series;
  }
}

function bucketOf(time: number): number {
  return Math.floor(time / BUCKET_MS);
}

function nothing(count: number): null[] {
  return Array.from({ length: count }, () => null);
}
