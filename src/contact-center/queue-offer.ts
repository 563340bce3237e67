import type { MemberRef } from './events.js';
import { MAX_OFFERS } from './limits.js';

/** The queue rings one member for the caller. */
export interface Offer {
  readonly offerId: string;
  readonly member: MemberRef;
  readonly memberNumber: string;
  /** When it was first told of, epoch ms. */
  readonly since: number;
  readonly ended: boolean;
  /** When it ended, as told first. */
  readonly endedAt?: number;
  /** The queue said that the member did not answer; else it was the leg that ended. */
  readonly unanswered: boolean;
  /** `silent`: it rings by a snapshot, and clients do not know. */
  readonly told: 'nothing' | 'silent' | 'allocated' | 'cancelled';
}

/** What is told of an offer; `at` is epoch ms. */
export type OfferFacts = Pick<Offer, 'offerId' | 'member' | 'memberNumber'> & {
  readonly at: number;
};

/**
 * The offers with one more, or as they are when it is among them. An ended offer stays ended: a late
 * "rings" after "gave up ringing" changes nothing.
 */
export function addOffer(
  offers: readonly Offer[],
  facts: OfferFacts,
  told: Offer['told'] = 'nothing',
): readonly Offer[] {
  if (offers.some((offer) => offer.offerId === facts.offerId)) return offers;
  const { offerId, member, memberNumber, at: since } = facts;
  const offer = { offerId, member, memberNumber, since, ended: false, unanswered: false, told };
  return [...withRoom(offers), offer];
}

/** The offers with an ended one, or as they are when it has ended before. */
export function addEndedOffer(
  offers: readonly Offer[],
  facts: OfferFacts,
  end: { readonly endedAt: number; readonly unanswered: boolean },
): readonly Offer[] {
  const known = addOffer(offers, facts);
  const index = known.findIndex(({ offerId }) => offerId === facts.offerId);
  const offer = known[index];
  if (offer === undefined || (offer.ended && (offer.unanswered || !end.unanswered))) return known;
  const endedAt = offer.endedAt ?? end.endedAt;
  return known.with(index, { ...offer, ended: true, endedAt, unanswered: end.unanswered });
}

/** A caller nobody answers is offered for hours; the oldest offers are those that say least. */
function withRoom(offers: readonly Offer[]): readonly Offer[] {
  if (offers.length < MAX_OFFERS) return offers;
  const ended = offers.findIndex((offer) => offer.ended);
  return offers.toSpliced(Math.max(ended, 0), 1);
}
