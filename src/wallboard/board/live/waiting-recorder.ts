import type { ReadonlySignal } from '@preact/signals';
import * as z from 'zod/mini';
import { RepeatedReading } from '../../shell/repeated-reading.js';
import type { Rest } from '../../shell/rest.js';
import { MINUTE_MS, WaitingHistory } from '../model/waiting-history.js';

/** How many callers waited in an hour. */
export interface Trend {
  /** One for each minute, the oldest first; null where not all of it was heard. */
  readonly points: readonly (number | null)[];
  /** When the newest minute ends, epoch ms. */
  readonly end: number;
}

const hoursSchema = z.array(
  z.object({
    QueueId: z.string(),
    From: z.string(),
    NbrOfNotServedRequesters: z.array(z.nullable(z.number())),
  }),
);

/** Knows how many callers waited: from the hub what was before, then by what it hears itself. */
export class WaitingRecorder {
  readonly #history = new WaitingHistory();
  readonly #reading: RepeatedReading;
  /** Whether there is something that was not heard, and is to be read once all is heard again. */
  #isBehind = true;

  constructor(rest: Pick<Rest, 'get'>) {
    this.#reading = new RepeatedReading(async () => {
      const hours = await rest.get('/queues/history', hoursSchema);
      this.#history.take(
        hours.map(({ QueueId: queueId, From, NbrOfNotServedRequesters: values }) => {
          const newest = Date.parse(From) / MINUTE_MS + values.length - 1;
          return { queueId, newest, values };
        }),
      );
    });
  }

  /** Why the hub's hours could not be read; undefined when they could. */
  get failure(): ReadonlySignal<Error | undefined> {
    return this.#reading.failure;
  }

  /** Reads what the hub has. */
  read(): void {
    this.#reading.request();
  }

  /** So many wait in each queue at `now` (epoch ms); to be called each second while all is heard. */
  record(waiting: Iterable<readonly [string, number]>, now: number): void {
    if (this.#isBehind) {
      this.#isBehind = false;
      this.read();
    }
    for (const [queueId, callers] of waiting) this.#history.record(queueId, callers, now);
  }

  /** Something may have happened unheard at `now` (epoch ms); the hub may know of it. */
  miss(now: number): void {
    this.#isBehind = true;
    this.#history.miss(now);
  }

  /** The hour before `now` (epoch ms). */
  trend(queueId: string, now: number): Trend {
    const end = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
    return { points: this.#history.points(queueId, now), end };
  }

  /** Reads nothing more. */
  stop(): void {
    this.#reading.stop();
  }
}
