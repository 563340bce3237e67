import {
  CALLBACK_TYPE,
  type CallbackMade,
  type CallbackRequest,
  type CallerUnserved,
  type CollectingList,
} from '../contact-center/index.js';
import {
  calledAgain,
  calledBack,
  callbackId,
  closedBySystem,
  knowsCall,
  lastWantedAt,
  newRequest,
} from './callback-requests.js';
import type { Change } from './change-queue.js';
import type { ChangeRecorder } from './change-recorder.js';
import type { CallbackTransaction } from './store/callback-store.js';

/** A caller whom an agent of the queue answered at `at`, epoch ms. */
export interface AnsweredCaller {
  readonly at: number;
  readonly queueId: string;
  readonly callerNumber: string;
}

/**
 * Puts a caller on lists. Who is on one already has that request changed. The same call told twice
 * makes one request, since its id follows from the call, the queue and the list.
 */
export function collectCaller(
  lists: readonly CollectingList[],
  call: CallerUnserved,
  recorder: ChangeRecorder,
): Change<void> {
  return async (transaction) => {
    for (const list of lists) await addTo(transaction, list, call, recorder);
  };
}

/** Closes the requests that calls of the caller made in the lists. */
export function closeServed(
  listIds: readonly string[],
  call: AnsweredCaller,
  recorder: ChangeRecorder,
): Change<void> {
  return async (transaction) => {
    for (const listId of listIds) {
      const open = await transaction.findOpen(listId, call.callerNumber);
      if (open !== undefined && isServedBy(open, call)) {
        await recorder.changed(transaction, closedBySystem(open, call.at));
      }
    }
  };
}

/** Notes on the caller's requests in the lists that somebody called back. */
export function noteCallback(
  listIds: readonly string[],
  callback: CallbackMade,
  recorder: ChangeRecorder,
): Change<void> {
  const { callerNumber, callId, at } = callback;
  return async (transaction) => {
    for (const listId of listIds) {
      const open = await recorder.findOpen(transaction, listId, callerNumber, at);
      if (open === undefined || open.attempts.some((one) => one.callId === callId)) continue;
      await recorder.changed(transaction, calledBack(open, callback));
    }
  };
}

async function addTo(
  transaction: CallbackTransaction,
  list: CollectingList,
  call: CallerUnserved,
  recorder: ChangeRecorder,
): Promise<void> {
  if ((await transaction.find(callbackId(list, call))) !== undefined) return;
  const open = await recorder.findOpen(transaction, list.id, call.callerNumber, call.at);
  if (open === undefined) {
    await recorder.created(transaction, newRequest(list, call));
  } else if (!knowsCall(open, list, call)) {
    await recorder.changed(transaction, calledAgain(open, list, call));
  }
}

/** Who asked to be called back, or was put on the list by hand, is still owed that call. */
function isServedBy(request: CallbackRequest, { at }: AnsweredCaller): boolean {
  return request.typeId === CALLBACK_TYPE.overflown && lastWantedAt(request) < at;
}
