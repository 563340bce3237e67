import { BUCKET_MS, WaitingHistory } from '../model/waiting-history.js';
import type { KeptValues } from './kept-values.js';

/** How long after a change the device keeps it: a reload in between costs no more than a point. */
const KEEP_AFTER_MS = 15_000;

/** How many callers waited in an hour. */
export interface Trend {
  /** One for each BUCKET_MS, the oldest first; null where nobody looked. */
  readonly points: readonly (number | null)[];
  /** When the newest point ends, epoch ms. */
  readonly end: number;
}

/** Records how many callers wait, and keeps it on the device. */
export class WaitingRecorder {
  readonly #history: WaitingHistory;
  readonly #kept: Pick<KeptValues, 'keepHistory'>;
  #keptAt: number;

  /** @param now epoch ms of the hub */
  constructor(kept: Pick<KeptValues, 'history' | 'keepHistory'>, now: number) {
    this.#history = WaitingHistory.from(kept.history(), now);
    this.#kept = kept;
    this.#keptAt = now;
  }

  /** So many wait in each queue at `now` (epoch ms); to be called each second. */
  record(waiting: Iterable<readonly [string, number]>, now: number): void {
    for (const [queueId, callers] of waiting) this.#history.record(queueId, callers, now);
    if (now - this.#keptAt >= KEEP_AFTER_MS) this.keep(now);
  }

  /** The hour before `now` (epoch ms). */
  trend(queueId: string, now: number): Trend {
    const end = (Math.floor(now / BUCKET_MS) + 1) * BUCKET_MS;
    return { points: this.#history.points(queueId, now), end };
  }

  /** Keeps what was recorded, as when the page is left. */
  keep(now: number): void {
    this.#keptAt = now;
    this.#kept.keepHistory(this.#history.kept());
  }
}
