import { LRUCache } from 'lru-cache';

/** Lines per hub; three per user of a large installation. */
const MAX_LINES = 20_000;

/**
 * Whose line is which: `endpoint_status_update` names only the line, so the owner is learnt from
 * the reports that name both. The least recently used lines are forgotten beyond 20,000.
 */
export class LineOwners {
  readonly #owners = new LRUCache<number, string>({ max: MAX_LINES });

  /** Lines known now. */
  get size(): number {
    return this.#owners.size;
  }

  learn(lineId: number, userId: string): void {
    this.#owners.set(lineId, userId);
  }

  /** The user's id; undefined while no report has named the line. */
  owner(lineId: number): string | undefined {
    return this.#owners.get(lineId);
  }
}
