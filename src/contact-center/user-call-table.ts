import { BoundedMap } from './bounded-map.js';
import { MAX_CALL_MS, MAX_LEGS, TOMBSTONE_MS } from './limits.js';
import { MultiMap } from './multi-map.js';
import type { UserCall } from './user-call.js';
import { userCallDeadline } from './user-call-occurrences.js';

/**
 * The parts that users have in calls, by key, found by leg and by call. Those that are over stay for
 * ten minutes, so that late news of them is not told again.
 */
export class UserCallTable {
  readonly #calls = new BoundedMap<string, UserCall>(MAX_LEGS, (key, call) => {
    this.#unindex(key, call);
  });
  readonly #byLeg = new MultiMap();
  readonly #byCall = new MultiMap();
  readonly #held = new Set<string>();

  get size(): number {
    return this.#calls.size;
  }

  get evictions(): number {
    return this.#calls.evictions;
  }

  get(key: string): UserCall | undefined {
    return this.#calls.get(key);
  }

  /** Keys of what `inCall` has. */
  keysOfCall(callId: string): ReadonlySet<string> {
    return this.#byCall.get(callId);
  }

  /** Keys of what `ofLeg` has. */
  keysOfLeg(legId: string): ReadonlySet<string> {
    return this.#byLeg.get(legId);
  }

  /** Keys of calls of which something is to be told when its time comes. */
  get heldKeys(): ReadonlySet<string> {
    return this.#held;
  }

  /** The parts that users have, or lately had, in a call. */
  inCall(callId: string): readonly UserCall[] {
    return this.#resolve(this.#byCall.get(callId));
  }

  /** The calls in which a user has, or lately had, the leg. */
  ofLeg(legId: string): readonly UserCall[] {
    return this.#resolve(this.#byLeg.get(legId));
  }

  /** Puts `call` in the place of what was known of it. */
  put(key: string, call: UserCall): void {
    const before = this.#calls.get(key);
    if (before !== undefined) this.#unindex(key, before);
    this.#calls.set(key, call);
    this.#byCall.add(call.callId, key);
    for (const { legId } of call.legs) this.#byLeg.add(legId, key);
    if (userCallDeadline(call) !== undefined) this.#held.add(key);
  }

  /** When something held is next to be told, epoch ms. */
  nextDeadline(): number | undefined {
    let next: number | undefined;
    for (const key of this.#held) {
      const call = this.#calls.get(key);
      const deadline = call && userCallDeadline(call);
      if (deadline !== undefined && (next === undefined || deadline < next)) next = deadline;
    }
    return next;
  }

  /** Forgets calls that ended ten minutes ago, and those that never ended within a day. */
  sweep(now: number): void {
    for (const [key, call] of this.#calls.entries()) {
      const { endedAt, heldUntil } = call;
      const goesAt = endedAt === undefined ? heldUntil + MAX_CALL_MS : endedAt + TOMBSTONE_MS;
      if (now < goesAt) continue;
      this.#unindex(key, call);
      this.#calls.delete(key);
    }
  }

  #resolve(keys: ReadonlySet<string>): readonly UserCall[] {
    return Array.from(keys, (key) => this.#calls.get(key)).filter((call) => call !== undefined);
  }

  #unindex(key: string, call: UserCall): void {
    this.#held.delete(key);
    this.#byCall.remove(call.callId, key);
    for (const { legId } of call.legs) this.#byLeg.remove(legId, key);
  }
}
