import type { DomainEvent } from '../../../contact-center/index.js';
import { callEnds } from './call-end.js';
import { calledOf, calleeUser, callerUser, legCall, userAt } from './call-parties.js';
import { legIdOf, type PortsipLeg, withLeg } from './call-table.js';
import {
  applied,
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

/** call_start: a user calls, or a call comes to a user's own number. */
export function translateCallStart(
  message: MessageOf<'call_start'>,
  context: TranslationContext,
): Translation {
  if (!context.index.hasTenant(message.tenantId)) return UNKNOWN_ENTITY;
  const { calls, receivedAt: at } = context;
  const { sessionId, caller, callee } = message;
  if (calls.get(sessionId)?.endedAt !== undefined) return applied([]);
  let call = calledOf(message, context);
  const events: DomainEvent[] = [];
  const by = callerUser(message, context);
  if (by !== undefined && !call.legs.has(caller.number)) {
    const leg: PortsipLeg = { role: 'caller', userId: by.id, state: 'up', since: at };
    call = withLeg(call, caller.number, leg);
    const legId = legIdOf(sessionId, caller.number);
    const { id: userId } = by;
    const said = legCall(call, caller.number, leg, context);
    events.push({ kind: 'leg-changed', at, userId, legId, state: 'up', call: said });
  }
  const to = calleeUser(message, context);
  if (to !== undefined && !call.legs.has(callee.number)) {
    const leg: PortsipLeg = { role: 'callee', userId: to.id, state: 'called', since: at };
    call = withLeg(call, callee.number, leg);
    const legId = legIdOf(sessionId, callee.number);
    const said = legCall(call, callee.number, leg, context);
    events.push({ kind: 'call-arrived', at, userId: to.id, legId, call: said });
  }
  calls.put(call);
  return applied(events);
}

/** call_update_info: numbers of a call changed. What was told of it was so when it was told. */
export function translateCallUpdate(
  message: MessageOf<'call_update_info'>,
  context: TranslationContext,
): Translation {
  if (!context.index.hasTenant(message.tenantId)) return UNKNOWN_ENTITY;
  const { calls } = context;
  const known = calls.get(message.sessionId);
  if (known === undefined || known.endedAt !== undefined) return applied([]);
  const { caller, callerName } = message;
  calls.put({
    ...known,
    callerNumber: caller.number === '' ? known.callerNumber : caller.number,
    callerName: callerName === '' ? known.callerName : callerName,
  });
  return applied([]);
}

/** call_cdr: the record of a call that has ended. Steps that were missed are not made up from it. */
export function translateCallRecord(
  message: MessageOf<'call_cdr'>,
  context: TranslationContext,
): Translation {
  if (!context.index.hasTenant(message.tenantId)) return UNKNOWN_ENTITY;
  const { calls, receivedAt: at } = context;
  const { sessionId } = message;
  const known = calls.get(sessionId);
  if (known?.isRecorded === true) return applied([]);
  const events = callbacksMade(message, context);
  if (known !== undefined && known.endedAt === undefined) {
    events.push(...callEnds(known, message, context));
  }
  const call = calls.get(sessionId) ?? calledOf(message, context);
  calls.put({ ...call, endedAt: call.endedAt ?? at, isRecorded: true });
  return applied(events);
}

/**
 * Who asked to be called back was called. The PBX rings an agent first and the caller then, so the
 * record has the agent as one of the endpoints.
 */
function callbacksMade(message: MessageOf<'call_cdr'>, context: TranslationContext): DomainEvent[] {
  const { wishes, ids } = context;
  const { sessionId, tenantId, caller, callee, targets } = message;
  const attempts = targets.filter(({ callType }) => callType === 'queue_callback_call');
  const [last] = attempts.slice(-1);
  if (last === undefined) return [];
  const called = attempts.flatMap((target) => [target.caller.number, target.callee.number]);
  const found = wishes.find(sessionId, tenantId, [caller.number, callee.number, ...called]);
  if (found === undefined) return [];
  const { queueId, callerNumber } = found.wish;
  const agents = attempts.flatMap(({ callee: { number }, status }) => {
    const user = userAt(number, tenantId, context);
    return user === undefined ? [] : [{ userId: user.id, status }];
  });
  const takenBy = agents.find(({ status }) => status === 'answered')?.userId ?? null;
  const isAnswered = attempts.every(({ status }) => status === 'answered');
  if (isAnswered) wishes.delete(found.sessionId);
  return [
    {
      kind: 'callback-made',
      at: last.startAt ?? context.receivedAt,
      queueId,
      callId: ids.call(sessionId),
      callerNumber,
      handledBy: takenBy ?? agents[0]?.userId ?? null,
      takenBy,
      isAnswered,
    },
  ];
}
