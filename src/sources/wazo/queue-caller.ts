import { callGuid, isGuid } from '../../contact-center/index.js';
import type { Queue } from '../../directory/types.js';
import type { QueueCallerEvent } from './ami-event.js';
import type { BusEnvelope } from './bus-envelope.js';
import type { TranslationContext } from './translation.js';

/** What every domain event of a caller in a queue has. */
export function callerFields(
  data: QueueCallerEvent,
  queue: Queue,
  envelope: BusEnvelope,
  context: TranslationContext,
): {
  at: number;
  queueId: string;
  legId: string;
  callId: string;
  callerNumber: string;
  callerName: string;
  targetNumber: string;
} {
  const origin = isGuid(envelope.originUuid) ? envelope.originUuid : queue.organizationId;
  return {
    at: eventTime(data.Timestamp, context.receivedAt),
    queueId: queue.id,
    legId: data.Uniqueid,
    callId: callGuid(origin, data.Linkedid ?? data.Uniqueid),
    callerNumber: known(data.CallerIDNum),
    callerName: known(data.CallerIDName),
    targetNumber: data.ChanVariable.WAZO_ENTRY_EXTEN,
  };
}

/** Asterisk's time where it writes one, never one ahead of ours; else the time of receipt. */
export function eventTime(timestamp: number | undefined, receivedAt: number): number {
  return timestamp === undefined ? receivedAt : Math.min(Math.floor(timestamp), receivedAt);
}

/** Asterisk writes `<unknown>` for what it does not know, and some trunks write `anonymous`. */
function known(text: string): string {
  return text === '<unknown>' || text.toLowerCase() === 'anonymous' ? '' : text;
}
