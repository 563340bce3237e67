import type { z } from 'zod';
import type { hangupEvent } from './ami-event.js';
import { eventTime } from './queue-caller.js';
import { applied, type Translator } from './translation.js';

type HangupData = z.infer<typeof hangupEvent>;

/** A phone asks to hang up. */
export const hangupRequested: Translator<HangupData> = (data, { receivedAt }) => {
  const at = eventTime(data.Timestamp, receivedAt);
  return applied({ kind: 'hangup-requested', at, legId: data.Uniqueid });
};

/** A channel is gone, whoever it belongs to. */
export const channelEnded: Translator<HangupData> = (data, { receivedAt }) => {
  const { Timestamp, Uniqueid, Cause, 'Cause-txt': cause } = data;
  return applied({
    kind: 'channel-ended',
    at: eventTime(Timestamp, receivedAt),
    legId: Uniqueid,
    ...(cause === undefined ? {} : { cause }),
    ...(Cause === undefined ? {} : { causeCode: Cause }),
  });
};
