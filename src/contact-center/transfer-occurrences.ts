import type { CallTransfer, TransferredCall } from './call-transfer.js';
import { BURST_MS, LEAVE_GRACE_MS, TRANSFER_TARGET_MS } from './limits.js';
import type { AboutTransfer, Occurrence } from './occurrences.js';
import type { TransferFailure } from './transfer-events.js';

/** What the other tables know of a transfer's target. */
export interface TransferTarget {
  /** Who or what it is: a user's or queue's id, or a number; empty when not known. */
  readonly target: string;
  /** When the target took a call that was sent on blindly, and who that was. */
  readonly answered?: { readonly at: number; readonly by: string };
}

/** A transfer with what of it was told, and what that was. */
export interface TransferNews {
  readonly transfer: CallTransfer;
  readonly occurrences: readonly Occurrence[];
}

/**
 * What happened in the transfer and was not told yet, in the order in which one goes: it begins,
 * the target answers and the user lets go, or, in a blind one, the user lets go first. One that was
 * answered did not come to nothing, whatever is said of it later. `now` (epoch ms) ends graces; it
 * is absent while facts come in, of which an earlier one may be the next.
 */
export function takeTransferNews(
  transfer: CallTransfer,
  target: TransferTarget,
  now?: number,
): TransferNews {
  const { call, told } = transfer;
  if (call === undefined) return { transfer, occurrences: [] };
  const connected = connection(transfer, target);
  const failed = connected === undefined ? certainFailure(transfer, now) : undefined;
  const isDecided = connected !== undefined || failed !== undefined;
  const isTargetKnown = target.target !== '' || (now ?? 0) >= transfer.firstAt + TRANSFER_TARGET_MS;
  if (!told.started && !isTargetKnown && !isDecided) return { transfer, occurrences: [] };
  const occurrences = told.started ? [] : tellStarted(transfer, call, target.target);
  const leaving = transfer.handedOver ?? (transfer.flow === 'blind' ? connected : undefined);
  const sentOn = told.sentOn || leaving === undefined ? [] : tellSentOn(call, target, leaving);
  const outcome = told.outcome ? [] : tellOutcome(transfer, call, connected, failed);
  occurrences.push(
    ...(transfer.flow === 'blind' ? [...sentOn, ...outcome] : [...outcome, ...sentOn]),
  );
  const isSentOn = told.sentOn || leaving !== undefined;
  return {
    transfer: {
      ...transfer,
      told: { started: true, sentOn: isSentOn, outcome: told.outcome || isDecided },
    },
    occurrences,
  };
}

/** When the passing of time alone makes news of the transfer, epoch ms. */
export function transferDeadline(transfer: CallTransfer): number | undefined {
  const { call, told, firstAt } = transfer;
  if (call === undefined || told.outcome) return undefined;
  const failsAt = failure(transfer)?.certainAt;
  if (told.started) return failsAt;
  return Math.min(firstAt + TRANSFER_TARGET_MS, failsAt ?? Infinity);
}

interface Connected {
  readonly at: number;
  readonly target: string;
  readonly cause: string;
}

/** Who lets go of an attended transfer leaves the caller with the target. */
function connection(
  { answeredAt, handedOver, flow }: CallTransfer,
  { target, answered }: TransferTarget,
): Connected | undefined {
  const by = answered?.by ?? target;
  const cause = handedOver?.cause ?? '';
  if (answeredAt !== undefined) return { at: answeredAt, target: by, cause };
  if (flow === 'attended') {
    return handedOver === undefined ? undefined : { at: handedOver.at, target: by, cause };
  }
  return answered === undefined ? undefined : { at: answered.at, target: by, cause };
}

interface Failure {
  readonly at: number;
  /** From then on no event of the same burst can show that the target had answered. */
  readonly certainAt: number;
  readonly reason: TransferFailure;
  readonly cause: string | null;
}

function certainFailure(transfer: CallTransfer, now: number | undefined): Failure | undefined {
  const failed = failure(transfer);
  return failed === undefined || now === undefined || now < failed.certainAt ? undefined : failed;
}

/** wazo-calld tells of a blind transfer only that it ended, whether or not it came to something. */
function failure({ failed, endedAt, callerEndedAt }: CallTransfer): Failure | undefined {
  if (failed !== undefined) return { ...failed, certainAt: failed.at + BURST_MS };
  const overAt = Math.min(endedAt ?? Infinity, callerEndedAt ?? Infinity);
  if (overAt === Infinity) return undefined;
  const reason = callerEndedAt === undefined ? 'failed' : 'caller-gone';
  return { at: overAt, certainAt: overAt + LEAVE_GRACE_MS, reason, cause: null };
}

function tellStarted(transfer: CallTransfer, call: TransferredCall, target: string): Occurrence[] {
  const { firstAt: at, flow } = transfer;
  return ofBoth({ ...call, at, flow }, (about) => ({ ...about, step: 'started', target }));
}

function tellOutcome(
  { flow }: CallTransfer,
  call: TransferredCall,
  connected: Connected | undefined,
  failed: Failure | undefined,
): Occurrence[] {
  if (connected !== undefined) {
    const { at, target } = connected;
    return ofBoth({ ...call, at, flow }, (about) => ({ ...about, step: 'connected', target }));
  }
  if (failed === undefined) return [];
  const { at, reason, cause } = failed;
  return ofBoth({ ...call, at, flow }, (about) => ({ ...about, step: 'cancelled', reason, cause }));
}

/** The call is the user's no more. */
function tellSentOn(
  call: TransferredCall,
  { target, answered }: TransferTarget,
  { at, cause }: { readonly at: number; readonly cause: string },
): Occurrence[] {
  const { userIds, ...about } = call;
  const connectedTarget = target === '' ? (answered?.by ?? '') : target;
  return userIds.map((userId) => ({
    kind: 'user-call-sent-on',
    at,
    ...about,
    userId,
    target: connectedTarget,
    cause,
    reason: 'transfer',
  }));
}

/** A transfer is told of each user who has the call, and of the queue that had offered it. */
function ofBoth(
  { userIds, ...call }: TransferredCall & Pick<AboutTransfer, 'at' | 'flow'>,
  step: (about: AboutTransfer) => Occurrence,
): Occurrence[] {
  const [firstId = ''] = userIds;
  const ofUsers = userIds.map((userId) => step({ kind: 'user-transfer', ...call, userId }));
  if (call.queueId === null) return ofUsers;
  return [...ofUsers, step({ kind: 'queue-transfer', ...call, userId: firstId })];
}
