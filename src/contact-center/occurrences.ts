import type { CallEnder, MissReason } from './call-events.js';
import type { SupervisionMode } from './supervision-events.js';
import type { TransferFailure, TransferFlow } from './transfer-events.js';

/**
 * Something that happened once and is told once. `at` is epoch ms; ids of users, queues and calls
 * are guids, `legId` is the telephony system's own string; numbers are empty when not known.
 */
export type Occurrence =
  | CallerUnserved
  | CallbackMade
  | CallOccurrence
  | TransferOccurrence
  | UserCallSentOn
  | UserSettingChanged
  | UserAlerted
  | SupervisionChanged;

/** The technical cause of an end that only a snapshot showed. */
export const RESYNC_CAUSE = 'resync';

/** The technical cause of the end of a wait when the caller asked to be called back. */
export const CALLBACK_CAUSE = 'callback_requested';

/** A step in the course of a call, or of the wrap-up after it. */
export type CallOccurrence = QueueCallOccurrence | UserCallOccurrence | WrapUpOccurrence;

/** A user's setting reads differently than it was told last. */
export interface UserSettingChanged {
  readonly kind: 'user-setting-changed';
  readonly at: number;
  readonly userId: string;
  /** Such as `services.dnd` or `forwards.busy`. */
  readonly keyword: string;
  readonly value: string;
  /** Its parts, where it has several. */
  readonly values: Readonly<Record<string, string>> | null;
}

/** The condition of an alert on a queue came true; one for each user who wants to know. */
export interface UserAlerted {
  readonly kind: 'user-alerted';
  readonly at: number;
  readonly userId: string;
  readonly queueId: string;
  readonly alertId: string;
  readonly name: string;
  /** Such as `longestWait > 60`. */
  readonly expression: string;
  readonly limit: number;
  /** What was measured. */
  readonly value: number;
}

/** Somebody to call back. */
export type CallerUnserved = CallerGaveUp | OverflowUnanswered | CallbackAsked;

interface AboutCaller {
  readonly at: number;
  readonly queueId: string;
  readonly callId: string;
  readonly legId: string;
  readonly callerNumber: string;
  readonly callerName: string;
}

/** A caller hung up while waiting. */
export interface CallerGaveUp extends AboutCaller {
  readonly kind: 'caller-gave-up';
}

/** A caller hung up to be called back. */
export interface CallbackAsked extends AboutCaller {
  readonly kind: 'callback-asked';
}

/** A caller whom the queue had sent on hung up in the end, and nobody had answered. */
export interface OverflowUnanswered extends AboutCaller {
  readonly kind: 'overflow-unanswered';
}

/** Who asked to be called back was called. */
export interface CallbackMade {
  readonly kind: 'callback-made';
  readonly at: number;
  /** The queue in which they had asked. */
  readonly queueId: string;
  readonly callId: string;
  readonly callerNumber: string;
  /** The user who was to talk to them; null when not known. */
  readonly handledBy: string | null;
  /** The user who took the call first and was put through to them; null when nobody known did. */
  readonly takenBy: string | null;
  /** Whether they answered. */
  readonly isAnswered: boolean;
}

interface AboutCall {
  readonly at: number;
  readonly callId: string;
  readonly legId: string;
  readonly callerNumber: string;
  /** What the caller dialled. */
  readonly targetNumber: string;
}

interface AboutQueue extends AboutCall {
  readonly queueId: string;
}

/** A queue's side of a call; nothing of it follows once a member has answered. */
export type QueueCallOccurrence =
  | (AboutQueue & { readonly kind: 'queue-call-incoming' | 'queue-call-arrived' })
  | (AboutQueue & {
      readonly kind: 'queue-call-disconnected';
      readonly endedBy: CallEnder;
      readonly cause: string | null;
    })
  | (AboutQueue & {
      readonly kind: 'queue-call-overflowed';
      readonly reason: OverflowReason;
      /** The queue's own word for it; null when it does not tell. */
      readonly cause: string | null;
    });

