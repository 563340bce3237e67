import { Histogram } from 'prom-client';

/**
 * A histogram that is given counts instead of observations: where something happens a hundred
 * thousand times a second, an observation of each would cost more than the thing itself.
 */
export class TalliedHistogram extends Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  /** By bucket, not cumulated; the last has what is over every bound. */
  readonly #counts: number[];
  #sum = 0;

  /** @param bounds of the buckets, ascending */
  constructor({ name, help }: { name: string; help: string }, bounds: readonly number[]) {
    super({ name, help, buckets: [...bounds], registers: [] });
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  /**
   * @param counts how many fell into each bucket, then how many over all of them
   * @param sum of what they measured
   */
  tally(counts: ArrayLike<number>, sum: number): void {
    for (const [index, count] of this.#counts.entries()) {
      this.#counts[index] = count + (counts[index] ?? 0);
    }
    this.#sum += sum;
  }

  /** What prom-client 15 asks for when it prints, and get() is made of; its types leave it out. */
  async getForPromString() {
    const [name, help] = [this.#name, this.#help];
    let total = 0;
    const buckets = [...this.#bounds, '+Inf'].map((le, index) => {
      total += this.#counts[index] ?? 0;
      return { metricName: `${name}_bucket`, labels: { le }, value: total };
    });
    const sums = [
      { metricName: `${name}_sum`, labels: {}, value: this.#sum },
      { metricName: `${name}_count`, labels: {}, value: total },
    ];
    return { name, help, type: 'histogram', values: [...buckets, ...sums] };
  }
}
