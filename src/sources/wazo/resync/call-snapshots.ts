import type { CallsSnapshot, LegSnapshot } from '../../../contact-center/index.js';
import type { CalldCall } from '../rest/wazo-calld.js';
import { legCall } from '../translate-call.js';
import type { ChannelList } from './channel-list.js';
import type { LegOwner, LegOwners, SnapshotScope } from './snapshot-scope.js';

/** Whose legs wazo-calld lists. */
export function legOwners(calls: readonly CalldCall[], { index, at }: SnapshotScope): LegOwners {
  const owners = new Map<string, LegOwner>();
  for (const call of calls) {
    const user = call.user_uuid ? index.user(call.user_uuid) : undefined;
    if (user === undefined) continue;
    owners.set(call.call_id, { userId: user.id, answeredAt: answerTime(call, at) });
  }
  return owners;
}

/** Whose calls a snapshot speaks of. */
interface Spoken {
  readonly userIds: readonly string[];
  readonly queueIds: readonly string[];
}

/**
 * The live calls. Each service alone can say that a leg is gone: Asterisk of all legs, so that
 * callers in queues end, too; wazo-calld of those of users, and what these are in their calls.
 * @returns undefined when neither has answered
 */
export function callsSnapshot(
  calls: readonly CalldCall[] | undefined,
  channels: ChannelList | undefined,
  { userIds, queueIds }: Spoken,
  scope: SnapshotScope,
): CallsSnapshot | undefined {
  if (calls === undefined && channels === undefined) return undefined;
  return {
    userIds,
    queueIds: channels === undefined ? [] : queueIds,
    legs: calls === undefined ? [] : legSnapshots(calls, scope),
    otherLegIds: channels?.ids ?? [],
  };
}

function legSnapshots(calls: readonly CalldCall[], scope: SnapshotScope): LegSnapshot[] {
  const answered = new Set(
    calls
      .filter(({ is_caller: isCaller, status }) => isCaller === false && status === 'Up')
      .map(({ conversation_id: linkedId }) => linkedId),
  );
  return calls.flatMap((call) => {
    const user = call.user_uuid ? scope.index.user(call.user_uuid) : undefined;
    if (user === undefined) return [];
    const isUp = call.status === 'Up';
    const said = legCall(call, isUp, user, scope);
    const isAnswered = said?.role === 'caller' ? answered.has(call.conversation_id) : isUp;
    return [
      {
        legId: call.call_id,
        userId: user.id,
        state: isUp ? ('up' as const) : ('ringing' as const),
        held: call.on_hold ?? false,
        ...(said === undefined ? {} : { call: { ...said, answered: isAnswered } }),
      },
    ];
  });
}

/** Times of wazo-calld have a zone; one that has none, or is ahead of ours, is not taken. */
function answerTime({ answer_time: text }: CalldCall, at: number): number | undefined {
  if (typeof text !== 'string' || !/(?:Z|[+-]\d\d:?\d\d)$/u.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) || time > at ? undefined : time;
}
