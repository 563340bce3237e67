import { hangupEvent, parkedCallEvent } from './ami-event.js';
import type { BusEnvelope } from './bus-envelope.js';
import type { AmiEventName } from './event-names.js';
import { eventTime } from './queue-caller.js';
import {
  applied,
  readData,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

type ParkingEventName = Extract<AmiEventName, `${string}ParkedCall${string}`>;

/**
 * Translates an event of a parking place. Who parked the call shows in how their phone is dialled.
 * @throws MalformedBusMessage when it names no caller
 */
export function parkedCall(
  name: ParkingEventName,
  envelope: BusEnvelope,
  { index, receivedAt }: TranslationContext,
): Translation {
  const {
    ParkeeUniqueid: legId,
    ParkerDialString,
    Timestamp,
  } = readData(envelope, parkedCallEvent);
  const at = eventTime(Timestamp, receivedAt);
  if (name !== 'ParkedCall') return applied({ kind: 'call-unparked', at, legId });
  const { userIds } = index.member(ParkerDialString);
  return userIds.length === 0
    ? UNKNOWN_ENTITY
    : applied({ kind: 'call-parked', at, legId, userIds });
}

/** A phone asks to hang up. */
export function hangupRequested(envelope: BusEnvelope, context: TranslationContext): Translation {
  const { Timestamp, Uniqueid: legId } = readData(envelope, hangupEvent);
  const at = eventTime(Timestamp, context.receivedAt);
  return applied({ kind: 'hangup-requested', at, legId });
}

/** A channel is gone, whoever it belongs to. */
export function channelEnded(envelope: BusEnvelope, context: TranslationContext): Translation {
  const { Timestamp, Uniqueid, Cause, 'Cause-txt': cause } = readData(envelope, hangupEvent);
  return applied({
    kind: 'channel-ended',
    at: eventTime(Timestamp, context.receivedAt),
    legId: Uniqueid,
    ...(cause === undefined ? {} : { cause }),
    ...(Cause === undefined ? {} : { causeCode: Cause }),
  });
}
