import {
  tellAnswer,
  tellOffers,
  tellUserDisconnected,
  type VisitNews,
} from './agent-call-occurrences.js';
import { LEAVE_GRACE_MS } from './limits.js';
import { type QueueVisit, VISIT_TOLD } from './queue-visit.js';
import { visitEnding } from './visit-ending.js';
import { hasJoined } from './visit-phase.js';

/**
 * What happened in the stay by `now` (epoch ms) and was not told yet, in the order in which a call
 * goes: a fact implies those before it, and what is implied is not told again when it is told of
 * late. `maxWrapUpSeconds` is the wrap-up of the member who answered.
 */
export function takeVisitNews(visit: QueueVisit, now: number, maxWrapUpSeconds: number): VisitNews {
  if (visit.told === VISIT_TOLD.over) return { visit, occurrences: [] };
  if (visit.isSilent && visit.lostAt !== undefined) {
    return { visit: { ...visit, told: VISIT_TOLD.over }, occurrences: [] };
  }
  const steps = [
    tellIncoming,
    tellArrived,
    (step: QueueVisit) => tellOffers(step, now),
    (step: QueueVisit) => tellAnswer(step, maxWrapUpSeconds),
    (step: QueueVisit) => tellEnding(step, now),
  ];
  let news: VisitNews = { visit, occurrences: [] };
  for (const step of steps) {
    const next = step(news.visit);
    news = { visit: next.visit, occurrences: [...news.occurrences, ...next.occurrences] };
  }
  const isSilent = news.visit.isSilent && news.occurrences.length === 0;
  return isSilent === visit.isSilent ? news : { ...news, visit: { ...news.visit, isSilent } };
}

/** When the passing of time alone makes news of the stay, epoch ms. */
export function visitNewsDeadline(visit: QueueVisit): number | undefined {
  if (visit.told === VISIT_TOLD.over) return undefined;
  const deadlines = visit.offers
    .filter((offer) => offer.ended && offer.told !== 'cancelled' && visit.connected === undefined)
    .map((offer) => (offer.endedAt ?? visit.firstAt) + LEAVE_GRACE_MS);
  const ending = visitEnding(visit);
  if (ending !== undefined) deadlines.push(ending.certainAt);
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
}

function tellIncoming(visit: QueueVisit): VisitNews {
  if (visit.told >= VISIT_TOLD.incoming) return { visit, occurrences: [] };
  const at = visit.announcedAt ?? visit.joinedAt ?? visit.firstAt;
  return {
    visit: { ...visit, told: VISIT_TOLD.incoming },
    occurrences: [{ kind: 'queue-call-incoming', at, ...aboutVisit(visit) }],
  };
}

function tellArrived(visit: QueueVisit): VisitNews {
  if (visit.told >= VISIT_TOLD.arrived || !hasJoined(visit)) return { visit, occurrences: [] };
  const at = visit.joinedAt ?? visit.firstAt;
  return {
    visit: { ...visit, told: VISIT_TOLD.arrived },
    occurrences: [{ kind: 'queue-call-arrived', at, ...aboutVisit(visit) }],
  };
}

function tellEnding(visit: QueueVisit, now: number): VisitNews {
  const ending = visitEnding(visit);
  if (ending === undefined || ending.certainAt > now) return { visit, occurrences: [] };
  const told = { ...visit, told: VISIT_TOLD.over };
  if (visit.connected !== undefined) {
    return { visit: told, occurrences: tellUserDisconnected(visit, ending) };
  }
  const about = { at: ending.at, ...aboutVisit(visit) };
  switch (ending.kind) {
    case 'disconnected': {
      const { endedBy, cause } = ending;
      const kind = 'queue-call-disconnected';
      return { visit: told, occurrences: [{ kind, ...about, endedBy, cause }] };
    }
    case 'overflowed': {
      const { reason, cause } = ending;
      const kind = 'queue-call-overflowed';
      return { visit: told, occurrences: [{ kind, ...about, reason, cause }] };
    }
  }
}

function aboutVisit({ callId, legId, queueId, callerNumber, targetNumber }: QueueVisit) {
  return { callId, legId, queueId, callerNumber, targetNumber };
}
