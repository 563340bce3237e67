import { BoundedMap } from './bounded-map.js';
import type { DomainEvent } from './events.js';
import { MAX_TOLD_CALLS, STALE_MS, STALE_OCCURRENCES_MS } from './limits.js';
import type { Occurrence } from './occurrences.js';

/**
 * Events of a source have waited for the hub, or for the broker: what is told from `backlog-begun`
 * until `backlog-over` may be long past. Its `at` says when it happened as well as the source knows.
 */
export type BacklogEvent =
  | { readonly kind: 'backlog-begun'; readonly at: number }
  | { readonly kind: 'backlog-over'; readonly at: number };

/**
 * Keeps a backlog from being told as if it happened now. While it lasts time goes by its events, so
 * that graces end between the same events as they would have live; and what is older than any state
 * that clients hold is no news to them, unless they know the call from before.
 */
export class Backlog {
  /** Calls of which something was told. */
  readonly #toldCalls = new BoundedMap<string, true>(MAX_TOLD_CALLS);
  #begunAt: number | undefined;
  #overAt: number | undefined;
  /** When the newest event of the backlog happened. */
  #latest: number | undefined;

  /** Calls remembered, for metrics. */
  get size(): number {
    return this.#toldCalls.size;
  }

  get evictions(): number {
    return this.#toldCalls.evictions;
  }

  /** Whether the events that come have waited. */
  get isRunning(): boolean {
    return this.#begunAt !== undefined && this.#overAt === undefined;
  }

  note(event: DomainEvent): void {
    if (event.kind === 'backlog-begun') {
      this.#begunAt = event.at;
      [this.#overAt, this.#latest] = [undefined, undefined];
    } else if (event.kind === 'backlog-over') {
      this.#overAt = event.at;
    } else if (this.isRunning) {
      this.#latest = Math.max(event.at, this.#latest ?? event.at);
    }
  }

  /** What time it is for the projections when it is `now`; both epoch ms. */
  timeOf(now: number): number {
    return this.isRunning ? Math.min(this.#latest ?? now, now) : now;
  }

  /** Whether clients are to be told; remembers the call if they are. */
  isNews(occurrence: Occurrence, now: number): boolean {
    const callId = 'callId' in occurrence ? occurrence.callId : undefined;
    const isTold = !this.#isStale(occurrence.at, now) || this.#isKnown(occurrence.kind, callId);
    if (isTold && callId !== undefined) this.#remember(callId);
    return isTold;
  }

  #isStale(at: number, now: number): boolean {
    if (this.#begunAt === undefined || at >= this.#begunAt - STALE_MS) return false;
    return this.#overAt === undefined || now < this.#overAt + STALE_OCCURRENCES_MS;
  }

  /** A setting is told once when it changes, and holds until then. */
  #isKnown(kind: Occurrence['kind'], callId: string | undefined): boolean {
    return kind === 'user-setting-changed' || (callId !== undefined && this.#toldCalls.has(callId));
  }

  /** The bound costs the call that was told of longest ago. */
  #remember(callId: string): void {
    this.#toldCalls.delete(callId);
    this.#toldCalls.set(callId, true);
  }
}
