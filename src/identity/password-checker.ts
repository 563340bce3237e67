import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import {
  MAX_PENDING_PASSWORD_CHECKS,
  MAX_REMEMBERED_PASSWORDS,
  REMEMBER_PASSWORD_MS,
} from './defaults.js';
import { verifyPassword } from './password.js';

/** Whether the password is right, or `busy` when too many checks are waiting already. */
export type PasswordCheck = 'right' | 'wrong' | 'busy';

/**
 * Checks passwords, with bounds on the work: equal checks at the same time are done once, a right
 * password is remembered for a while (as a keyed digest, never as text), and only so many checks
 * wait. When all clients reconnect at once, this keeps the login path from being the bottleneck.
 */
export class PasswordChecker {
  /** Lives as long as the process: a digest is worthless without it. */
  readonly #digestKey = randomBytes(32);
  readonly #remembered: LRUCache<string, true>;
  /** Checks under way by digest; each removes itself when done. */
  readonly #pending = new Map<string, Promise<boolean>>();
  readonly #maxPending: number;

  /**
   * @param options.maxPending checks that may run or wait at a time
   * @param options.now clock in milliseconds
   */
  constructor(options: { readonly maxPending?: number; readonly now?: () => number } = {}) {
    this.#maxPending = options.maxPending ?? MAX_PENDING_PASSWORD_CHECKS;
    this.#remembered = new LRUCache({
      max: MAX_REMEMBERED_PASSWORDS,
      ttl: REMEMBER_PASSWORD_MS,
      perf: { now: options.now ?? (() => performance.now()) },
      ttlResolution: 0,
    });
  }

  /** Checks waiting or running. */
  get pending(): number {
    return this.#pending.size;
  }

  async check(password: string, hash: string): Promise<PasswordCheck> {
    const digest = this.#digest(password, hash);
    if (this.#remembered.has(digest)) return 'right';
    const running = this.#pending.get(digest) ?? this.#start(digest, password, hash);
    if (running === undefined) return 'busy';
    return (await running) ? 'right' : 'wrong';
  }

  #start(digest: string, password: string, hash: string): Promise<boolean> | undefined {
    if (this.#pending.size >= this.#maxPending) return undefined;
    const running = this.#verify(digest, password, hash);
    this.#pending.set(digest, running);
    return running;
  }

  async #verify(digest: string, password: string, hash: string): Promise<boolean> {
    try {
      const right = await verifyPassword(password, hash);
      if (right) this.#remembered.set(digest, true);
      return right;
    } finally {
      this.#pending.delete(digest);
    }
  }

  /** The hash has its own salt, so a changed password or another user gives another digest. */
  #digest(password: string, hash: string): string {
    return createHmac('sha256', this.#digestKey).update(`${hash}\n${password}`).digest('base64');
  }
}
