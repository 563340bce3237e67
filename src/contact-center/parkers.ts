import type { CallParked } from './call-events.js';
import type { UserCallTable } from './user-call-table.js';

/**
 * The users who parked the caller: those told, else the one in the call with the number that parked
 * it, else the only one in it. Nobody when that leaves several, or the call is not known.
 */
export function parkers(event: CallParked, calls: UserCallTable): readonly string[] {
  const { userIds, callId, legId, parkerNumber } = event;
  if (userIds.length > 0 || callId === undefined) return userIds;
  const others = calls
    .inCall(callId)
    .filter(({ legs }) => !legs.some((leg) => leg.legId === legId));
  const byNumber = others.filter(
    ({ userNumber }) => userNumber !== '' && userNumber === parkerNumber,
  );
  const found = new Set((byNumber.length > 0 ? byNumber : others).map(({ userId }) => userId));
  return found.size === 1 ? [...found] : [];
}
