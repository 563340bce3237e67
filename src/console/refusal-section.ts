import type { NotedRefusal, Refusal } from './refusal.js';

/**
 * The latest refusals, equal ones as one with a count. When it is full, whoever has the most entries
 * loses their oldest: so one who floods it pushes out only their own.
 */
export class RefusalSection {
  readonly #max: number;
  /** By what is equal of them; the one that came longest ago first. */
  readonly #entries = new Map<string, NotedRefusal>();
  /** Entries by who caused them; none without an entry. */
  readonly #perParty = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The one that came longest ago first. */
  entries(): Iterable<NotedRefusal> {
    return this.#entries.values();
  }

  /**
   * Notes a refusal.
   * @param at epoch ms
   * @returns how many entries had to go for it
   */
  note(refusal: Refusal, at: number): number {
    const key = keyOf(refusal);
    const known = this.#entries.get(key);
    if (known === undefined) this.#count(partyOf(refusal), 1);
    this.#entries.delete(key);
    const { firstAt = at, count = 0 } = known ?? {};
    this.#entries.set(key, { ...refusal, firstAt, lastAt: at, count: count + 1 });
    if (this.#entries.size <= this.#max) return 0;
    this.#evict();
    return 1;
  }

  #evict(): void {
    const party = this.#largestParty();
    for (const [key, refusal] of this.#entries) {
      if (partyOf(refusal) !== party) continue;
      this.#entries.delete(key);
      this.#count(party, -1);
      return;
    }
  }

  #largestParty(): string | undefined {
    let [largest, most]: [string | undefined, number] = [undefined, 0];
    for (const [party, count] of this.#perParty) if (count > most) [largest, most] = [party, count];
    return largest;
  }

  #count(party: string, by: 1 | -1): void {
    const count = (this.#perParty.get(party) ?? 0) + by;
    if (count === 0) this.#perParty.delete(party);
    else this.#perParty.set(party, count);
  }
}

/** Who has proved nothing is told apart by where they are: names can be made up without end. */
function partyOf({ isClaimed, userId, remoteAddress }: Refusal): string {
  return isClaimed || userId === null ? `at ${remoteAddress ?? ''}` : `user ${userId}`;
}

/** The detail is left out: it may have a time in it, and the last one counts. */
function keyOf(refusal: Refusal): string {
  const { kind, reason, userId, userName, isClaimed, remoteAddress } = refusal;
  const { entityId, eventName } = refusal;
  const who = [userId, userName, isClaimed, remoteAddress];
  return JSON.stringify([kind, reason, ...who, entityId, eventName]);
}
