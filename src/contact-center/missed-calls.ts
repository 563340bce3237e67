import { BoundedMap } from './bounded-map.js';
import type { ChangeSet } from './change-set.js';
import type { CallMissed, MissReason } from './call-events.js';
import type { Forward } from './events.js';
import { LEAVE_GRACE_MS, MAX_LEGS, TOMBSTONE_MS } from './limits.js';
import type { PresenceTable } from './presence-table.js';
import type { UserPresence } from './user-presence.js';
import type { VisitTable } from './visit-table.js';

/** Calls that users missed, each told once; what a queue offered is told as the queue's call. */
export class MissedCalls {
  readonly #told = new BoundedMap<string, number>(MAX_LEGS);
  readonly #visits: VisitTable;
  readonly #presences: PresenceTable;

  constructor(visits: VisitTable, presences: PresenceTable) {
    this.#visits = visits;
    this.#presences = presences;
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
    const { reason, target: told, ...call } = missed;
    const target = told ?? forwardOf(this.#presences.get(userId), reason);
    const about = { ...call, queueId: null, target };
    changes.happened({ kind: 'user-call-overflowed', ...about, reason });
    if (target === '') return;
    changes.happened({ kind: 'user-call-sent-on', ...about, reason: 'forward', cause: reason });
  }

  /** Forgets what was told ten minutes ago. */
  sweep(now: number): void {
    for (const [key, at] of this.#told.entries()) {
      if (now - at >= TOMBSTONE_MS) this.#told.delete(key);
    }
  }
}

/** Where the user has calls go that they miss for that reason; empty for nowhere. */
function forwardOf({ settings }: UserPresence, reason: MissReason): string {
  const setting = FORWARDS[reason];
  const forward = setting && settings[setting];
  return forward?.enabled === true ? forward.destination : '';
}

const FORWARDS: Readonly<Record<MissReason, Forward | undefined>> = {
  'no-answer': 'forwards.noanswer',
  busy: 'forwards.busy',
  unreachable: undefined,
  'do-not-disturb': undefined,
  unknown: undefined,
};
