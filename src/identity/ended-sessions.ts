import { LRUCache } from 'lru-cache';
import { MAX_ENDED_SESSIONS, SESSION_END_LEEWAY_MS } from './defaults.js';

/** A session at another system, by which somebody got a token of ours. */
export interface LoginSession {
  readonly id: string;
  /** When it ends by itself, epoch ms; undefined when it was not told. */
  readonly endsAt: number | undefined;
}

export interface EndedSessionsOptions {
  /** How long a token of ours lives at most: longer nobody needs to know of the session's end. */
  readonly keepMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Sessions at another system that have ended while tokens of ours may live on. */
export class EndedSessions {
  /** When each of them ended; the one that was asked for longest ago is forgotten first. */
  readonly #ends: LRUCache<string, number>;
  readonly #now: () => number;

  constructor({ keepMs, now }: EndedSessionsOptions) {
    this.#now = now;
    this.#ends = new LRUCache({
      max: MAX_ENDED_SESSIONS,
      ttl: keepMs,
      perf: { now },
      ttlResolution: 0,
    });
  }

  get size(): number {
    return this.#ends.size;
  }

  /** Takes note that a session has ended just now. */
  add(id: string): void {
    this.#ends.set(id, this.#now());
  }

  /** Whether a session was ended before its time. One that has run out was not. */
  wasRevoked({ id, endsAt }: LoginSession): boolean {
    const end = this.#ends.get(id);
    if (end === undefined) return false;
    return endsAt === undefined || end < endsAt - SESSION_END_LEEWAY_MS;
  }
}
