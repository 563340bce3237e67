import type { MemberRef } from './events.js';
import { ABANDON_GRACE_MS, BURST_MS, JOIN_GRACE_MS, LEAVE_GRACE_MS } from './limits.js';
import { type QueueVisit, sentAwayAt } from './queue-visit.js';

/**
 * - `announced`: sent to the queue, but not in it yet
 * - `waiting`: in the queue, no member rings
 * - `allocated`: in the queue, at least one member rings
 * - `connected`: talks to a member
 * - `over`: no longer the queue's
 */
export type VisitPhase = 'announced' | 'waiting' | 'allocated' | 'connected' | 'over';

/** What the stay is at `now` (epoch ms). */
export function visitPhase(visit: QueueVisit, now: number): VisitPhase {
  if ((visit.completedAt ?? visit.channelEndedAt ?? visit.lostAt) !== undefined) return 'over';
  if (visit.connected !== undefined || visit.answeredAt !== undefined) return 'connected';
  if ((visit.abandonedAt ?? sentAwayAt(visit)) !== undefined) return 'over';
  const deadline = visitDeadline(visit);
  if (deadline !== undefined && now >= deadline) return 'over';
  if (!hasJoined(visit)) return 'announced';
  return ringingMembers(visit).length > 0 ? 'allocated' : 'waiting';
}

/** Whether the queue took the caller in: any fact but the announcement says so. */
export function hasJoined(visit: QueueVisit): boolean {
  const { announcedAt, joinedAt, offers, connected, completedAt, abandonedAt, leftAt } = visit;
  if (announcedAt === undefined || joinedAt !== undefined || offers.length > 0) return true;
  if (connected !== undefined || visit.answeredAt !== undefined) return true;
  return (completedAt ?? abandonedAt ?? leftAt ?? visit.callbackRequestedAt) !== undefined;
}

/** Members whose phone rings for the caller, as far as offers tell. */
function ringingMembers(visit: QueueVisit): readonly MemberRef[] {
  return visit.offers.filter((offer) => !offer.ended).map((offer) => offer.member);
}

/** Members that the stay keeps busy at `now`: those that ring, or the one that talks. */
export function busyMembers(visit: QueueVisit, now: number): readonly MemberRef[] {
  switch (visitPhase(visit, now)) {
    case 'allocated':
      return ringingMembers(visit);
    case 'connected':
      return visit.connected === undefined ? [] : [visit.connected.member];
    case 'announced':
    case 'waiting':
    case 'over':
      return [];
  }
}

/** When the caller began to wait, epoch ms. */
export function waitingSince(visit: QueueVisit): number {
  return visit.joinedAt ?? visit.firstAt;
}

/**
 * Whether the caller hung up while waiting. Asterisk says "abandon" for time-outs and empty queues
 * too; the caller's own giving up is an abandon and the end of that very channel soon after.
 */
export function callerGaveUp(visit: QueueVisit): boolean {
  const { abandonedAt, channelEndedAt, connected, exit } = visit;
  if (connected !== undefined || exit !== undefined) return false;
  if (abandonedAt === undefined || channelEndedAt === undefined) return false;
  return channelEndedAt - abandonedAt <= ABANDON_GRACE_MS;
}

/**
 * When time alone ends the stay, epoch ms; undefined when only events can. It does not depend on
 * the time of asking, so that a deadline that has passed unnoticed is still one.
 */
export function visitDeadline(visit: QueueVisit): number | undefined {
  const { announcedAt, leftAt, connected, completedAt, abandonedAt, channelEndedAt } = visit;
  const over = completedAt ?? abandonedAt ?? channelEndedAt ?? visit.lostAt ?? sentAwayAt(visit);
  if (connected !== undefined || visit.answeredAt !== undefined || over !== undefined)
    return undefined;
  if (leftAt !== undefined) return leftAt + LEAVE_GRACE_MS;
  return announcedAt === undefined || hasJoined(visit) ? undefined : announcedAt + JOIN_GRACE_MS;
}

/**
 * Whether an announcement or a join at `at` starts a new stay instead of being late or repeated
 * news of this one.
 */
export function isNewStay(visit: QueueVisit, at: number): boolean {
  if (visit.channelEndedAt !== undefined) return false;
  if (visit.lostAt !== undefined) return at > visit.lostAt;
  if (!hasJoined(visit)) return at > visit.firstAt + JOIN_GRACE_MS;
  const endedAt = visit.completedAt ?? visit.abandonedAt ?? visit.leftAt ?? sentAwayAt(visit);
  const isAfterJoin = visit.joinedAt === undefined || at > visit.joinedAt;
  return endedAt !== undefined && isAfterJoin && at > endedAt + BURST_MS;
}
