/** First and longest wait between attempts to reach the store, milliseconds. */
const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the next attempt: doubled each time. */
export class BackOff {
  #nextMs = FIRST_MS;

  next(): number {
    const step = this.#nextMs;
    this.#nextMs = Math.min(step * 2, LONGEST_MS);
    return step;
  }

  reset(): void {
    this.#nextMs = FIRST_MS;
  }
}
