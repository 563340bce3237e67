import type { z } from 'zod';
import {
  callGuid,
  type DomainEvent,
  isGuid,
  type LegCall,
  type MissReason,
} from '../../contact-center/index.js';
import type { User } from '../../directory/types.js';
import type { BusEnvelope } from './bus-envelope.js';
import { callEvent, callHoldEvent, missedCallEvent } from './bus-event.js';
import type { BusEventName } from './event-names.js';
import type { BusParkingName } from './translate-parking.js';
import {
  applied,
  type BusContext,
  IRRELEVANT,
  readData,
  type Translation,
  UNKNOWN_ENTITY,
} from './translation.js';

type CallEventName = Exclude<
  Extract<BusEventName, `call_${string}` | 'user_missed_call'>,
  BusParkingName
>;
type CallData = z.infer<typeof callEvent>;

/**
 * Translates an event of wazo-calld about a leg of a call.
 * @throws MalformedBusMessage when a field is missing or is not what the service writes
 */
export function translateCall(
  name: CallEventName,
  envelope: BusEnvelope,
  context: BusContext,
): Translation {
  switch (name) {
    case 'call_created':
    case 'call_updated':
    case 'call_answered':
      return callReport(name, envelope, context);
    case 'call_ended':
      return callEnded(envelope, context);
    case 'call_held':
    case 'call_resumed': {
      const { call_id: legId } = readData(envelope, callHoldEvent);
      const held = name === 'call_held';
      return applied({ kind: 'leg-held', at: context.receivedAt, legId, held });
    }
    case 'user_missed_call':
      return missedCall(envelope, context);
  }
}

function callReport(name: CallEventName, envelope: BusEnvelope, context: BusContext): Translation {
  const data = readData(envelope, callEvent);
  const isUp = name === 'call_answered' || data.status === 'Up';
  const { user_uuid: userUuid, line_id: lineId } = data;
  const isNobodys = userUuid === undefined || userUuid === null || userUuid === '';
  const user = isNobodys ? undefined : context.index.user(userUuid);
  if (user === undefined) {
    const answered = isUp ? otherPartyAnswered(data, envelope, context) : undefined;
    if (answered !== undefined) return applied(answered);
    return isNobodys ? IRRELEVANT : UNKNOWN_ENTITY;
  }
  if (typeof lineId === 'number') context.lines.learn(lineId, user.id);
  const call = legCall(data, isUp, envelope, user);
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
function otherPartyAnswered(
  data: CallData,
  { originUuid }: BusEnvelope,
  context: BusContext,
): DomainEvent | undefined {
  const linkedId = data.conversation_id ?? '';
  if (linkedId === '' || data.is_caller !== false || !isGuid(originUuid)) return undefined;
  const callId = callGuid(originUuid, linkedId);
  return { kind: 'call-answered', at: context.receivedAt, callId };
}

/** Who the user is in the call; undefined for systems that do not tell. */
function legCall(
  data: CallData,
  isUp: boolean,
  { originUuid }: BusEnvelope,
  user: User,
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
    callId: callGuid(isGuid(originUuid) ? originUuid : user.organizationId, linkedId),
    role: isCaller ? 'caller' : 'callee',
    rings: isUp || data.status === 'Ringing',
    callerNumber: isCaller ? own : peer,
    targetNumber: dialled === '' ? target : dialled,
    userNumber: own,
  };
}

function callEnded(envelope: BusEnvelope, context: BusContext): Translation {
  const { call_id: legId, reason_code: causeCode } = readData(envelope, callEvent);
  return applied({
    kind: 'channel-ended',
    at: context.receivedAt,
    legId,
    ...(typeof causeCode === 'number' ? { causeCode } : {}),
  });
}

/** The words of Wazo's dialplan. */
const MISS_REASONS: ReadonlyMap<string, MissReason> = new Map([
  ['no-answer', 'no-answer'],
  ['busy', 'busy'],
  ['channel-unavailable', 'unreachable'],
  ['phone-unreachable', 'unreachable'],
  ['dnd-enabled', 'do-not-disturb'],
]);

function missedCall(envelope: BusEnvelope, context: BusContext): Translation {
  const data = readData(envelope, missedCallEvent);
  const user = context.index.user(data.user_uuid);
  if (user === undefined) return UNKNOWN_ENTITY;
  const { originUuid } = envelope;
  const { conversation_id: linkedId, reason } = data;
  return applied({
    kind: 'call-missed',
    at: context.receivedAt,
    userId: user.id,
    callId: callGuid(isGuid(originUuid) ? originUuid : user.organizationId, linkedId),
    legId: linkedId,
    callerNumber: data.caller_id_number ?? '',
    targetNumber: data.dialed_extension ?? '',
    reason: MISS_REASONS.get(reason ?? '') ?? 'unknown',
  });
}
