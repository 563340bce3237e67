import type { EventOutcome } from './source.js';

/** Over how long rates and delays are told. */
const WINDOW_SECONDS = 60;

/** Delays that are kept: with more events in a minute, those of its last part. */
const MAX_DELAYS = 1_000;

/** How late events came, milliseconds; of `events` of the last minute. */
export interface EventDelays {
  readonly events: number;
  readonly median: number;
  /** 95 of 100 came sooner. */
  readonly p95: number;
  readonly max: number;
}

/** How much a source says, and how late. */
export interface SourceFigures {
  /** Over the last minute, or since the start. */
  readonly eventsPerSecond: number;
  /** Undefined when nothing came of which it is known. */
  readonly delays: EventDelays | undefined;
  /** Events since the start by what became of them; only those that there were. */
  readonly outcomes: Readonly<Partial<Record<EventOutcome, number>>>;
}

/** Counts the events of one source. Its memory is fixed: a count for each second, and a ring of delays. */
export class SourceCounter {
  readonly #startedAt: number;
  readonly #outcomes = new Map<EventOutcome, number>();
  /** Events of a second, at its number modulo the window; and which second it is. */
  readonly #counts = new Uint32Array(WINDOW_SECONDS);
  readonly #seconds = new Float64Array(WINDOW_SECONDS).fill(Number.NEGATIVE_INFINITY);
  readonly #delays = new Float64Array(MAX_DELAYS);
  /** When each delay was seen, epoch ms. */
  readonly #seenAt = new Float64Array(MAX_DELAYS).fill(Number.NEGATIVE_INFINITY);
  #nextDelay = 0;

  /** @param now epoch ms, here and below */
  constructor(now: number) {
    this.#startedAt = now;
  }

  /** @param delayMs how much later than it was said the event came; undefined when not known */
  count(outcome: EventOutcome, delayMs: number | undefined, now: number): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
    const second = Math.floor(now / 1000);
    const slot = second % WINDOW_SECONDS;
    if (this.#seconds[slot] !== second) {
      this.#seconds[slot] = second;
      this.#counts[slot] = 0;
    }
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    if (delayMs === undefined) return;
    this.#delays[this.#nextDelay] = delayMs;
    this.#seenAt[this.#nextDelay] = now;
    this.#nextDelay = (this.#nextDelay + 1) % MAX_DELAYS;
  }

  read(now: number): SourceFigures {
    return {
      eventsPerSecond: this.#rate(now),
      delays: this.#readDelays(now),
      outcomes: Object.fromEntries(this.#outcomes),
    };
  }

  #rate(now: number): number {
    const since = Math.floor(now / 1000) - WINDOW_SECONDS;
    let events = 0;
    for (const [slot, second] of this.#seconds.entries()) {
      if (second > since) events += this.#counts[slot] ?? 0;
    }
    const seconds = Math.min(WINDOW_SECONDS, Math.max(1, (now - this.#startedAt) / 1000));
    return events / seconds;
  }

  #readDelays(now: number): EventDelays | undefined {
    const since = now - WINDOW_SECONDS * 1000;
    const delays = this.#delays.filter((_, index) => (this.#seenAt[index] ?? 0) > since).sort();
    const at = (share: number) => delays[Math.ceil(share * delays.length) - 1] ?? 0;
    if (delays.length === 0) return undefined;
    return { events: delays.length, median: at(0.5), p95: at(0.95), max: at(1) };
  }
}
