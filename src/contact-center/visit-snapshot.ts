import { tellAnswer, type VisitNews } from './agent-call-occurrences.js';
import type { OfferRef } from './call-events.js';
import { SNAPSHOT_SLACK_MS } from './limits.js';
import type { Offer } from './queue-offer.js';
import {
  type Connection,
  endOffer,
  openVisit,
  type QueueVisit,
  VISIT_TOLD,
  withOffer,
} from './queue-visit.js';
import { subject } from './fact-subjects.js';
import type { SnapshotContext } from './snapshot-context.js';
import type { ConnectedCaller, WaitingCaller } from './snapshot-events.js';

// What a snapshot makes of one caller's stay. How that came about was missed, so it is not told.

/** A stay that came to light by the snapshot. */
export function findVisit(
  queueId: string,
  caller: WaitingCaller | ConnectedCaller,
  at: number,
): QueueVisit {
  const visit = openVisit({ ...caller, queueId, at });
  const { joinedAt } = caller;
  const found = { ...visit, told: VISIT_TOLD.arrived, isSilent: true };
  return joinedAt === undefined ? found : { ...found, joinedAt };
}

/**
 * The stay, which waits by the snapshot. Its beginning is known best by who was told of it, unless
 * the caller has left since and come back.
 */
export function waitInVisit(visit: QueueVisit, caller: WaitingCaller): QueueVisit {
  const { leftAt, joinedAt: known = caller.joinedAt, ...rest } = visit;
  const isSame = isSameStay(visit, caller);
  if (isSame && leftAt === undefined && visit.joinedAt !== undefined) return visit;
  return { ...rest, joinedAt: isSame ? known : caller.joinedAt, told: VISIT_TOLD.arrived };
}

/** Whether the caller joined when the stay began, and not before it or anew, as far as is known. */
export function isSameStay(
  { joinedAt: known }: QueueVisit,
  { joinedAt }: Pick<WaitingCaller, 'joinedAt'>,
): boolean {
  return known === undefined || Math.abs(known - joinedAt) <= SNAPSHOT_SLACK_MS;
}

/** The stay, which talks to a member by the snapshot; others who were rung ring no more. */
export function connectVisit(visit: QueueVisit, caller: ConnectedCaller): VisitNews {
  const { offerId, member, memberNumber, connectedAt, wrapUpSeconds } = caller;
  const connected: Connection = { offerId, member, memberNumber, at: connectedAt, wrapUpSeconds };
  const offers = visit.offers.map(forgetSilent);
  const news = tellAnswer({ ...visit, connected, offers }, 0);
  const cancelled = news.occurrences.filter(({ kind }) => kind === 'user-call-cancelled');
  return { visit: news.visit, occurrences: cancelled };
}

/** The stay with the offers that the snapshot has, but for those of which events told since. */
export function offerInVisit(
  visit: QueueVisit,
  ringing: readonly OfferRef[] | undefined,
  context: SnapshotContext,
): QueueVisit {
  if (ringing === undefined) return visit;
  const { recent, at } = context;
  let next = visit;
  for (const offer of ringing) {
    const isKnown = visit.offers.some((known) => isSameOffer(known, offer));
    if (isKnown || recent.has(subject.offer(offer.offerId))) continue;
    next = withOffer(next, { ...offer, at }, 'silent');
  }
  return endOffers(next, (offer) => !ringing.some((one) => isSameOffer(offer, one)), context);
}

/** The stay without those of its offers that are gone by the snapshot. */
export function endOffers(
  visit: QueueVisit,
  isGone: (offer: Offer) => boolean,
  { recent, at }: SnapshotContext,
): QueueVisit {
  let next = visit;
  for (const offer of visit.offers) {
    const { ended, offerId } = offer;
    if (ended || recent.has(subject.offer(offerId)) || !isGone(offer)) continue;
    next = endOffer(next, offerId, at);
    next = { ...next, offers: next.offers.map((one) => (one.ended ? forgetSilent(one) : one)) };
  }
  return next;
}

/** The stay, which is over by the snapshot. */
export function loseVisit(visit: QueueVisit, at: number): QueueVisit {
  return { ...visit, lostAt: at, offers: visit.offers.map(forgetSilent) };
}

function isSameOffer(known: Offer, { offerId, member }: OfferRef): boolean {
  if (known.offerId === offerId) return true;
  return !known.ended && known.member.memberId === member.memberId;
}

/** Clients never knew that it rang, so they need not know that it rings no more. */
function forgetSilent(offer: Offer): Offer {
  return offer.told === 'silent' ? { ...offer, told: 'cancelled' } : offer;
}
