/** One value stands for so long. */
export const MINUTE_MS = 60_000;

/** Minutes that are remembered of each queue. */
export const MINUTES = 60;

/** What QueueStatus told of a queue in a minute: the greatest of each figure. */
export interface MinuteFigures {
  /** Callers whom nobody has answered, rung for or not: nbrOfNotServedRequesters. */
  readonly waiting: number;
  /** Seconds that the longest wait had lasted: maxWaitTime. */
  readonly longestWait: number;
}

/** What is known of one minute; null where not all of it was heard. */
export type Minute = MinuteFigures | null;

/** The number of the minute since the epoch in which `time` (epoch ms) is. */
export function minuteOf(time: number): number {
  return Math.floor(time / MINUTE_MS);
}

/**
 * The last hour of a queue, minute by minute, by the clock of its caller. Where that leaps forward
 * there is a gap. Where it is set back, what was noted later is forgotten: it would else come up
 * again when its time comes a second time.
 */
export class FigureHour {
  /** Number of the newest minute. */
  #newest: number;
  /** Up to the newest, the oldest first; at most MINUTES, at least one. */
  #minutes: Minute[];

  /** @param minutes what is known already up to the minute of the number `newest`, in their order */
  constructor(newest: number, minutes: readonly Minute[] = []) {
    this.#newest = newest;
    this.#minutes = lastHour(minutes);
  }

  /** The figures hold, or held, in the minute of that number. */
  note(minute: number, { waiting, longestWait }: MinuteFigures): void {
    this.#turnTo(minute);
    const known = this.#minutes.pop();
    this.#minutes.push({
      waiting: Math.max(known?.waiting ?? 0, waiting),
      longestWait: Math.max(known?.longestWait ?? 0, longestWait),
    });
  }

  /** Something of the minute of that number was not heard: it is a gap. */
  forget(minute: number): void {
    this.#turnTo(minute);
    this.#minutes.pop();
    this.#minutes.push(null);
  }

  /** The hour up to and with the minute of the number `last`, the oldest first: MINUTES of them. */
  upTo(last: number): readonly Minute[] {
    const shift = last - this.#newest + this.#minutes.length - MINUTES;
    return Array.from({ length: MINUTES }, (_, index) => this.#minutes[index + shift] ?? null);
  }

  /** Makes the minute of that number the newest. */
  #turnTo(minute: number): void {
    const steps = minute - this.#newest;
    if (steps === 0) return;
    this.#newest = minute;
    this.#minutes = lastHour(
      steps < 0
        ? this.#minutes.slice(0, steps)
        : [...this.#minutes, ...Array.from({ length: Math.min(steps, MINUTES) }, () => null)],
    );
  }
}

function lastHour(minutes: readonly Minute[]): Minute[] {
  return minutes.length === 0 ? [null] : minutes.slice(-MINUTES);
}
