import { BoundedMap } from './bounded-map.js';
import type { ChangeSet } from './change-set.js';
import type { CallMissed } from './call-events.js';
import { LEAVE_GRACE_MS, MAX_LEGS, TOMBSTONE_MS } from './limits.js';
import type { VisitTable } from './visit-table.js';

/** Calls that users missed, each told once; what a queue offered is told as the queue's call. */
export class MissedCalls {
  readonly #told = new BoundedMap<string, number>(MAX_LEGS);
  readonly #visits: VisitTable;

  constructor(visits: VisitTable) {
    this.#visits = visits;
  }

  get size(): number {
    return this.#told.size;
  }

  get evictions(): number {
    return this.#told.evictions;
  }

  apply({ kind: _kind, ...missed }: CallMissed, changes: ChangeSet): void {
    const { userId, callId, at } = missed;
    const key = `${userId} ${callId}`;
    if (this.#told.has(key) || this.#visits.offered(userId, callId, at - LEAVE_GRACE_MS)) return;
    this.#told.set(key, at);
    changes.happened({ kind: 'user-call-overflowed', ...missed, queueId: null });
  }

  /** Forgets what was told ten minutes ago. */
  sweep(now: number): void {
    for (const [key, at] of this.#told.entries()) {
      if (now - at >= TOMBSTONE_MS) this.#told.delete(key);
    }
  }
}
