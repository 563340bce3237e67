import type { MemberRef } from './events.js';
import { LEAVE_GRACE_MS } from './limits.js';
import type { CancelReason, Occurrence } from './occurrences.js';
import type { Offer } from './queue-offer.js';
import { type Connection, type QueueVisit, VISIT_TOLD } from './queue-visit.js';
import { visitEnding, type VisitEnding } from './visit-ending.js';

/** A stay with what of it was told, and what that was. */
export interface VisitNews {
  readonly visit: QueueVisit;
  readonly occurrences: readonly Occurrence[];
}

/** Which members the queue rings for the caller, and which of them ring no more. */
export function tellOffers(visit: QueueVisit, now: number): VisitNews {
  if (visit.told >= VISIT_TOLD.connected) return { visit, occurrences: [] };
  const occurrences: Occurrence[] = [];
  const offers = visit.offers.map((offer) => {
    if (offer.told === 'nothing') occurrences.push(...allocated(visit, offer));
    const reason = offer.told === 'cancelled' ? undefined : cancelReason(visit, offer, now);
    if (reason === undefined) return withTold(offer, 'allocated');
    occurrences.push(...cancelled(visit, offer, reason));
    return withTold(offer, 'cancelled');
  });
  return { visit: { ...visit, offers }, occurrences };
}

/** Which member answered, and that the others ring no more. */
export function tellAnswer(visit: QueueVisit, maxWrapUpSeconds: number): VisitNews {
  const { connected } = visit;
  if (connected === undefined || visit.told >= VISIT_TOLD.connected) {
    return { visit, occurrences: [] };
  }
  const wasRung = visit.offers.some((offer) => isAnswered(offer, connected));
  const occurrences = wasRung ? [] : allocated(visit, connected);
  occurrences.push(...answered(visit, connected, maxWrapUpSeconds));
  const offers = visit.offers.map((offer) => {
    if (offer.told === 'cancelled' || isAnswered(offer, connected)) return offer;
    occurrences.push(...cancelled(visit, offer, 'connected-elsewhere'));
    return withTold(offer, 'cancelled');
  });
  return { visit: { ...visit, offers, told: VISIT_TOLD.connected }, occurrences };
}

/** The end of a call that a member had answered. */
export function tellUserDisconnected(visit: QueueVisit, ending: VisitEnding): Occurrence[] {
  const { connected } = visit;
  if (connected === undefined || ending.kind !== 'disconnected') return [];
  const { at, endedBy, cause } = ending;
  return ofUsers(connected.member, (userId) => ({
    kind: 'user-call-disconnected',
    at,
    ...aboutUser(visit, userId),
    endedBy,
    cause,
  }));
}

/**
 * Why the offer came to nothing. When only its leg ended, the queue may still tell that another
 * member answered or that the caller is gone, so that waits.
 */
function cancelReason(visit: QueueVisit, offer: Offer, now: number): CancelReason | undefined {
  if (offer.unanswered) return 'no-answer';
  if (visit.connected !== undefined) return undefined;
  const { abandonedAt } = visit;
  const ending = visitEnding(visit);
  if (abandonedAt !== undefined || (ending?.certainAt ?? Infinity) <= now) return 'caller-gone';
  const { endedAt } = offer;
  return endedAt !== undefined && endedAt + LEAVE_GRACE_MS <= now ? 'no-answer' : undefined;
}

/** Asterisk may name another leg at the answer than at the offer; the member is the same. */
function isAnswered(offer: Offer, connected: Connection): boolean {
  if (offer.offerId === connected.offerId) return true;
  return !offer.ended && offer.member.memberId === connected.member.memberId;
}

function allocated(visit: QueueVisit, offer: Offer | Connection): Occurrence[] {
  const at = 'at' in offer ? offer.at : offer.since;
  return ofUsers(offer.member, (userId) => ({
    kind: 'user-call-allocated',
    at,
    ...aboutUser(visit, userId),
    userNumber: offer.memberNumber,
  }));
}

function cancelled(visit: QueueVisit, offer: Offer, reason: CancelReason): Occurrence[] {
  const endedAt = visit.connected?.at ?? visitEnding(visit)?.at ?? offer.since;
  return ofUsers(offer.member, (userId) => ({
    kind: 'user-call-cancelled',
    at: offer.endedAt ?? endedAt,
    ...aboutUser(visit, userId),
    reason,
  }));
}

function answered(
  visit: QueueVisit,
  { member, memberNumber, offerId, at }: Connection,
  maxSeconds: number,
): Occurrence[] {
  const { queueId, callId, legId } = visit;
  const connected = ofUsers(member, (userId) => ({
    kind: 'user-call-connected',
    at,
    ...aboutUser(visit, userId),
    userNumber: memberNumber,
    userLegId: offerId,
  }));
  if (maxSeconds === 0) return connected;
  const wrapUps = ofUsers(member, (userId) => ({
    kind: 'wrap-up-enabled',
    at,
    callId,
    legId,
    userId,
    queueId,
    maxSeconds,
  }));
  return [...connected, ...wrapUps];
}

/** An agent may stand for several users; Asterisk does not tell which of them it is. */
function ofUsers(member: MemberRef, occurrence: (userId: string) => Occurrence): Occurrence[] {
  return member.userIds.map(occurrence);
}

function aboutUser(visit: QueueVisit, userId: string) {
  const { callId, legId, queueId, callerNumber, targetNumber } = visit;
  return { callId, legId, queueId, callerNumber, targetNumber, userId };
}

function withTold(offer: Offer, told: Offer['told']): Offer {
  if (offer.told === 'cancelled' || offer.told === told) return offer;
  return offer.told === 'silent' && told === 'allocated' ? offer : { ...offer, told };
}
