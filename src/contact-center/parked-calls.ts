import { BoundedMap } from './bounded-map.js';
import type { CallParked } from './call-events.js';
import { BURST_MS, MAX_CALL_MS, MAX_LEGS, TOMBSTONE_MS } from './limits.js';
import { MultiMap } from './multi-map.js';
import type { ParkedCaller } from './snapshot-events.js';

interface ParkedCall {
  readonly userIds: readonly string[];
  readonly at: number;
  readonly place?: string;
}

/**
 * Which users have parked which callers. Several services tell of the same caller, who counts once.
 * A caller who has left a place is not parked by late news.
 */
export class ParkedCalls {
  readonly #parked = new BoundedMap<string, ParkedCall>(MAX_LEGS, (legId, call) => {
    this.#unindex(legId, call);
  });
  readonly #left = new BoundedMap<string, number>(MAX_LEGS);
  readonly #byUser = new MultiMap();
  /** The leg in each place; no more than there are parked calls. */
  readonly #byPlace = new Map<string, string>();

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

  has(legId: string): boolean {
    return this.#parked.has(legId);
  }

  /** Legs of the callers whom the user has parked. */
  ofUser(userId: string): readonly string[] {
    return [...this.#byUser.get(userId)];
  }

  /**
   * Puts the caller in the place, from where whoever was there is gone; answers the users whose
   * count changed. A caller of whom nobody knows who parked them does not count.
   */
  park(event: CallParked): readonly string[] {
    const { legId, at, place } = event;
    const leftAt = this.#left.get(legId);
    if (leftAt !== undefined && at <= leftAt + BURST_MS) return [];
    const known = this.#parked.get(legId);
    const userIds = event.userIds.length > 0 ? event.userIds : (known?.userIds ?? []);
    if (userIds.length === 0) return [];
    const inPlace = this.#inPlace(place ?? known?.place, legId);
    if (inPlace !== undefined && inPlace.at > at) return [];
    const changed = [...this.#clear(inPlace?.legId, at), ...this.#remove(legId)];
    this.#put(legId, { userIds, at, ...pick(place ?? known?.place) });
    return [...changed, ...userIds];
  }

  /** A caller who is known to be parked, whatever was told before; answers the users who have parked. */
  admit(caller: ParkedCaller, at: number): readonly string[] {
    this.#left.delete(caller.legId);
    return this.park({ kind: 'call-parked', at, ...caller });
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

  /** Another caller who is in the place. */
  #inPlace(place: string | undefined, legId: string): { legId: string; at: number } | undefined {
    const other = place === undefined ? undefined : this.#byPlace.get(place);
    const call = other === undefined || other === legId ? undefined : this.#parked.get(other);
    return other === undefined || call === undefined ? undefined : { legId: other, at: call.at };
  }

  #clear(legId: string | undefined, at: number): readonly string[] {
    return legId === undefined ? [] : this.end(legId, at);
  }

  #put(legId: string, call: ParkedCall): void {
    this.#parked.set(legId, call);
    for (const userId of call.userIds) this.#byUser.add(userId, legId);
    if (call.place !== undefined) this.#byPlace.set(call.place, legId);
  }

  #remove(legId: string): readonly string[] {
    const call = this.#parked.get(legId);
    if (call === undefined) return [];
    this.#parked.delete(legId);
    this.#unindex(legId, call);
    return call.userIds;
  }

  #unindex(legId: string, { userIds, place }: ParkedCall): void {
    for (const userId of userIds) this.#byUser.remove(userId, legId);
    if (place !== undefined && this.#byPlace.get(place) === legId) this.#byPlace.delete(place);
  }
}

function pick(place: string | undefined): Pick<ParkedCall, 'place'> {
  return place === undefined ? {} : { place };
}
