import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { BusEnvelope } from './bus-envelope.js';

/** Ten minutes of the busiest stream known to be sustained would be more; redelivery is younger. */
const MAX_REMEMBERED = 50_000;
const REMEMBER_MS = 10 * 60_000;

/**
 * Knows messages that came before: redelivered after a lost connection, or published twice. Wazo
 * gives messages no id, so it is the whole body that counts, with its time stamp of microseconds;
 * a message without one can't be told from a later equal one and always passes.
 */
export class Deduplicator {
  readonly #seen = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: REMEMBER_MS });

  /** Messages remembered now. */
  get size(): number {
    return this.#seen.size;
  }

  /** Whether an equal message came within ten minutes; remembers this one. */
  isDuplicate(envelope: BusEnvelope, body: Uint8Array): boolean {
    if (envelope.timestamp === '') return false;
    const digest = createHash('sha1').update(body).digest('base64');
    if (this.#seen.has(digest)) return true;
    this.#seen.set(digest, true);
    return false;
  }
}
