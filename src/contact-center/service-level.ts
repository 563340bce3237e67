import { BoundedMap } from './bounded-map.js';
import type { WaitOutcome } from './wait-outcome.js';

/** The window slides in this many steps, so it takes as much memory whatever the traffic. */
const STEPS = 60;

interface Step {
  readonly calls: number;
  readonly inTime: number;
}

/** Which share of a queue's callers was answered within a time, over a sliding window. */
export class ServiceLevel {
  readonly #withinMs: number;
  readonly #stepMs: number;
  /** Calls by the step of the clock in which their wait ended. */
  readonly #steps = new BoundedMap<number, Step>(2 * STEPS);

  constructor({ withinSeconds, windowSeconds }: { withinSeconds: number; windowSeconds: number }) {
    this.#withinMs = withinSeconds * 1000;
    this.#stepMs = Math.ceil((windowSeconds * 1000) / STEPS);
  }

  add({ at, waitedMs, isAnswered }: WaitOutcome): void {
    const index = Math.floor(at / this.#stepMs);
    const { calls, inTime } = this.#steps.get(index) ?? { calls: 0, inTime: 0 };
    const isInTime = isAnswered && waitedMs <= this.#withinMs;
    this.#steps.set(index, { calls: calls + 1, inTime: inTime + (isInTime ? 1 : 0) });
  }

  /** Calls in the window that ends at `now` (epoch ms), and the share in time in whole percent. */
  at(now: number): { readonly calls: number; readonly percent: number } {
    const first = Math.floor(now / this.#stepMs) - STEPS + 1;
    let calls = 0;
    let inTime = 0;
    for (const [index, step] of this.#steps.entries()) {
      if (index < first) this.#steps.delete(index);
      else {
        calls += step.calls;
        inTime += step.inTime;
      }
    }
    return { calls, percent: calls === 0 ? 100 : Math.floor((100 * inTime) / calls) };
  }

  /** When the oldest calls next fall out of the window, epoch ms. */
  nextDeadline(): number | undefined {
    let oldest: number | undefined;
    for (const [index] of this.#steps.entries()) oldest = Math.min(oldest ?? index, index);
    return oldest === undefined ? undefined : (oldest + STEPS) * this.#stepMs;
  }
}
