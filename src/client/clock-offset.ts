/** The Date header has whole seconds: the hub's clock was up to this much further. */
const DATE_RESOLUTION_MS = 1_000;

/**
 * How far the hub's clock is ahead of this machine's, for durations that tick from the hub's
 * timestamps. Each answer with a Date header bounds it from both sides, and the bounds of several
 * narrow it; it is known to half a second or better. Where no answer shows its Date (a page of
 * another origin, another hub), the newest event gives a lower bound.
 */
export class ClockOffset {
  #lowest = Number.NEGATIVE_INFINITY;
  #highest = Number.POSITIVE_INFINITY;

  /** Milliseconds to add to this machine's time; 0 until something is known. */
  get ms(): number {
    if (this.#highest !== Number.POSITIVE_INFINITY) return (this.#lowest + this.#highest) / 2;
    return this.#lowest === Number.NEGATIVE_INFINITY ? 0 : this.#lowest;
  }

  /** An answer was made between two moments of this machine (epoch ms) at `date` of the hub's. */
  sawDate(date: string | null, sentAt: number, receivedAt: number): void {
    const hub = Date.parse(date ?? '');
    if (Number.isNaN(hub)) return;
    const lowest = hub - receivedAt;
    const highest = hub + DATE_RESOLUTION_MS - sentAt;
    const contradicts = lowest > this.#highest || highest < this.#lowest;
    const isFirst = this.#highest === Number.POSITIVE_INFINITY;
    // One of the clocks was set meanwhile.
    if (isFirst || contradicts) [this.#lowest, this.#highest] = [lowest, highest];
    this.#lowest = Math.max(this.#lowest, lowest);
    this.#highest = Math.min(this.#highest, highest);
  }

  /** An event of `timestamp` was received; it was made before that. */
  sawEvent(timestamp: string, receivedAt: number): void {
    if (this.#highest !== Number.POSITIVE_INFINITY) return;
    const ahead = Date.parse(timestamp) - receivedAt;
    if (!Number.isNaN(ahead)) this.#lowest = Math.max(this.#lowest, ahead);
  }
}
