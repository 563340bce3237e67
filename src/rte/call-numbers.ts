import type { Queue } from '../directory/types.js';

/** Which call an event is about, and who called whom. */
interface CallNumbers {
  readonly callId: string;
  readonly legId: string;
  readonly callerNumber: string;
  readonly targetNumber: string;
}

/** A source that does not tell what was dialled leaves it to the queue's own number. */
export function numbersOf(call: CallNumbers, queue: Queue | undefined): CallNumbers {
  const { callId, legId, callerNumber } = call;
  const targetNumber = call.targetNumber === '' ? (queue?.number ?? '') : call.targetNumber;
  return { callId, legId, callerNumber, targetNumber };
}
