import { LRUCache } from 'lru-cache';

/**
 * Which number has which id on the PBX, as messages told that have both: other messages have only
 * one of them, and a directory file may name the other.
 */
export class LearnedNumbers {
  readonly #queueNumbers: LRUCache<string, string>;

  /** @param max bound of the entries; the least used goes first */
  constructor(max: number) {
    this.#queueNumbers = new LRUCache({ max });
  }

  get size(): number {
    return this.#queueNumbers.size;
  }

  /** A message named the queue by both. */
  learnQueue(tenantId: string | undefined, queueId: string, queueNumber: string): void {
    this.#queueNumbers.set(keyOf(tenantId, queueId), queueNumber);
  }

  /** The number of the queue with that id; undefined when no message has told it. */
  queueNumber(tenantId: string | undefined, queueId: string): string | undefined {
    return this.#queueNumbers.get(keyOf(tenantId, queueId));
  }
}

function keyOf(tenantId = '', id: string): string {
  return `${tenantId}\n${id}`;
}
