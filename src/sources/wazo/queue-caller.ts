import type { Queue } from '../../directory/types.js';
import type { QueueCallerEvent } from './ami-event.js';
import { callIdOf, type TranslationContext } from './translation.js';

/** What every domain event of a caller in a queue has. */
export function callerFields(
  data: QueueCallerEvent,
  queue: Queue,
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
  return {
    at: eventTime(data.Timestamp, context.receivedAt),
    queueId: queue.id,
    legId: data.Uniqueid,
    callId: callIdOf(data.Linkedid ?? data.Uniqueid, queue.organizationId, context),
    callerNumber: knownText(data.CallerIDNum),
    callerName: knownText(data.CallerIDName),
    targetNumber: data.ChanVariable.WAZO_ENTRY_EXTEN,
  };
}

/** Asterisk's time where it writes one, never one ahead of ours; else the time of receipt. */
export function eventTime(timestamp: number | undefined, receivedAt: number): number {
  return timestamp === undefined ? receivedAt : Math.min(Math.floor(timestamp), receivedAt);
}

/** Asterisk writes `<unknown>` for what it does not know, and some trunks write `anonymous`. */
export function knownText(text: string): string {
  return text === '<unknown>' || text.toLowerCase() === 'anonymous' ? '' : text;
}
