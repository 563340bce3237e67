import type { BusEnvelope } from './bus-envelope.js';
import { findEvent } from './events/event-table.js';

interface Span {
  readonly first: number;
  readonly last: number;
}

/** How far apart messages may have been published that belong together, milliseconds. */
export interface StampBounds {
  /** Between two that follow each other. */
  readonly gapMs: number;
  /** Between the first and the last. */
  readonly spanMs: number;
}

/**
 * From when to when messages were published, by their stamps. Each publisher stamps by the clock of
 * its machine, so only those of one are compared; a message without a stamp goes with any.
 */
export class StampSpans {
  readonly #spans = new Map<string, Span>();

  static of(envelopes: Iterable<BusEnvelope>): StampSpans {
    const spans = new StampSpans();
    for (const envelope of envelopes) spans.add(envelope);
    return spans;
  }

  /** Takes in what a message says of when it was published. */
  add({ name, timestampMs }: BusEnvelope): void {
    if (timestampMs !== undefined)
      this.#widen(publisherOf(name), { first: timestampMs, last: timestampMs });
  }

  /** Takes in those of other messages. */
  addAll(other: StampSpans): void {
    for (const [publisher, span] of other.#spans) this.#widen(publisher, span);
  }

  /** Whether the messages of both can belong together. */
  fits(other: StampSpans, { gapMs, spanMs }: StampBounds): boolean {
    for (const [publisher, theirs] of other.#spans) {
      const ours = this.#spans.get(publisher);
      if (ours === undefined) continue;
      if (gapBetween(ours, theirs) > gapMs || lengthOf(union(ours, theirs)) > spanMs) return false;
    }
    return true;
  }

  #widen(publisher: string, span: Span): void {
    const known = this.#spans.get(publisher);
    this.#spans.set(publisher, known === undefined ? span : union(known, span));
  }
}

/** Messages of names that the hub does not know never come so far. */
function publisherOf(name: string): string {
  return findEvent(name)?.row.publisher ?? '';
}

function union(a: Span, b: Span): Span {
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

/** Negative when they overlap. */
function gapBetween(a: Span, b: Span): number {
  return Math.max(b.first - a.last, a.first - b.last);
}

function lengthOf({ first, last }: Span): number {
  return last - first;
}
