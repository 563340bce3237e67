/** Why a connection ended: the network's or the PBX's fault, or something an operator has to correct. */
export type EndCause = 'network' | 'refusal';

interface Range {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** How long to wait before the next attempt: doubled each time, with the upper half at random. */
export class BackOff {
  readonly #range: Range;
  readonly #random: () => number;
  #nextMs: number;

  constructor(range: Range, random: () => number) {
    this.#range = range;
    this.#random = random;
    this.#nextMs = range.firstMs;
  }

  /** Milliseconds from half of, and at least the first step's, to all of the current step. */
  next(): number {
    const step = this.#nextMs;
    this.#nextMs = Math.min(step * 2, this.#range.lastMs);
    const least = Math.max(step / 2, Math.min(this.#range.firstMs, step));
    return Math.round(least + (step - least) * this.#random());
  }

  reset(): void {
    this.#nextMs = this.#range.firstMs;
  }
}
