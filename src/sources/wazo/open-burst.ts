import type { BusEnvelope } from './bus-envelope.js';
import { StampSpans } from './stamp-spans.js';

/** A message held until its burst is complete. */
export interface Held {
  readonly envelope: BusEnvelope;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** Called when the message's burst has been handed on. */
  done(): void;
}

/** A held message as the window knows it. */
export interface Arrival {
  readonly message: Held;
  /** Messages are numbered as they arrive. */
  readonly number: number;
  /** When it arrived, milliseconds of a clock that nobody sets. */
  readonly at: number;
}

/** Messages that have to do with each other, of which more may come. */
export class OpenBurst {
  readonly subjects = new Set<string>();
  readonly spans = new StampSpans();
  /** What it says concerns all, so everything that came before is handed on before it. */
  readonly concernsAll: boolean;
  readonly #arrivals: Arrival[] = [];
  #openedAt = Number.POSITIVE_INFINITY;
  #lastAt = Number.NEGATIVE_INFINITY;
  #firstNumber = Number.POSITIVE_INFINITY;
  #lastNumber = Number.NEGATIVE_INFINITY;

  constructor(concernsAll: boolean) {
    this.concernsAll = concernsAll;
  }

  get size(): number {
    return this.#arrivals.length;
  }

  /** Its messages in the order of their arrival. */
  get arrivals(): readonly Arrival[] {
    return this.#arrivals.toSorted((a, b) => a.number - b.number);
  }

  /** Whether it holds a message that arrived before the last one of `other`. */
  beganBeforeEndOf(other: OpenBurst): boolean {
    return this.#firstNumber < other.#lastNumber;
  }

  /** Whether it holds a message that arrived after `arrival`. */
  wentOnAfter({ number }: Arrival): boolean {
    return this.#lastNumber > number;
  }

  add(arrival: Arrival, subjects: Iterable<string>): void {
    for (const subject of subjects) this.subjects.add(subject);
    this.spans.add(arrival.message.envelope);
    this.#take(arrival);
  }

  /** Takes over another burst, with which it turned out to have to do. */
  absorb(other: OpenBurst): void {
    for (const subject of other.subjects) this.subjects.add(subject);
    this.spans.addAll(other.spans);
    for (const arrival of other.#arrivals) this.#take(arrival);
  }

  /** When nothing has come for `windowMs`, or it has been open for `maxMs`; on the arrivals' clock. */
  dueAt(windowMs: number, maxMs: number): number {
    return Math.min(this.#lastAt + windowMs, this.#openedAt + maxMs);
  }

  /**
   * Its messages before and after the longest pause since `since`, at the end if that is it: where
   * one that goes on for too long tears the least apart.
   */
  cut(since: number, now: number): readonly [readonly Arrival[], readonly Arrival[]] {
    const { arrivals } = this;
    let [cutAt, longest] = [arrivals.length, now - this.#lastAt];
    for (const [index, { at }] of arrivals.entries()) {
      const pause = at - (arrivals[index - 1]?.at ?? at);
      if (at > since && pause > longest) [cutAt, longest] = [index, pause];
    }
    return [arrivals.slice(0, cutAt), arrivals.slice(cutAt)];
  }

  #take(arrival: Arrival): void {
    this.#arrivals.push(arrival);
    this.#openedAt = Math.min(this.#openedAt, arrival.at);
    this.#lastAt = Math.max(this.#lastAt, arrival.at);
    this.#firstNumber = Math.min(this.#firstNumber, arrival.number);
    this.#lastNumber = Math.max(this.#lastNumber, arrival.number);
  }
}
