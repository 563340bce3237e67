import { hangupEvent } from './ami-event.js';
import type { BusEnvelope } from './bus-envelope.js';
import { eventTime } from './queue-caller.js';
import { applied, readData, type Translation, type TranslationContext } from './translation.js';

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