/**
 * `no-agent`: nobody took it in time, or nobody was there. `full`: there was no room. `unknown`:
 * something else, or the source does not tell.
 */
export type OverflowReason = 'no-agent' | 'full' | 'unknown';

interface AboutUser extends AboutCall {
  readonly userId: string;
  /** The queue that offered the call; null for a call to the user's own number. */
  readonly queueId: string | null;
}

/** A user's side of a call; `out` is one that the user made. */
export type UserCallOccurrence =
  | (AboutUser & { readonly kind: 'user-call-incoming' | 'user-call-arrived' })
  | (AboutUser & {
      readonly kind: 'user-call-overflowed';
      readonly reason: MissReason;
      /** Where the user's forward leads; empty when there is none for that reason. */
      readonly target: string;
    })
  | (AboutUser & { readonly kind: 'user-call-out-connected' })
  | (AboutUser & {
      readonly kind: 'user-call-out-disconnected';
      readonly endedBy: CallEnder;
      readonly cause: string | null;
    })
  | (AboutUser & { readonly kind: 'user-call-allocated'; readonly userNumber: string })
  | (AboutUser & {
      readonly kind: 'user-call-connected';
      readonly userNumber: string;
      /** The leg that leads to the user. */
      readonly userLegId: string;
    })
  | (AboutUser & { readonly kind: 'user-call-cancelled'; readonly reason: CancelReason })
  | (AboutUser & {
      readonly kind: 'user-call-disconnected';
      readonly endedBy: CallEnder;
      readonly cause: string | null;
    });

/** Why a call that rang at a user rings no more. */
export type CancelReason = 'no-answer' | 'connected-elsewhere' | 'caller-gone';

interface AboutWrapUp {
  readonly at: number;
  readonly callId: string;
  readonly legId: string;
  readonly userId: string;
  readonly queueId: string;
}

/** The time after a queue call in which its agent gets no other. */
export type WrapUpOccurrence =
  | (AboutWrapUp & {
      readonly kind: 'wrap-up-enabled' | 'wrap-up-started';
      readonly maxSeconds: number;
    })
  | (AboutWrapUp & {
      readonly kind: 'wrap-up-ended';
      /** Whether its time had passed, or a new call or a logoff ended it. */
      readonly reason: 'timer' | 'manual';
      readonly elapsedSeconds: number;
    });

/**
 * A step of the transfer of a call that a user has: told of the user, and of the queue that had
 * offered the call.
 */
export type TransferOccurrence = AboutTransfer &
  (
    | { readonly step: 'started' | 'connected'; readonly target: string }
    | {
        readonly step: 'cancelled';
        readonly reason: TransferFailure;
        readonly cause: string | null;
      }
  );

export interface AboutTransfer extends AboutUser {
  readonly kind: 'user-transfer' | 'queue-transfer';
  readonly flow: TransferFlow;
}

/** A user's call goes on to somebody else. `target` is an id or a number, empty when not known. */
export interface UserCallSentOn extends AboutUser {
  readonly kind: 'user-call-sent-on';
  readonly reason: 'transfer' | 'forward';
  readonly target: string;
  /** The telephony system's word for what sent it on. */
  readonly cause: string;
}

/** Somebody listens in on a user's call, or no longer does. */
export interface SupervisionChanged {
  readonly kind: 'supervision-changed';
  readonly at: number;
  /** Whose call it is. */
  readonly targetId: string;
  /** The user who listens; null for somebody who is none. */
  readonly supervisorId: string | null;
  readonly callId: string;
  /** The queue that offered the call; null for none. */
  readonly queueId: string | null;
  /** The leg that is listened to, and that of who listens. */
  readonly legId: string;
  readonly supervisorLegId: string;
  readonly state: SupervisionMode | 'none';
}
