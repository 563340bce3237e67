import { BoundedMap } from './bounded-map.js';
import { MAX_PRESENCES } from './limits.js';

/** When the availabilities that users have set end by themselves, epoch ms. */
export class AvailabilityEnds {
  readonly #ends = new BoundedMap<string, number>(MAX_PRESENCES);
  /** The first of them, or earlier: looking through all at every event would take too long. */
  #next: number | undefined;

  get evictions(): number {
    return this.#ends.evictions;
  }

  /** When `due` is to be asked next, epoch ms; undefined while nothing ends by itself. */
  get next(): number | undefined {
    return this.#next;
  }

  /** Remembers until when the user's holds; null for no end. */
  set(userId: string, until: number | null): void {
    if (until === null) {
      this.#ends.delete(userId);
      return;
    }
    this.#ends.set(userId, until);
    this.#next = Math.min(this.#next ?? until, until);
  }

  /** The users whose end has come, each once. */
  due(now: number): readonly string[] {
    if (this.#next === undefined || this.#next > now) return [];
    const due = [...this.#ends.entries()].filter(([, until]) => until <= now).map(([id]) => id);
    for (const userId of due) this.#ends.delete(userId);
    const rest = [...this.#ends.values()];
    this.#next = rest.length === 0 ? undefined : rest.reduce((a, b) => Math.min(a, b));
    return due;
  }
}
