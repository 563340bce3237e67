import type { CallerUnserved } from './occurrences.js';
import { type QueueVisit, VISIT_TOLD } from './queue-visit.js';
import { sentOnAt } from './visit-ending.js';
import { callerGaveUp } from './visit-phase.js';

/**
 * That nobody served the caller, once that is certain and was not told yet: when one asks to be
 * called back, at the hangup of one who waited, and for one whom the queue sent on at the end of the
 * call, unless somebody answered.
 */
export function unservedCaller(visit: QueueVisit): CallerUnserved | undefined {
  const { abandonedAt, firstAt, channelEndedAt, told, unservedTold } = visit;
  if (unservedTold === 'caller-gave-up' || unservedTold === 'callback-asked') return undefined;
  if (visit.callbackRequestedAt !== undefined) {
    return about(visit, 'callback-asked', visit.callbackRequestedAt);
  }
  // An abandon that is told last shows that a caller taken to be sent on had given up.
  if (callerGaveUp(visit)) return about(visit, 'caller-gave-up', abandonedAt ?? firstAt);
  const isOver = told === VISIT_TOLD.over && channelEndedAt !== undefined;
  if (!isOver || unservedTold !== undefined || !isUnserved(visit)) return undefined;
  return about(visit, 'overflow-unanswered', channelEndedAt);
}

/** Whether the queue sent the caller on, and it is still open whether anybody will answer. */
export function mayStillBeServed(visit: QueueVisit): boolean {
  return visit.channelEndedAt === undefined && isUnserved(visit);
}

function isUnserved(visit: QueueVisit): boolean {
  const sentOn = sentOnAt(visit);
  return sentOn !== undefined && (visit.callAnsweredAt ?? -Infinity) < sentOn;
}

function about(visit: QueueVisit, kind: CallerUnserved['kind'], at: number): CallerUnserved {
  const { queueId, callId, legId, callerNumber, callerName } = visit;
  return { kind, at, queueId, callId, legId, callerNumber, callerName };
}
