import type { SendMetrics } from './send-tally.js';
import { SendTally } from './send-tally.js';

/** Something with bytes to write. */
export interface Flushable {
  /** Writes what it can. @param now epoch ms. It must not throw. */
  flush(now: number): void;
}

/**
 * Flushes all connections that have something to send in one go, at most a turn of the event loop
 * after the first of them asked: what gathers in between leaves in one write per connection.
 */
export class FlushScheduler {
  readonly tally = new SendTally();
  readonly #metrics: SendMetrics;
  readonly #now: () => number;
  /** Bounded by the number of connections: each asks once until it was flushed. */
  #asked: Flushable[] = [];

  constructor(metrics: SendMetrics, now: () => number) {
    this.#metrics = metrics;
    this.#now = now;
  }

  /** The caller sees to it that it asks only once before its flush() runs. */
  ask(connection: Flushable): void {
    if (this.#asked.push(connection) === 1) setImmediate(() => this.#run());
  }

  /** Hands over what was counted; the heartbeat calls it for what is dropped without a flush. */
  report(): void {
    this.tally.report(this.#metrics);
  }

  #run(): void {
    const asked = this.#asked;
    this.#asked = [];
    const now = this.#now();
    for (const connection of asked) connection.flush(now);
    this.report();
  }
}
