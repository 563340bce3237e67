import {
  ATTEMPT_TYPE,
  CALLBACK_TYPE,
  type CallbackAttempt,
  callbackGuid,
  type CallbackMade,
  type CallbackRequest,
  type CallerUnserved,
  type CollectingList,
} from '../contact-center/index.js';
import { CALLBACK_LIMITS } from './callback-limits.js';
import { withRelatedItem } from './related-items.js';

/** What a request is made with unless somebody says otherwise. */
export const BLANK_REQUEST = {
  version: 1,
  contactName: '',
  contactMessage: '',
  note: '',
  queueId: null,
  channelIn: '',
  callId: null,
  recordingId: null,
  transcriptId: null,
  classificationId: null,
  priority: null,
  assignedUserId: null,
  lastModifiedUserId: null,
  dueDate: null,
  notBefore: null,
  expiryDate: null,
  isClosed: false,
  attempts: [],
  extras: [],
  relatedItems: [],
} as const satisfies Partial<CallbackRequest>;

/** The id of the request that the call makes in the list: the same each time it is told. */
export function callbackId(list: CollectingList, call: CallerUnserved): string {
  return callbackGuid(call.callId, `${list.id}:${call.queueId}`);
}

/** The request of a caller who is not on the list yet. */
export function newRequest(list: CollectingList, call: CallerUnserved): CallbackRequest {
  return {
    ...BLANK_REQUEST,
    id: callbackId(list, call),
    callListId: list.id,
    organizationId: list.organizationId,
    typeId: typeOf(call),
    contactNumber: shortText(call.callerNumber),
    contactName: shortText(call.callerName),
    queueId: call.queueId,
    channelIn: list.channelIn,
    callId: call.callId,
    creationTime: call.at,
    modified: call.at,
    ...listDates(list, call.at),
  };
}

/** Whether the request knows of the call already. */
export function knowsCall(open: CallbackRequest, list: CollectingList, call: CallerUnserved) {
  const id = callbackId(list, call);
  return open.callId === call.callId || open.relatedItems.some((item) => item.callBackId === id);
}

/**
 * The request of a caller who is on the list and called in vain once more. Whoever asked to be called
 * back once is owed that call.
 */
export function calledAgain(
  open: CallbackRequest,
  list: CollectingList,
  call: CallerUnserved,
): CallbackRequest {
  const { callId, at } = call;
  const callBackId = callbackId(list, call);
  const typeId = typeOf(call) === CALLBACK_TYPE.explicit ? CALLBACK_TYPE.explicit : open.typeId;
  const item = { callBackId, callListId: list.id, relation: 'repeated-call', callId, at } as const;
  return changedAt({ ...withRelatedItem(open, item), typeId, lastModifiedUserId: null }, at);
}

/** The request, closed because of something that happened at `at`, epoch ms. */
export function closedBySystem(request: CallbackRequest, at: number): CallbackRequest {
  return changedAt({ ...request, isClosed: true, lastModifiedUserId: null }, at);
}

/** When the contact called in vain, or asked, for the last time; epoch ms. */
export function lastWantedAt({ creationTime, relatedItems }: CallbackRequest): number {
  return Math.max(creationTime, ...relatedItems.map(({ at }) => at));
}

/** The dates that a list sets for a request which begins at `at`, epoch ms. */
export function listDates(
  {
    dueAfterSeconds,
    expiresAfterSeconds,
  }: Pick<CollectingList, 'dueAfterSeconds' | 'expiresAfterSeconds'>,
  at: number,
): Pick<CallbackRequest, 'dueDate' | 'expiryDate'> {
  return { dueDate: later(at, dueAfterSeconds), expiryDate: later(at, expiresAfterSeconds) };
}

/** The next version; time does not run backwards when an older call is told later. */
export function changedAt(request: CallbackRequest, at: number): CallbackRequest {
  return { ...request, version: request.version + 1, modified: Math.max(request.modified, at) };
}

/** By what numbers of one list are taken to be the same: how they are written does not count. */
export function numberKey(contactNumber: string): string {
  return contactNumber.replaceAll(/[\s()./-]/gu, '');
}

/** Trunks write words such as `anonymous` and `Restricted` for a number that is withheld. */
export function isNumber(text: string): boolean {
  return /\d/u.test(text);
}

/**
 * The request after somebody called the caller back, which closes it if they answered. Whoever took
 * that call has the request from then on (portsip/wsi.md C.4).
 */
export function calledBack(
  open: CallbackRequest,
  { at, callId, handledBy: userId, takenBy, isAnswered }: CallbackMade,
): CallbackRequest {
  const typeId = isAnswered ? ATTEMPT_TYPE.answered : ATTEMPT_TYPE.noAnswer;
  const id = callbackGuid(callId, open.id);
  const attempt: CallbackAttempt = { id, userId, typeId, timestamp: at, note: '', callId };
  const attempts = [...open.attempts, attempt].slice(-CALLBACK_LIMITS.attempts);
  const assignedUserId = takenBy ?? open.assignedUserId;
  const changed = { attempts, assignedUserId, isClosed: isAnswered, lastModifiedUserId: null };
  return changedAt({ ...open, ...changed }, at);
}

function typeOf({ kind }: CallerUnserved): CallbackRequest['typeId'] {
  return kind === 'callback-asked' ? CALLBACK_TYPE.explicit : CALLBACK_TYPE.overflown;
}

/** What trunks say goes in as far as there is room; no store takes NUL (PostgreSQL 8.3). */
function shortText(text: string): string {
  return text.replaceAll('\0', '').slice(0, CALLBACK_LIMITS.text);
}

function later(time: number, seconds: number | undefined): number | null {
  return seconds === undefined ? null : time + seconds * 1000;
}
