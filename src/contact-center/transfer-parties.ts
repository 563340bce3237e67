import type { CallTransfer, TransferredCall } from './call-transfer.js';
import { BURST_MS, LEAVE_GRACE_MS } from './limits.js';
import type { QueueVisit } from './queue-visit.js';
import type { TransferTarget } from './transfer-occurrences.js';
import { USER_CALL_TOLD, type UserCall } from './user-call.js';
import type { UserCallTable } from './user-call-table.js';
import type { VisitTable } from './visit-table.js';

/** Where calls and their parties are looked up. */
export interface CallTables {
  readonly calls: UserCallTable;
  readonly visits: VisitTable;
  /** When others than users answered in a call. */
  readonly strangersAnswers: (callId: string) => readonly number[];
}

/**
 * The call that is sent on: the one whose leg transfers it, or the one that a queue gave to its
 * agent. Undefined while no inbound call is known that a user has answered; an outgoing call of a
 * user is none.
 */
export function transferredCall(
  transfer: CallTransfer,
  { calls, visits }: CallTables,
): TransferredCall | undefined {
  const own = transfer.transferrerLegIds.flatMap((legId) => calls.ofLeg(legId));
  const direct = own.find(isAnsweredDirect);
  if (direct !== undefined) return ofUserCall(direct);
  const offered = own.filter((call) => call.isQueueCall);
  const byCaller = visits.ofLeg(transfer.transferredLegId ?? '');
  const byAgent = offered.flatMap(({ userId, callId }) =>
    visits.ofUser(userId).filter((visit) => visit.callId === callId),
  );
  const visit = latest([...byCaller, ...byAgent].filter((one) => hasAgentOf(one, transfer)));
  return visit && ofVisit(visit, transfer.userId);
}

/** Who is to get the call, and who took it, as far as the call's other parties tell. */
export function transferTarget(
  transfer: CallTransfer,
  call: TransferredCall,
  { calls, visits, strangersAnswers }: CallTables,
): TransferTarget {
  const since = transfer.firstAt - BURST_MS;
  const called = calls
    .inCall(call.callId)
    .filter(({ role, userId }) => role === 'callee' && !call.userIds.includes(userId))
    .filter((one) => one.since >= since);
  const ofTargetLeg = calls.ofLeg(transfer.targetLegId ?? '').map(({ userId }) => userId);
  const [user = ''] = [...ofTargetLeg, ...called.map(({ userId }) => userId)];
  const target = transfer.targetNumber === '' ? user : transfer.targetNumber;
  const answers = called.flatMap(({ userId, answeredAt }) =>
    answeredAt === undefined ? [] : [{ at: answeredAt, by: userId }],
  );
  for (const at of strangersAnswers(call.callId)) {
    if (at >= since) answers.push({ at, by: target });
  }
  for (const visit of visits.ofLeg(transfer.transferredLegId ?? '')) {
    const { joinedAt: at, queueId } = visit;
    const isTransferred = hasAgentOf(visit, transfer);
    if (at !== undefined && at >= since && !isTransferred) answers.push({ at, by: queueId });
  }
  const [answered] = answers.toSorted((a, b) => a.at - b.at);
  return answered === undefined ? { target } : { target, answered };
}

/** One that a queue may have offered is told later than one that it cannot have. */
function isAnsweredDirect({ role, isQueueCall, told }: UserCall): boolean {
  return role === 'callee' && !isQueueCall && told >= USER_CALL_TOLD.connected;
}

/** Whether an agent had the caller when the transfer began, as far as is known the one who transfers. */
function hasAgentOf({ connected, completedAt }: QueueVisit, transfer: CallTransfer): boolean {
  const { firstAt, userId } = transfer;
  if (connected === undefined || connected.at > firstAt + BURST_MS) return false;
  if (completedAt !== undefined && completedAt < firstAt - LEAVE_GRACE_MS) return false;
  return userId === undefined || connected.member.userIds.includes(userId);
}

function latest(visits: readonly QueueVisit[]): QueueVisit | undefined {
  return visits.toSorted((a, b) => (a.connected?.at ?? 0) - (b.connected?.at ?? 0)).at(-1);
}

function ofUserCall(call: UserCall): TransferredCall {
  const { userId, callId, callerNumber, targetNumber, legs } = call;
  const legId = legs[0]?.legId ?? '';
  return { userIds: [userId], callId, legId, queueId: null, callerNumber, targetNumber };
}

/** Of users who share an agent, the one told is the one who transfers. */
function ofVisit(visit: QueueVisit, userId: string | undefined): TransferredCall {
  const { callId, legId, queueId, callerNumber, targetNumber, connected } = visit;
  const userIds = userId === undefined ? (connected?.member.userIds ?? []) : [userId];
  return { userIds, callId, legId, queueId, callerNumber, targetNumber };
}
