import { BoundedMap } from './bounded-map.js';
import type { ParkingEvent } from './call-events.js';
import { BURST_MS, MAX_CALL_MS, MAX_LEGS, TOMBSTONE_MS } from './limits.js';
import { MultiMap } from './multi-map.js';

interface ParkedCall {
  readonly userIds: readonly string[];
  readonly at: number;
}

/** Which users have parked which callers. A caller who has left a place is not parked by late news. */
export class ParkedCalls {
  readonly #parked = new BoundedMap<string, ParkedCall>(MAX_LEGS, (legId, call) => {
    this.#unindex(legId, call);
  });
  readonly #left = new BoundedMap<string, number>(MAX_LEGS);
  readonly #byUser = new MultiMap();

  get size(): number {
    return this.#parked.size;
  }

  get evictions(): number {
    return this.#parked.evictions + this.#left.evictions;
  }

  /** How many callers the user has parked. */
  count(userId: string): number {
    return this.#byUser.get(userId).size;
  }

  /** Applies the event; answers the users whose count changed. */
  apply(event: ParkingEvent): readonly string[] {
    if (event.kind === 'call-unparked') return this.end(event.legId, event.at);
    const leftAt = this.#left.get(event.legId);
    if (leftAt !== undefined && event.at <= leftAt + BURST_MS) return [];
    const { legId, userIds, at } = event;
    const before = this.#remove(legId);
    this.#parked.set(legId, { userIds, at });
    for (const userId of userIds) this.#byUser.add(userId, legId);
    return [...before, ...userIds];
  }

  /** The caller was fetched, sent back or hung up; answers the users whose count changed. */
  end(legId: string, at: number): readonly string[] {
    this.#left.set(legId, at);
    return this.#remove(legId);
  }

  /** Forgets calls whose end was not told within a day; answers their users. */
  sweep(now: number): readonly string[] {
    for (const [legId, at] of this.#left.entries()) {
      if (now - at >= TOMBSTONE_MS) this.#left.delete(legId);
    }
    const unended = Array.from(this.#parked.entries(), ([legId, { at }]) => ({ legId, at }));
    return unended
      .filter(({ at }) => now - at >= MAX_CALL_MS)
      .flatMap(({ legId }) => this.#remove(legId));
  }

  #remove(legId: string): readonly string[] {
    const call = this.#parked.get(legId);
    if (call === undefined) return [];
    this.#parked.delete(legId);
    this.#unindex(legId, call);
    return call.userIds;
  }

  #unindex(legId: string, { userIds }: ParkedCall): void {
    for (const userId of userIds) this.#byUser.remove(userId, legId);
  }
}
