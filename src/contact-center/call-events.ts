import type { MemberRef } from './events.js';
import type { OverflowReason } from './occurrences.js';

// What telephony systems say of calls; `events.ts` has the rest, and what all of it has in common.

interface AboutQueueCall {
  readonly at: number;
  readonly queueId: string;
  /** The caller's leg. */
  readonly legId: string;
  /** One id for the whole call, over all its legs. */
  readonly callId: string;
  /** Empty when the caller withholds it. */
  readonly callerNumber: string;
  readonly callerName: string;
  /** What the caller dialled; empty when the source does not tell. */
  readonly targetNumber: string;
}

/** A caller in a queue, from being sent there to leaving; may arrive in any order. */
export type QueueCallEvent =
  /** On the way to the queue, which may still turn the caller away. */
  | (AboutQueueCall & { readonly kind: 'queue-call-announced' })
  | (AboutQueueCall & { readonly kind: 'queue-call-joined' })
  | (AboutQueueCall & OfferRef & { readonly kind: 'queue-call-offered' })
  | (AboutQueueCall & OfferRef & { readonly kind: 'queue-call-offer-ended' })
  | (AboutQueueCall & OfferRef & WrapUpTime & { readonly kind: 'queue-call-connected' })
  | (AboutQueueCall &
      OfferRef &
      WrapUpTime & {
        readonly kind: 'queue-call-completed';
        /** Absent when it will be told of by another report, or not at all. */
        readonly endedBy?: CallEnder;
        /** The technical cause; absent when the end of the caller's channel tells it. */
        readonly cause?: string;
      })
  /** Gave up, timed out or was sent away: what it was shows when the channel ends, or does not. */
  | (AboutQueueCall & { readonly kind: 'queue-call-abandoned' })
  | (AboutQueueCall & { readonly kind: 'queue-call-left' })
  /** A member answered; which one is told by another report. */
  | (AboutQueueCall & { readonly kind: 'queue-call-answered' })
  /** The caller hung up to be called back. */
  | (AboutQueueCall & { readonly kind: 'queue-callback-requested' });

/** The queue in which the caller was, or was to come, says why it let them go. */
export interface QueueExit {
  readonly kind: 'queue-exit';
  readonly at: number;
  /** The caller's leg. */
  readonly legId: string;
  /** Absent when the source does not tell: then it is the one that the caller came to last. */
  readonly queueId?: string;
  readonly reason: OverflowReason;
  /** The queue's own word for it. */
  readonly cause: string;
}

/** A member whom a queue rings, or has rung, for a caller. */
export interface OfferRef {
  /** The leg that rings at the member; a new one each time the member is tried. */
  readonly offerId: string;
  readonly member: MemberRef;
  /** The member's own number; empty when the source does not tell. */
  readonly memberNumber: string;
}

interface WrapUpTime {
  /** The queue's own wrap-up; a member's wins over it. */
  readonly wrapUpSeconds: number;
}

/** Which side ended a call: the other party, or ours. */
export type CallEnder = 'remote' | 'local';

/** A user's own call leg. States only advance: a late `ringing` after `up` changes nothing. */
export type LegEvent =
  | {
      readonly kind: 'leg-changed';
      readonly at: number;
      readonly userId: string;
      readonly legId: string;
      readonly state: 'ringing' | 'up';
      readonly held?: boolean;
      /** What the leg is in its call; absent when the source does not tell. */
      readonly call?: LegCall;
    }
  | {
      readonly kind: 'leg-held';
      readonly at: number;
      readonly legId: string;
      readonly held: boolean;
    };

/** A call has come to a user's number, before a phone of the user rings, or without. */
export interface CallArrived {
  readonly kind: 'call-arrived';
  readonly at: number;
  readonly userId: string;
  /** The leg that is to ring. */
  readonly legId: string;
  readonly call: LegCall;
}

/** A user's leg in its call. Numbers are empty when not known. */
export interface LegCall {
  /** One id for the whole call, over all its legs. */
  readonly callId: string;
  /** Whether the user made the call, or is called. */
  readonly role: 'caller' | 'callee';
  /** The user's phone rings, or has answered: before that it is only being called. */
  readonly rings: boolean;
  readonly callerNumber: string;
  readonly targetNumber: string;
  readonly userNumber: string;
}

/** Somebody who was called answered, whether or not it is one of the users. */
export interface CallAnswered {
  readonly kind: 'call-answered';
  readonly at: number;
  readonly callId: string;
  /** The leg that answered. */
  readonly legId: string;
}

/** The phone at the end of a leg asked to hang up: that side ends the call. */
export interface HangupRequested {
  readonly kind: 'hangup-requested';
  readonly at: number;
  readonly legId: string;
}

/** A user's own number was called in vain, and the call goes elsewhere or ends. */
export interface CallMissed {
  readonly kind: 'call-missed';
  readonly at: number;
  readonly userId: string;
  readonly callId: string;
  readonly legId: string;
  readonly callerNumber: string;
  readonly targetNumber: string;
  readonly reason: MissReason;
  /** Where the call goes; absent when only the user's own forwards tell. */
  readonly target?: string;
}

/** Why a user did not get a call. */
export type MissReason = 'no-answer' | 'busy' | 'unreachable' | 'do-not-disturb' | 'unknown';

/** A caller put in a parking place, or out of it: fetched, sent back, or hung up. */
export type ParkingEvent =
  CallParked | { readonly kind: 'call-unparked'; readonly at: number; readonly legId: string };

/** A caller is in a parking place. Who parked them is told, or follows from who was in the call. */
export interface CallParked {
  readonly kind: 'call-parked';
  readonly at: number;
  /** The parked caller's leg. */
  readonly legId: string;
  /** Whose phone parked it; empty when the source does not tell, or names a stranger's. */
  readonly userIds: readonly string[];
  /** The place, by its telephony system's name: it holds one caller, the one put there last. */
  readonly place?: string;
  readonly callId?: string;
  readonly parkerNumber?: string;
}

/** A channel is gone for good: a caller's leg, a user's leg or an offer's. */
export interface ChannelEnded {
  readonly kind: 'channel-ended';
  readonly at: number;
  readonly legId: string;
  /** The technical cause in the telephony system's words, when it tells one. */
  readonly cause?: string;
  /** The cause as a number of ITU-T Q.850. */
  readonly causeCode?: number;
  /** The phone rang in vain; for systems whose causes are not those of Q.850. */
  readonly unanswered?: boolean;
}
