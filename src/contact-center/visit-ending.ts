import type { CallEnder } from './call-events.js';
import { ABANDON_GRACE_MS, JOIN_GRACE_MS, LEAVE_GRACE_MS } from './limits.js';
import type { OverflowReason } from './occurrences.js';
import { CALLBACK_CAUSE, RESYNC_CAUSE } from './occurrences.js';
import type { QueueVisit } from './queue-visit.js';
import { callerGaveUp, hasJoined } from './visit-phase.js';

/** How a stay ended, and from when on no event can show that it was otherwise; epoch ms. */
export type VisitEnding = {
  readonly at: number;
  readonly certainAt: number;
} & (
  | { readonly kind: 'disconnected'; readonly endedBy: CallEnder; readonly cause: string | null }
  | {
      readonly kind: 'overflowed';
      readonly reason: OverflowReason;
      readonly cause: string | null;
    }
);

/** How the stay ended as far as its facts tell; undefined while it goes on. */
export function visitEnding(visit: QueueVisit): VisitEnding | undefined {
  return visit.connected === undefined ? endingOfWait(visit) : endingOfCall(visit);
}

/** When the queue sent the caller on, who lived on; undefined if that is not how the stay ended. */
export function sentOnAt(visit: QueueVisit): number | undefined {
  if (visit.connected !== undefined || callerGaveUp(visit)) return undefined;
  const { channelEndedAt = Infinity, ...whileAlive } = visit;
  const ending = endingOfWait(whileAlive);
  return ending?.kind === 'overflowed' && ending.certainAt <= channelEndedAt
    ? ending.at
    : undefined;
}

/** A hangup alone leaves open who hung up, until the queue tells; some systems never do. */
function endingOfCall({
  completedAt,
  endedBy,
  channelEndedAt,
  channelCause,
  lostAt,
}: QueueVisit): VisitEnding | undefined {
  const cause = channelCause ?? null;
  if (completedAt !== undefined) {
    const isOpen = endedBy === undefined && channelEndedAt === undefined;
    const certainAt = isOpen ? completedAt + LEAVE_GRACE_MS : completedAt;
    const ender = endedBy ?? 'remote';
    return { kind: 'disconnected', at: completedAt, certainAt, endedBy: ender, cause };
  }
  if (channelEndedAt === undefined) return lostAt === undefined ? undefined : lost(lostAt);
  return hungUp(channelEndedAt, channelEndedAt + LEAVE_GRACE_MS, cause);
}

function endingOfWait(visit: QueueVisit): VisitEnding | undefined {
  const { abandonedAt, channelEndedAt, channelCause, lostAt, leftAt, announcedAt, exit } = visit;
  const { callbackRequestedAt, answeredAt } = visit;
  if (callbackRequestedAt !== undefined) return calledBackLater(callbackRequestedAt);
  if (exit !== undefined) {
    const at = abandonedAt ?? leftAt ?? exit.at;
    return { kind: 'overflowed', at, certainAt: at, reason: exit.reason, cause: exit.cause };
  }
  if (abandonedAt !== undefined) return endingOfAbandon(visit, abandonedAt);
  if (channelEndedAt !== undefined) {
    return hungUp(channelEndedAt, channelEndedAt + LEAVE_GRACE_MS, channelCause ?? null);
  }
  if (lostAt !== undefined) return lost(lostAt);
  if (answeredAt !== undefined) return undefined;
  if (leftAt !== undefined) return sentOn(leftAt, leftAt + LEAVE_GRACE_MS, 'unknown');
  if (announcedAt === undefined || hasJoined(visit)) return undefined;
  return sentOn(announcedAt, announcedAt + JOIN_GRACE_MS, 'unknown');
}

/** Asterisk says "abandon" of callers it sends on, too: those live longer than the grace. */
function endingOfAbandon(visit: QueueVisit, abandonedAt: number): VisitEnding {
  const { channelEndedAt, channelCause } = visit;
  if (callerGaveUp(visit)) return hungUp(abandonedAt, abandonedAt, channelCause ?? null);
  const certainAt = channelEndedAt === undefined ? abandonedAt + ABANDON_GRACE_MS + 1 : abandonedAt;
  return sentOn(abandonedAt, certainAt, 'no-agent');
}

function hungUp(at: number, certainAt: number, cause: string | null): VisitEnding {
  return { kind: 'disconnected', at, certainAt, endedBy: 'remote', cause };
}

/** Why and by whom it ended is not known any more. */
function lost(at: number): VisitEnding {
  return hungUp(at, at, RESYNC_CAUSE);
}

/** The queue hangs up once the caller has asked. */
function calledBackLater(at: number): VisitEnding {
  const cause = CALLBACK_CAUSE;
  return { kind: 'disconnected', at, certainAt: at, endedBy: 'local', cause };
}

function sentOn(at: number, certainAt: number, reason: OverflowReason): VisitEnding {
  return { kind: 'overflowed', at, certainAt, reason, cause: null };
}
