import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** Kinds of failures that are told apart; texts of servers could be many. */
const MAX_KINDS = 50;
/** An hour in microseconds: nothing is waited for longer. */
const LONGEST = 3_600_000_000;

/** Times of one kind, in a histogram of fixed size with an error below 0.1 %. */
export class Times {
  readonly #histogram: RecordableHistogram = createHistogram({
    lowest: 1,
    highest: LONGEST,
    figures: 3,
  });

  get count(): number {
    return this.#histogram.count;
  }

  /** @param milliseconds below 0 counts as 0 */
  record(milliseconds: number): void {
    this.#histogram.record(Math.min(LONGEST, Math.max(1, Math.round(milliseconds * 1000))));
  }

  /** Milliseconds below which so many percent are; undefined when there are none. */
  percentile(percent: number): number | undefined {
    return this.count === 0 ? undefined : this.#histogram.percentile(percent) / 1000;
  }

  get max(): number | undefined {
    return this.count === 0 ? undefined : this.#histogram.max / 1000;
  }
}

/** How often something happened, by kind. */
export class Kinds {
  readonly #counts = new Map<string, number>();
  total = 0;

  note(kind: string): void {
    this.total += 1;
    const known = this.#counts.has(kind) || this.#counts.size < MAX_KINDS ? kind : 'others';
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + 1);
  }

  /** The most frequent first. */
  get entries(): { readonly kind: string; readonly count: number }[] {
    return [...this.#counts]
      .map(([kind, count]) => ({ kind, count }))
      .sort((a, b) => b.count - a.count);
  }
}

/** What all connections of a load test count together. */
export class LoadFigures {
  /** From the first request of a connection to the answer to its handshake. */
  readonly connecting = new Times();
  /** From Subscribe to its answer. */
  readonly subscribing = new Times();
  /** From the stamp of an event to its arrival. */
  readonly delivering = new Times();
  readonly failures = new Kinds();
  /** Connections that were lost. */
  readonly drops = new Kinds();
  /** Items of Subscribe that were refused. */
  readonly refusals = new Kinds();
  reconnects = 0;
  /** Connections that are subscribed now. */
  ready = 0;
  messages = 0;
  bytes = 0;
  /** Events that came before they were made, by the clocks of both machines. */
  fromFuture = 0;
  /** Messages and bytes count only while this is on. */
  isMeasuring = false;

  /** @param stamp when the event was made, NaN when it does not tell @param now both epoch ms */
  delivered(stamp: number, now: number): void {
    if (!this.isMeasuring) return;
    this.messages += 1;
    if (Number.isNaN(stamp)) return;
    if (stamp > now) this.fromFuture += 1;
    this.delivering.record(now - stamp);
  }

  received(bytes: number): void {
    if (this.isMeasuring) this.bytes += bytes;
  }
}
