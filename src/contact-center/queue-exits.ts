import { BoundedMap } from './bounded-map.js';
import type { QueueExit } from './call-events.js';
import { BURST_MS, MAX_VISITS, TOMBSTONE_MS } from './limits.js';
import { type QueueVisit, VISIT_TOLD } from './queue-visit.js';

/** Why queues let go of callers, where that was told before the stay that it is about. */
export class QueueExits {
  readonly #untaken = new BoundedMap<string, QueueExit>(MAX_VISITS);

  get size(): number {
    return this.#untaken.size;
  }

  get evictions(): number {
    return this.#untaken.evictions;
  }

  /** The stay that the exit is of, with it; keeps the exit when none of the caller's can be. */
  apply(exit: QueueExit, visits: readonly QueueVisit[]): QueueVisit | undefined {
    const candidates = visits.filter((visit) => mayEndBy(visit, exit));
    const visit = candidates.toSorted((a, b) => a.firstAt - b.firstAt).at(-1);
    if (visit === undefined) {
      const isTwin = visits.some((one) => one.exit?.at === exit.at);
      if (!isTwin) this.#untaken.set(exit.legId, exit);
      return undefined;
    }
    return withExit(visit, exit);
  }

  /** A new stay, with the exit that was told before it. */
  take(visit: QueueVisit): QueueVisit {
    const exit = this.#untaken.get(visit.legId);
    if (exit === undefined || !mayEndBy(visit, exit)) return visit;
    this.#untaken.delete(visit.legId);
    return withExit(visit, exit);
  }

  /** Forgets what no stay has asked for within ten minutes. */
  sweep(now: number): void {
    for (const [legId, { at }] of this.#untaken.entries()) {
      if (now - at >= TOMBSTONE_MS) this.#untaken.delete(legId);
    }
  }
}

/** The caller was in the queue when it let go of them, and had not been answered. */
function mayEndBy(visit: QueueVisit, { at, queueId }: QueueExit): boolean {
  if (queueId !== undefined && visit.queueId !== queueId) return false;
  const { firstAt, joinedAt, announcedAt, exit, connected, told } = visit;
  if (exit !== undefined || connected !== undefined || told === VISIT_TOLD.over) return false;
  return (announcedAt ?? joinedAt ?? firstAt) <= at + BURST_MS;
}

function withExit(visit: QueueVisit, { at, reason, cause }: QueueExit): QueueVisit {
  return { ...visit, exit: { at, reason, cause } };
}
