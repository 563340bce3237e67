import type { Occurrence } from './occurrences.js';
import { TOLD_WRAP_UP_SLACK_MS } from './limits.js';
import type { QueueMember } from './queue-member.js';

/** That the member's wrap-up began, for each user behind the member. */
export function wrapUpStarted({ wrapUp, member, queueId }: QueueMember): Occurrence[] {
  if (wrapUp === undefined) return [];
  const { start: at, end, callId, legId } = wrapUp;
  const maxSeconds = Math.round((end - at) / 1000);
  return member.userIds.map((userId) => ({
    kind: 'wrap-up-started',
    at,
    callId,
    legId,
    userId,
    queueId,
    maxSeconds,
  }));
}

/** That the member's wrap-up ended at `at` (epoch ms), by itself or before its time. */
export function wrapUpEnded({ wrapUp, member, queueId }: QueueMember, at: number): Occurrence[] {
  if (wrapUp?.isTold !== true) return [];
  const { start, end, callId, legId, untilTold = false } = wrapUp;
  const endedAt = Math.max(untilTold ? at : Math.min(at, end), start);
  const reason = at >= (untilTold ? end - TOLD_WRAP_UP_SLACK_MS : end) ? 'timer' : 'manual';
  const elapsedSeconds = Math.round((endedAt - start) / 1000);
  return member.userIds.map((userId) => ({
    kind: 'wrap-up-ended',
    at: endedAt,
    callId,
    legId,
    userId,
    queueId,
    reason,
    elapsedSeconds,
  }));
}
