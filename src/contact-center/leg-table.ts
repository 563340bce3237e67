import { BoundedMap } from './bounded-map.js';
import { applyToLeg, type CallLeg, holdLeg } from './call-leg.js';
import type { LegEvent } from './call-events.js';
import { MAX_CALL_MS, MAX_ENDED_CHANNELS, MAX_LEGS, TOMBSTONE_MS } from './limits.js';
import { MultiMap } from './multi-map.js';

/** Users' live call legs, and which channels ended lately: an ended channel never comes back. */
export class LegTable {
  readonly #legs = new BoundedMap<string, CallLeg>(MAX_LEGS, (legId, leg) => {
    this.#byUser.remove(leg.userId, legId);
  });
  readonly #ended = new BoundedMap<string, number>(MAX_ENDED_CHANNELS);
  readonly #byUser = new MultiMap();

  get size(): number {
    return this.#legs.size;
  }

  get evictions(): number {
    return this.#legs.evictions + this.#ended.evictions;
  }

  /** Applies the event; answers the user whose leg it is, when it changed something. */
  apply(event: LegEvent): string | undefined {
    if (this.#ended.has(event.legId)) return undefined;
    const known = this.#legs.get(event.legId);
    if (event.kind === 'leg-changed') return this.#put(known, applyToLeg(known, event));
    return known === undefined ? undefined : this.#put(known, holdLeg(known, event.held));
  }

  /** Ends a channel for good; answers the user whose leg it was, if it was one. */
  end(legId: string, at: number): string | undefined {
    if (!this.#ended.has(legId)) this.#ended.set(legId, at);
    const leg = this.#legs.get(legId);
    if (leg === undefined) return undefined;
    this.#legs.delete(legId);
    this.#byUser.remove(leg.userId, legId);
    return leg.userId;
  }

  get(legId: string): CallLeg | undefined {
    return this.#legs.get(legId);
  }

  /** A user's live legs. */
  ofUser(userId: string): readonly CallLeg[] {
    return [...this.#byUser.get(userId)].flatMap((legId) => this.#legs.get(legId) ?? []);
  }

  /** Puts a leg there that is known to live, whatever was told before. */
  admit(leg: CallLeg): void {
    this.#ended.delete(leg.legId);
    this.#put(this.#legs.get(leg.legId), leg);
  }

  /** When the channel ended, epoch ms; undefined when it has not, or long ago. */
  endedAt(legId: string): number | undefined {
    return this.#ended.get(legId);
  }

  hasLegs(userId: string): boolean {
    return this.#byUser.get(userId).size > 0;
  }

  /**
   * Forgets channels that ended more than ten minutes ago, and legs whose end was not told within
   * a day; answers the users of those.
   */
  sweep(now: number): readonly string[] {
    this.#forgetEnded(now);
    const unended = [...this.#legs.values()].filter((leg) => now - leg.since >= MAX_CALL_MS);
    for (const { legId, userId } of unended) {
      this.#legs.delete(legId);
      this.#byUser.remove(userId, legId);
    }
    return unended.map(({ userId }) => userId);
  }

  /** They were put in by time. */
  #forgetEnded(now: number): void {
    for (const [legId, at] of this.#ended.entries()) {
      if (now - at < TOMBSTONE_MS) return;
      this.#ended.delete(legId);
    }
  }

  #put(known: CallLeg | undefined, leg: CallLeg): string {
    if (known !== undefined) this.#byUser.remove(known.userId, known.legId);
    this.#legs.set(leg.legId, leg);
    this.#byUser.add(leg.userId, leg.legId);
    return leg.userId;
  }
}
