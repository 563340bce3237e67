import { callGuid, type CallParked, isGuid } from '../../contact-center/index.js';
import { parkedCallEvent } from './ami-event.js';
import type { BusEnvelope } from './bus-envelope.js';
import { parkedCallReport } from './bus-event.js';
import type { AmiEventName, BusEventName } from './event-names.js';
import { eventTime } from './queue-caller.js';
import {
  applied,
  readData,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

type AmiParkingName = Extract<AmiEventName, `${string}ParkedCall${string}`>;
export type BusParkingName = Extract<BusEventName, `${string}parked${string}`>;

/** Wazo names Asterisk's parking lots after their numbers in wazo-confd. */
const LOT_NAME = /^parkinglot-(\d+)$/;

/**
 * Translates an Asterisk event of a parking place. Who parked the call shows in how their phone is
 * dialled, or in the call.
 * @throws MalformedBusMessage when it names no caller
 */
export function translateAmiParking(
  name: AmiParkingName,
  envelope: BusEnvelope,
  { index, receivedAt }: TranslationContext,
): Translation {
  const data = readData(envelope, parkedCallEvent);
  const { ParkeeUniqueid: legId, ParkeeLinkedid: linkedId, Parkinglot, ParkingSpace } = data;
  const at = eventTime(data.Timestamp, receivedAt);
  switch (name) {
    case 'UnParkedCall':
    case 'ParkedCallGiveUp':
    case 'ParkedCallTimeOut':
      return applied({ kind: 'call-unparked', at, legId });
    case 'ParkedCall':
    case 'ParkedCallSwap': {
      const lot = LOT_NAME.exec(Parkinglot)?.[1] ?? Parkinglot;
      return parked(envelope, linkedId, {
        at,
        legId,
        userIds: index.member(data.ParkerDialString).userIds,
        ...(ParkingSpace === '' ? {} : { place: `${lot} ${ParkingSpace}` }),
        parkerNumber: data.ParkerCallerIDNum,
      });
    }
  }
}

/**
 * Translates an event of wazo-calld about a parking place: the twin of Asterisk's.
 * @throws MalformedBusMessage when it names no caller
 */
export function translateParking(
  name: BusParkingName,
  envelope: BusEnvelope,
  { receivedAt: at }: TranslationContext,
): Translation {
  const data = readData(envelope, parkedCallReport);
  const { call_id: legId, slot } = data;
  switch (name) {
    case 'call_unparked':
    case 'parked_call_hungup':
    case 'parked_call_timed_out':
      return applied({ kind: 'call-unparked', at, legId });
    case 'call_parked': {
      const lot = data.parking_id;
      return parked(envelope, data.conversation_id ?? undefined, {
        at,
        legId,
        userIds: [],
        ...(lot && slot ? { place: `${String(lot)} ${slot}` } : {}),
        parkerNumber: data.parker_caller_id_num ?? '',
      });
    }
  }
}

/** Of a call that nobody can be found for, nothing is said. */
function parked(
  { originUuid }: BusEnvelope,
  linkedId: string | undefined,
  { parkerNumber, ...told }: Omit<CallParked, 'kind' | 'callId'>,
): Translation {
  const kind = 'call-parked';
  if (linkedId !== undefined && linkedId !== '' && isGuid(originUuid)) {
    const number = parkerNumber === undefined ? {} : { parkerNumber };
    return applied({ kind, ...told, ...number, callId: callGuid(originUuid, linkedId) });
  }
  return told.userIds.length === 0 ? UNKNOWN_ENTITY : applied({ kind, ...told });
}
