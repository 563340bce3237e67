import type { CallEnder, QueueCallEvent, QueueExit } from './call-events.js';
import type { MemberRef } from './events.js';
import { BURST_MS } from './limits.js';
import type { CallerUnserved } from './occurrences.js';
import { addEndedOffer, addOffer, type Offer, type OfferFacts } from './queue-offer.js';

/**
 * One caller's stay in one queue, kept as the facts that were told of it. What the stay is at a
 * moment follows from the facts, not from the order in which they came: the Asterisk manager
 * interface reverses events that it delivers together.
 */
export interface QueueVisit {
  readonly queueId: string;
  readonly legId: string;
  readonly callId: string;
  /** When the first fact came; stands in for a join that was never told. */
  readonly firstAt: number;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly targetNumber: string;
  /** When the caller was sent to the queue, which may have turned them away. */
  readonly announcedAt?: number;
  readonly joinedAt?: number;
  readonly offers: readonly Offer[];
  readonly connected?: Connection;
  readonly completedAt?: number;
  /** Who ended the completed call. */
  readonly endedBy?: CallEnder;
  readonly abandonedAt?: number;
  readonly leftAt?: number;
  /** When some member answered, who may not be known. */
  readonly answeredAt?: number;
  readonly callbackRequestedAt?: number;
  readonly channelEndedAt?: number;
  /** Why the caller's channel ended, in the telephony system's words. */
  readonly channelCause?: string;
  /** When a snapshot no longer had it, which is an end without a known cause. */
  readonly lostAt?: number;
  /** Why the queue let go of the caller, in its own words. */
  readonly exit?: Pick<QueueExit, 'at' | 'reason' | 'cause'>;
  /** When anybody answered in the call last, in whatever place. */
  readonly callAnsweredAt?: number;
  /** How far the course of the call has been told. */
  readonly told: VisitTold;
  /** As what it has been told that nobody served the caller. */
  readonly unservedTold?: CallerUnserved['kind'];
  /** It came with a snapshot, and nothing of it has been told since. */
  readonly isSilent: boolean;
}

/** The steps of a call, which are told in this order only; an earlier one is never told late. */
export const VISIT_TOLD = { nothing: 0, incoming: 1, arrived: 2, connected: 3, over: 4 } as const;
export type VisitTold = (typeof VISIT_TOLD)[keyof typeof VISIT_TOLD];

export interface Connection {
  readonly offerId: string;
  readonly member: MemberRef;
  readonly memberNumber: string;
  readonly at: number;
  /** The queue's own wrap-up. */
  readonly wrapUpSeconds: number;
}

type VisitFacts = Pick<
  QueueCallEvent,
  'queueId' | 'legId' | 'callId' | 'at' | 'callerNumber' | 'callerName' | 'targetNumber'
>;

/** A stay of which nothing is known yet but that `event` belongs to it. */
export function openVisit(event: VisitFacts): QueueVisit {
  return {
    queueId: event.queueId,
    legId: event.legId,
    callId: event.callId,
    firstAt: event.at,
    callerNumber: event.callerNumber,
    callerName: event.callerName,
    targetNumber: event.targetNumber,
    offers: [],
    told: VISIT_TOLD.nothing,
    isSilent: false,
  };
}

/** The stay with one more fact. A fact told twice changes nothing. */
export function applyToVisit(visit: QueueVisit, event: QueueCallEvent): QueueVisit {
  switch (event.kind) {
    case 'queue-call-announced':
      return visit.announcedAt === undefined ? { ...visit, announcedAt: event.at } : visit;
    case 'queue-call-joined':
      return isLaterJoin(visit, event.at) ? { ...visit, joinedAt: event.at } : visit;
    case 'queue-call-offered':
      return withOffer(visit, event);
    case 'queue-call-offer-ended':
      return withEndedOffer(visit, event, true);
    case 'queue-call-connected':
      return withConnection(visit, event);
    case 'queue-call-completed':
      return withCompletion(visit, event);
    case 'queue-call-abandoned':
      return visit.abandonedAt === undefined ? { ...visit, abandonedAt: event.at } : visit;
    case 'queue-call-left':
      return visit.leftAt === undefined ? { ...visit, leftAt: event.at } : visit;
    case 'queue-call-answered':
      return visit.answeredAt === undefined ? { ...visit, answeredAt: event.at } : visit;
    case 'queue-callback-requested':
      if (visit.callbackRequestedAt !== undefined) return visit;
      return { ...visit, callbackRequestedAt: event.at };
  }
}

/** Who completed a call was connected to it, whether or not that was told. */
function withCompletion(
  visit: QueueVisit,
  event: Extract<QueueCallEvent, { kind: 'queue-call-completed' }>,
): QueueVisit {
  if (visit.completedAt !== undefined && visit.endedBy !== undefined) return visit;
  const { at, endedBy, cause } = event;
  return {
    ...withConnection(visit, event),
    completedAt: visit.completedAt ?? at,
    ...(endedBy === undefined ? {} : { endedBy }),
    ...(cause === undefined ? {} : { channelCause: cause }),
  };
}

/** The stay after the caller's channel is gone. */
export function endVisitChannel(visit: QueueVisit, at: number, cause?: string): QueueVisit {
  if (visit.channelEndedAt !== undefined) return visit;
  const ended = { ...visit, channelEndedAt: at };
  return cause === undefined ? ended : { ...ended, channelCause: cause };
}

/** The stay after the leg `offerId` is gone: that member rings no more. */
export function endOffer(visit: QueueVisit, offerId: string, at: number): QueueVisit {
  const offer = visit.offers.find((candidate) => candidate.offerId === offerId);
  return offer === undefined ? visit : withEndedOffer(visit, { ...offer, at }, false);
}

/** When the queue let the caller go without an answer, by its own account. */
export function sentAwayAt({ exit, callbackRequestedAt }: QueueVisit): number | undefined {
  return callbackRequestedAt ?? exit?.at;
}

/** Who joins a queue while waiting there had left it, though that was not told, and waits anew. */
function isLaterJoin(visit: QueueVisit, at: number): boolean {
  const { joinedAt } = visit;
  if (joinedAt === undefined) return true;
  const hasGone =
    visit.connected !== undefined ||
    (visit.abandonedAt ?? visit.leftAt ?? visit.answeredAt ?? sentAwayAt(visit)) !== undefined;
  return !hasGone && visit.completedAt === undefined && at > joinedAt + BURST_MS;
}

/** @param told what clients know of it already */
export function withOffer(visit: QueueVisit, facts: OfferFacts, told?: Offer['told']): QueueVisit {
  return withOffers(visit, addOffer(visit.offers, facts, told));
}

function withEndedOffer(visit: QueueVisit, facts: OfferFacts, unanswered: boolean): QueueVisit {
  const end = { endedAt: facts.at, unanswered };
  return withOffers(visit, addEndedOffer(visit.offers, facts, end));
}

function withOffers(visit: QueueVisit, offers: readonly Offer[]): QueueVisit {
  return offers === visit.offers ? visit : { ...visit, offers };
}

function withConnection(
  visit: QueueVisit,
  facts: OfferFacts & { readonly wrapUpSeconds: number },
): QueueVisit {
  if (visit.connected !== undefined) return visit;
  const { offerId, member, memberNumber, at, wrapUpSeconds } = facts;
  return { ...visit, connected: { offerId, member, memberNumber, at, wrapUpSeconds } };
}
