import { LRUCache } from 'lru-cache';
import { CALLBACK_WISH_MS } from './limits.js';

/** A caller who asked to be called back. */
export interface CallbackWish {
  readonly tenantId: string | undefined;
  readonly queueId: string;
  readonly callerNumber: string;
}

/**
 * Who asked to be called back and was not yet, by the session of the call that asked: the call has
 * ended, but keeps its place in the queue.
 */
export class CallbackWishes {
  readonly #wishes: LRUCache<string, CallbackWish>;

  /** @param max bound of the entries; the least used goes first */
  constructor(max: number) {
    this.#wishes = new LRUCache({ max, ttl: CALLBACK_WISH_MS });
  }

  get size(): number {
    return this.#wishes.size;
  }

  has(sessionId: string): boolean {
    return this.#wishes.has(sessionId);
  }

  add(sessionId: string, wish: CallbackWish): void {
    this.#wishes.set(sessionId, wish);
  }

  delete(sessionId: string): void {
    this.#wishes.delete(sessionId);
  }

  /** The wish that a call fulfils: the one of its session, or of a number that is called. */
  find(
    sessionId: string,
    tenantId: string | undefined,
    numbers: readonly string[],
  ): { readonly sessionId: string; readonly wish: CallbackWish } | undefined {
    const own = this.#wishes.get(sessionId);
    if (own !== undefined) return { sessionId, wish: own };
    for (const [key, wish] of this.#wishes.entries()) {
      const isOf = wish.tenantId === tenantId && numbers.includes(wish.callerNumber);
      if (isOf && wish.callerNumber !== '') return { sessionId: key, wish };
    }
    return undefined;
  }
}
