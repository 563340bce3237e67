import { type CancelReason, type Occurrence, RESYNC_CAUSE } from './occurrences.js';
import { USER_CALL_TOLD, type UserCall, type UserCallTold } from './user-call.js';

/** A user's call with what of it was told, and what that was. */
export interface UserCallNews {
  readonly call: UserCall;
  readonly occurrences: readonly Occurrence[];
}

/** Causes of Q.850 that say more than that the other party is gone. */
const NO_ANSWER_CAUSES: ReadonlySet<number> = new Set([18, 19]);
const ANSWERED_ELSEWHERE_CAUSE = 26;

/**
 * What happened in the user's call by `now` (epoch ms) and was not told yet, in the order in which
 * a call goes. What a queue offers is told as the queue's call, not here.
 */
export function takeUserCallNews(call: UserCall, now: number): UserCallNews {
  if (call.isQueueCall || now < call.heldUntil) return { call, occurrences: [] };
  return call.role === 'caller' ? outgoingNews(call) : incomingNews(call);
}

/** When the passing of time alone makes news of the call, epoch ms. */
export function userCallDeadline(call: UserCall): number | undefined {
  const isSilent = call.isQueueCall || call.told !== USER_CALL_TOLD.nothing;
  const hasCome = (call.arrivedAt ?? call.rangAt) !== undefined;
  return isSilent || !hasCome ? undefined : call.heldUntil;
}

function incomingNews(call: UserCall): UserCallNews {
  const occurrences: Occurrence[] = [];
  let { told } = call;
  const { arrivedAt, rangAt, answeredAt, endedAt } = call;
  const cameAt = arrivedAt ?? rangAt;
  if (told < USER_CALL_TOLD.arrived && cameAt !== undefined) {
    occurrences.push(...arrived(call, cameAt));
    told = USER_CALL_TOLD.arrived;
  }
  if (told < USER_CALL_TOLD.allocated && rangAt !== undefined) {
    occurrences.push(allocated(call, rangAt));
    told = USER_CALL_TOLD.allocated;
  }
  if (told === USER_CALL_TOLD.allocated && answeredAt !== undefined) {
    occurrences.push(connected(call, answeredAt));
    told = USER_CALL_TOLD.connected;
  }
  if (told < USER_CALL_TOLD.over && endedAt !== undefined) {
    if (told > USER_CALL_TOLD.nothing) occurrences.push(...ended(call, told, endedAt));
    told = USER_CALL_TOLD.over;
  }
  return { call: withTold(call, told), occurrences };
}

/** The caller's own leg is up from the start; the call is connected when the other party answers. */
function outgoingNews(call: UserCall): UserCallNews {
  const occurrences: Occurrence[] = [];
  let { told } = call;
  const { answeredAt, endedAt } = call;
  if (told < USER_CALL_TOLD.connected && answeredAt !== undefined) {
    occurrences.push({ kind: 'user-call-out-connected', at: answeredAt, ...aboutCall(call) });
    told = USER_CALL_TOLD.connected;
  }
  if (told < USER_CALL_TOLD.over && endedAt !== undefined) {
    const kind = 'user-call-out-disconnected';
    occurrences.push({ kind, at: endedAt, ...aboutCall(call), ...endOf(call) });
    told = USER_CALL_TOLD.over;
  }
  return { call: withTold(call, told), occurrences };
}

/** Without a word of its coming a call comes when it rings. */
function arrived(call: UserCall, at: number): Occurrence[] {
  const about = { at, ...aboutCall(call) };
  return [
    { kind: 'user-call-incoming', ...about },
    { kind: 'user-call-arrived', ...about },
  ];
}

function allocated(call: UserCall, at: number): Occurrence {
  const { userNumber } = call;
  return { kind: 'user-call-allocated', at, ...aboutCall(call), userNumber };
}

function connected(call: UserCall, at: number): Occurrence {
  const about = aboutCall(call);
  const { userNumber, answeredLegId: userLegId = about.legId } = call;
  return { kind: 'user-call-connected', at, ...about, userNumber, userLegId };
}

function ended(call: UserCall, told: UserCallTold, at: number): Occurrence[] {
  const about = { at, ...aboutCall(call) };
  const disconnected = { kind: 'user-call-disconnected' as const, ...about, ...endOf(call) };
  if (told !== USER_CALL_TOLD.allocated) return [disconnected];
  return [{ kind: 'user-call-cancelled', ...about, reason: cancelReason(call) }, disconnected];
}

function cancelReason({ causeCode, unanswered }: UserCall): CancelReason {
  if (unanswered === true) return 'no-answer';
  if (causeCode === ANSWERED_ELSEWHERE_CAUSE) return 'connected-elsewhere';
  return NO_ANSWER_CAUSES.has(causeCode ?? 0) ? 'no-answer' : 'caller-gone';
}

function endOf({ endedBy, causeCode, cause, isLost }: UserCall) {
  if (isLost) return { endedBy: 'remote' as const, cause: RESYNC_CAUSE };
  return { endedBy, cause: causeCode === undefined ? (cause ?? null) : String(causeCode) };
}

/** All steps of a user's call are told of its first leg, so that they belong together. */
function aboutCall(call: UserCall) {
  const { userId, callId, callerNumber, targetNumber } = call;
  const legId = call.legs[0]?.legId ?? '';
  return { userId, callId, legId, callerNumber, targetNumber, queueId: null };
}

function withTold(call: UserCall, told: UserCallTold): UserCall {
  return call.told === told ? call : { ...call, told };
}
