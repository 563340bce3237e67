import type { MemberRef, QueueCallEvent } from './events.js';
import { ABANDON_GRACE_MS, BURST_MS, LEAVE_GRACE_MS, MAX_OFFERS } from './limits.js';

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
  readonly joinedAt?: number;
  readonly offers: readonly Offer[];
  readonly connected?: Connection;
  readonly completedAt?: number;
  readonly abandonedAt?: number;
  readonly leftAt?: number;
  readonly channelEndedAt?: number;
  /** The caller's giving up has been told; it is told once. */
  readonly gaveUpTold: boolean;
}

/** The queue rings one member for the caller. */
export interface Offer {
  readonly offerId: string;
  readonly member: MemberRef;
  readonly ended: boolean;
}

export interface Connection {
  readonly offerId: string;
  readonly member: MemberRef;
  readonly at: number;
}

/**
 * - `waiting`: in the queue, no member rings
 * - `allocated`: in the queue, at least one member rings
 * - `connected`: talks to a member
 * - `over`: no longer the queue's
 */
export type VisitPhase = 'waiting' | 'allocated' | 'connected' | 'over';

/** A stay of which nothing is known yet but that `event` belongs to it. */
export function openVisit(event: QueueCallEvent): QueueVisit {
  return {
    queueId: event.queueId,
    legId: event.legId,
    callId: event.callId,
    firstAt: event.at,
    callerNumber: event.callerNumber,
    callerName: event.callerName,
    offers: [],
    gaveUpTold: false,
  };
}

/** The stay with one more fact. A fact told twice changes nothing. */
export function applyToVisit(visit: QueueVisit, event: QueueCallEvent): QueueVisit {
  switch (event.kind) {
    case 'queue-call-joined':
      return visit.joinedAt === undefined ? { ...visit, joinedAt: event.at } : visit;
    case 'queue-call-offered':
      return withOffer(visit, event.offerId, event.member, false);
    case 'queue-call-offer-ended':
      return withOffer(visit, event.offerId, event.member, true);
    case 'queue-call-connected':
      if (visit.connected !== undefined) return visit;
      return {
        ...visit,
        connected: { offerId: event.offerId, member: event.member, at: event.at },
      };
    case 'queue-call-completed':
      return visit.completedAt === undefined ? { ...visit, completedAt: event.at } : visit;
    case 'queue-call-abandoned':
      return visit.abandonedAt === undefined ? { ...visit, abandonedAt: event.at } : visit;
    case 'queue-call-left':
      return visit.leftAt === undefined ? { ...visit, leftAt: event.at } : visit;
  }
}

/** The stay after the caller's channel is gone. */
export function endVisitChannel(visit: QueueVisit, at: number): QueueVisit {
  return visit.channelEndedAt === undefined ? { ...visit, channelEndedAt: at } : visit;
}

/** The stay after the leg `offerId` is gone: that member rings no more. */
export function endOffer(visit: QueueVisit, offerId: string): QueueVisit {
  const offer = visit.offers.find((candidate) => candidate.offerId === offerId);
  return offer === undefined ? visit : withOffer(visit, offerId, offer.member, true);
}

/** An ended offer stays ended: a late "rings" after "gave up ringing" changes nothing. */
function withOffer(
  visit: QueueVisit,
  offerId: string,
  member: MemberRef,
  ended: boolean,
): QueueVisit {
  const known = visit.offers.find((offer) => offer.offerId === offerId);
  if (known === undefined) {
    return { ...visit, offers: [...withRoom(visit.offers), { offerId, member, ended }] };
  }
  if (known.ended || !ended) return visit;
  const offers = visit.offers.map((offer) => (offer === known ? { ...offer, ended } : offer));
  return { ...visit, offers };
}

/** A caller nobody answers is offered for hours; the oldest offers are those that say least. */
function withRoom(offers: readonly Offer[]): readonly Offer[] {
  if (offers.length < MAX_OFFERS) return offers;
  const ended = offers.findIndex((offer) => offer.ended);
  return offers.toSpliced(Math.max(ended, 0), 1);
}

/** What the stay is at `now` (epoch ms). */
export function visitPhase(visit: QueueVisit, now: number): VisitPhase {
  if (visit.completedAt !== undefined || visit.channelEndedAt !== undefined) return 'over';
  if (visit.connected !== undefined) return 'connected';
  if (visit.abandonedAt !== undefined) return 'over';
  const deadline = visitDeadline(visit);
  if (deadline !== undefined && now >= deadline) return 'over';
  return ringingMembers(visit).length > 0 ? 'allocated' : 'waiting';
}

/** Members whose phone rings for the caller, as far as offers tell. */
export function ringingMembers(visit: QueueVisit): readonly MemberRef[] {
  return visit.offers.filter((offer) => !offer.ended).map((offer) => offer.member);
}

/** Members that the stay keeps busy at `now`: those that ring, or the one that talks. */
export function busyMembers(visit: QueueVisit, now: number): readonly MemberRef[] {
  switch (visitPhase(visit, now)) {
    case 'allocated':
      return ringingMembers(visit);
    case 'connected':
      return visit.connected === undefined ? [] : [visit.connected.member];
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
  const { abandonedAt, channelEndedAt, connected } = visit;
  if (abandonedAt === undefined || channelEndedAt === undefined || connected !== undefined) {
    return false;
  }
  return channelEndedAt - abandonedAt <= ABANDON_GRACE_MS;
}

/**
 * When time alone ends the stay, epoch ms; undefined when only events can. It does not depend on
 * the time of asking, so that a deadline that has passed unnoticed is still one.
 */
export function visitDeadline(visit: QueueVisit): number | undefined {
  const { leftAt, connected, completedAt, abandonedAt, channelEndedAt } = visit;
  if (leftAt === undefined || connected !== undefined) return undefined;
  const over = completedAt ?? abandonedAt ?? channelEndedAt;
  return over === undefined ? leftAt + LEAVE_GRACE_MS : undefined;
}

/** Whether a join at `at` starts a new stay instead of being late or repeated news of this one. */
export function isNewStay(visit: QueueVisit, at: number): boolean {
  if (visit.channelEndedAt !== undefined || visit.joinedAt === undefined) return false;
  const endedAt = visit.completedAt ?? visit.abandonedAt ?? visit.leftAt;
  return endedAt !== undefined && at > visit.joinedAt && at > endedAt + BURST_MS;
}
