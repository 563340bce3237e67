import type { z } from 'zod';
import { callGuid, type CallParked, isGuid } from '../../contact-center/index.js';
import type { parkedCallEvent } from './ami-event.js';
import type { parkedCallReport } from './bus-event.js';
import { eventTime } from './queue-caller.js';
import {
  applied,
  type Translation,
  type TranslationContext,
  type Translator,
  UNKNOWN_ENTITY,
} from './translation.js';

type ParkingData = z.infer<typeof parkedCallEvent>;
type ParkingReport = z.infer<typeof parkedCallReport>;

/** Wazo names Asterisk's parking lots after their numbers in wazo-confd. */
const LOT_NAME = /^parkinglot-(\d+)$/;

/** A call is parked. Who parked it shows in how their phone is dialled, or in the call. */
export const callParked: Translator<ParkingData> = (data, context) => {
  const { ParkeeUniqueid: legId, ParkeeLinkedid: linkedId, Parkinglot, ParkingSpace } = data;
  const lot = LOT_NAME.exec(Parkinglot)?.[1] ?? Parkinglot;
  return parked(context, linkedId, {
    at: eventTime(data.Timestamp, context.receivedAt),
    legId,
    userIds: context.index.member(data.ParkerDialString).userIds,
    ...(ParkingSpace === '' ? {} : { place: `${lot} ${ParkingSpace}` }),
    parkerNumber: data.ParkerCallerIDNum,
  });
};

/** A parked call is fetched, given up or sent back. */
export const callUnparked: Translator<ParkingData> = (data, { receivedAt }) => {
  const at = eventTime(data.Timestamp, receivedAt);
  return applied({ kind: 'call-unparked', at, legId: data.ParkeeUniqueid });
};

/** The same told by wazo-calld: the twin of Asterisk's. */
export const parkingReported: Translator<ParkingReport> = (data, context) => {
  const { call_id: legId, parking_id: lot, slot } = data;
  return parked(context, data.conversation_id ?? undefined, {
    at: context.receivedAt,
    legId,
    userIds: [],
    ...(lot && slot ? { place: `${String(lot)} ${slot}` } : {}),
    parkerNumber: data.parker_caller_id_num ?? '',
  });
};

/** The end of parking told by wazo-calld. */
export const unparkingReported: Translator<ParkingReport> = (
  { call_id: legId },
  { receivedAt: at },
) => applied({ kind: 'call-unparked', at, legId });

/** Of a call that nobody can be found for, nothing is said. */
function parked(
  { originUuid }: TranslationContext,
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
