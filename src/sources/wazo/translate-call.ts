import type { z } from 'zod';
import {
  type DomainEvent,
  isGuid,
  type LegCall,
  type MissReason,
} from '../../contact-center/index.js';
import type { User } from '../../directory/types.js';
import type { callEvent, callHoldEvent, missedCallEvent } from './bus-event.js';
import {
  applied,
  callIdOf,
  IRRELEVANT,
  type Translation,
  type TranslationContext,
  type Translator,
  UNKNOWN_ENTITY,
} from './translation.js';

type CallData = z.infer<typeof callEvent>;

/** wazo-calld reports a leg of a call, which its status tells to be up or not. */
export const callReported: Translator<CallData> = (data, context) =>
  report(data, data.status === 'Up', context);

/** The leg is up, whatever its status. */
export const callAnswered: Translator<CallData> = (data, context) => report(data, true, context);

function report(data: CallData, isUp: boolean, context: TranslationContext): Translation {
  const { user_uuid: userUuid, line_id: lineId } = data;
  const isNobodys = userUuid === undefined || userUuid === null || userUuid === '';
  const user = isNobodys ? undefined : context.index.user(userUuid);
  if (user === undefined) {
    const answered = isUp ? otherPartyAnswered(data, context) : undefined;
    if (answered !== undefined) return applied(answered);
    return isNobodys ? IRRELEVANT : UNKNOWN_ENTITY;
  }
  if (typeof lineId === 'number') context.lines.learn(lineId, user.id);
  const call = legCall(data, isUp, user, context);
  return applied({
    kind: 'leg-changed',
    at: context.receivedAt,
    userId: user.id,
    legId: data.call_id,
    state: isUp ? 'up' : 'ringing',
    ...(typeof data.on_hold === 'boolean' ? { held: data.on_hold } : {}),
    ...(call === undefined ? {} : { call }),
  });
}

/** A trunk's leg, or that of somebody unknown here, is up: whoever called it is connected. */
function otherPartyAnswered(data: CallData, context: TranslationContext): DomainEvent | undefined {
  const linkedId = data.conversation_id ?? '';
  if (linkedId === '' || data.is_caller !== false) return undefined;
  // Nobody's organization can stand in for the Wazo that says it.
  if (!isGuid(context.originUuid)) return undefined;
  const callId = callIdOf(linkedId, context.originUuid, context);
  return { kind: 'call-answered', at: context.receivedAt, callId, legId: data.call_id };
}

/** Who the user is in the call; undefined for systems that do not tell. */
export function legCall(
  data: Omit<CallData, 'call_id'>,
  isUp: boolean,
  user: User,
  context: Pick<TranslationContext, 'originUuid'>,
): LegCall | undefined {
  const { conversation_id: linkedId, is_caller: isCaller } = data;
  if (typeof linkedId !== 'string' || linkedId === '' || typeof isCaller !== 'boolean') {
    return undefined;
  }
  const own = data.caller_id_number ?? '';
  const peer = data.peer_caller_id_number ?? '';
  const dialled = data.dialed_extension ?? '';
  const target = isCaller ? peer : own;
  return {
    callId: callIdOf(linkedId, user.organizationId, context),
    role: isCaller ? 'caller' : 'callee',
    rings: isUp || data.status === 'Ringing',
    callerNumber: isCaller ? own : peer,
    targetNumber: dialled === '' ? target : dialled,
    userNumber: own,
  };
}

/** A leg is gone, with Asterisk's reason. */
export const callEnded: Translator<CallData> = (
  { call_id: legId, reason_code: causeCode },
  { receivedAt: at },
) =>
  applied({
    kind: 'channel-ended',
    at,
    legId,
    ...(typeof causeCode === 'number' ? { causeCode } : {}),
  });

/** A leg is put on hold, or taken back. */
export function callHeld(held: boolean): Translator<z.infer<typeof callHoldEvent>> {
  return ({ call_id: legId }, { receivedAt: at }) => applied({ kind: 'leg-held', at, legId, held });
}

/** The words of Wazo's dialplan. */
const MISS_REASONS: ReadonlyMap<string, MissReason> = new Map([
  ['no-answer', 'no-answer'],
  ['busy', 'busy'],
  ['channel-unavailable', 'unreachable'],
  ['phone-unreachable', 'unreachable'],
  ['dnd-enabled', 'do-not-disturb'],
]);

/** A user's own number was called in vain. */
export const callMissed: Translator<z.infer<typeof missedCallEvent>> = (data, context) => {
  const user = context.index.user(data.user_uuid);
  if (user === undefined) return UNKNOWN_ENTITY;
  const { conversation_id: linkedId, reason } = data;
  return applied({
    kind: 'call-missed',
    at: context.receivedAt,
    userId: user.id,
    callId: callIdOf(linkedId, user.organizationId, context),
    legId: linkedId,
    callerNumber: data.caller_id_number ?? '',
    targetNumber: data.dialed_extension ?? '',
    reason: MISS_REASONS.get(reason ?? '') ?? 'unknown',
  });
};
