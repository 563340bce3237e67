import {
  CALLBACK_TYPE,
  callbackGuid,
  type CallbackRequest,
  type CallerUnserved,
  type CollectingList,
} from '../contact-center/index.js';

/** The id of the request that the call makes in the list: the same each time it is told. */
export function callbackId(list: CollectingList, call: CallerUnserved): string {
  return callbackGuid(call.callId, `${list.id}:${call.queueId}`);
}

/** The request of a caller who is not on the list yet. */
export function newRequest(list: CollectingList, call: CallerUnserved): CallbackRequest {
  const { dueAfterSeconds, expiresAfterSeconds } = list;
  return {
    id: callbackId(list, call),
    callListId: list.id,
    organizationId: list.organizationId,
    typeId: typeOf(call),
    contactNumber: call.callerNumber,
    contactName: call.callerName,
    queueId: call.queueId,
    channelIn: list.channelIn,
    callId: call.callId,
    creationTime: call.at,
    modified: call.at,
    ...(dueAfterSeconds === undefined ? {} : { dueDate: later(call.at, dueAfterSeconds) }),
    ...(expiresAfterSeconds === undefined
      ? {}
      : { expiryDate: later(call.at, expiresAfterSeconds) }),
    isClosed: false,
  };
}

/**
 * The request of a caller who is on the list and called in vain once more. Whoever asked to be called
 * back once is owed that call.
 */
export function triedAgain(
  open: CallbackRequest,
  list: CollectingList,
  call: CallerUnserved,
): CallbackRequest {
  const { callId, queueId, at } = call;
  const modified = Math.max(open.modified, at);
  const typeId = typeOf(call) === CALLBACK_TYPE.explicit ? CALLBACK_TYPE.explicit : open.typeId;
  return { ...open, typeId, callId, queueId, channelIn: list.channelIn, modified };
}

function typeOf({ kind }: CallerUnserved): CallbackRequest['typeId'] {
  return kind === 'callback-asked' ? CALLBACK_TYPE.explicit : CALLBACK_TYPE.overflown;
}

function later(time: number, seconds: number): number {
  return time + seconds * 1000;
}
