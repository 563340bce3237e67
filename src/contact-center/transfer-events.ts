/** What a telephony system says of a user's sending on a call; may arrive in any order. */
export interface TransferReport {
  readonly kind: 'call-transfer';
  readonly at: number;
  /** Which of a system's services says so; two may tell of the same transfer. */
  readonly teller: string;
  /** The teller's own name of the transfer: another name is another transfer. */
  readonly transferId: string;
  readonly step: TransferStep;
  readonly flow: TransferFlow;
  /** Who transfers; absent when only the legs tell. */
  readonly userId?: string;
  /** The legs of who transfers: the one in the call, and the one to the target if that is another. */
  readonly transferrerLegIds: readonly string[];
  /** The leg of the caller who is sent on. */
  readonly transferredLegId?: string;
  /** The leg to the target. */
  readonly targetLegId?: string;
  /** Empty when not known. */
  readonly targetNumber: string;
  /** The teller's word for what happened. */
  readonly cause: string;
}

/** `blind`: the user lets go of the call before the target answers. */
export type TransferFlow = 'blind' | 'attended';

/**
 * - `started`: the target is called, or will be
 * - `answered`: by the target
 * - `handed-over`: the user has let go of the call; in a blind transfer the target may still ring
 * - `ended`: nothing more follows; what came of it was told before, or it came to nothing
 * - the others: it came to nothing, and why
 */
export type TransferStep = 'started' | 'answered' | 'handed-over' | 'ended' | TransferFailure;

/** Taken back by the user or refused by the target; the caller hung up; it could not be done. */
export type TransferFailure = 'cancelled' | 'caller-gone' | 'failed';
