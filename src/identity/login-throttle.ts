import { LRUCache } from 'lru-cache';
import { FAILED_LOGIN_WINDOW_MS, MAX_FAILED_LOGINS, MAX_THROTTLED_LOGINS } from './defaults.js';

interface Failures {
  readonly windowEnds: number;
  readonly count: number;
}

/**
 * Slows down guessing: after so many failed logins of one address for one name in a window, further
 * ones wait for its end. Successes are not counted.
 */
export class LoginThrottle {
  readonly #failures = new LRUCache<string, Failures>({ max: MAX_THROTTLED_LOGINS });
  readonly #now: () => number;
  readonly #maxFailures: number;
  readonly #windowMs: number;

  /** @param options.now clock in milliseconds, only ever going forward */
  constructor(
    options: {
      readonly now?: () => number;
      readonly maxFailures?: number;
      readonly windowMs?: number;
    } = {},
  ) {
    this.#now = options.now ?? (() => performance.now());
    this.#maxFailures = options.maxFailures ?? MAX_FAILED_LOGINS;
    this.#windowMs = options.windowMs ?? FAILED_LOGIN_WINDOW_MS;
  }

  /** Pairs of address and name that are remembered. */
  get size(): number {
    return this.#failures.size;
  }

  /** Seconds to wait before the next attempt, 0 when it may be made now. */
  waitSeconds(address: string, userName: string): number {
    const failures = this.#current(keyOf(address, userName));
    if (failures === undefined || failures.count < this.#maxFailures) return 0;
    return Math.max(1, Math.ceil((failures.windowEnds - this.#now()) / 1000));
  }

  /** Counts a failed attempt. */
  failed(address: string, userName: string): void {
    const key = keyOf(address, userName);
    const windowEnds = this.#current(key)?.windowEnds ?? this.#now() + this.#windowMs;
    this.#failures.set(key, { windowEnds, count: (this.#current(key)?.count ?? 0) + 1 });
  }

  #current(key: string): Failures | undefined {
    const failures = this.#failures.get(key);
    return failures !== undefined && failures.windowEnds > this.#now() ? failures : undefined;
  }
}

/** A blank cannot be in an address, so no two pairs share a key. */
function keyOf(address: string, userName: string): string {
  return `${address} ${userName.toLowerCase()}`;
}
