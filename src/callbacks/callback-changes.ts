import { isDeepStrictEqual } from 'node:util';
import {
  ATTEMPT_TYPE,
  CALLBACK_TYPE,
  type CallbackAttempt,
  type CallbackRequest,
} from '../contact-center/index.js';
import type {
  AttemptDraft,
  CallbackClosing,
  CallbackDetails,
  CallbackDraft,
  CallbackPatch,
} from './callback-operations.js';
import type { KnownList } from './callback-rules.js';
import { BLANK_REQUEST, changedAt, listDates } from './callback-requests.js';
import { withRelatedItem } from './related-items.js';

/** Who changes a request, and when, epoch ms. */
export interface Author {
  readonly by: string | null;
  readonly at: number;
}

/** A request that somebody makes. */
export function draftedRequest(
  id: string,
  list: KnownList,
  draft: CallbackDraft,
  { at }: Author,
): CallbackRequest {
  return {
    ...BLANK_REQUEST,
    ...withDetails({ ...BLANK_REQUEST, ...listDates(list, at), contactNumber: '' }, draft),
    queueId: draft.queueId ?? null,
    channelIn: draft.channelIn ?? '',
    callId: draft.callId ?? null,
    typeId: draft.typeId ?? CALLBACK_TYPE.manual,
    id,
    callListId: list.id,
    organizationId: list.organizationId,
    creationTime: at,
    modified: at,
  };
}

/**
 * The open request of a contact for whom another one was to be made. What it does not say itself it
 * takes from the other.
 */
export function joinedRequest(
  open: CallbackRequest,
  other: CallbackRequest,
  { by, at }: Author,
): CallbackRequest {
  const { id: callBackId, callListId, callId } = other;
  const item = { callBackId, callListId, relation: 'repeated-request', callId, at } as const;
  const joined: CallbackRequest = {
    ...withRelatedItem(open, item),
    typeId: other.typeId === CALLBACK_TYPE.explicit ? other.typeId : open.typeId,
    contactName: open.contactName || other.contactName,
    contactMessage: open.contactMessage || other.contactMessage,
    note: open.note || other.note,
    lastModifiedUserId: by,
  };
  return changedAt(joined, at);
}

/** The request as the patch wants it; the same object when that is how it is. */
export function patchedRequest(
  request: CallbackRequest,
  patch: CallbackPatch,
  author: Author,
): CallbackRequest {
  const patched = { ...request, ...withDetails(request, patch) };
  return isDeepStrictEqual(patched, request) ? request : changedBy(patched, author);
}

/** The request with an attempt more, closed if the attempt settled it. */
export function attemptedRequest(
  request: CallbackRequest,
  attemptId: string,
  draft: AttemptDraft,
  author: Author,
): CallbackRequest {
  return changedBy(withAttempt(request, attemptId, draft, author), author);
}

/** The request, closed by somebody. */
export function closedRequest(
  request: CallbackRequest,
  attemptId: string,
  { attempt, classificationId = request.classificationId }: CallbackClosing,
  author: Author,
): CallbackRequest {
  const tried = attempt === undefined ? request : withAttempt(request, attemptId, attempt, author);
  return changedBy({ ...tried, classificationId, isClosed: true }, author);
}

/** The request, open again; an expiry that has passed would close it at once, so it goes. */
export function reopenedRequest(request: CallbackRequest, author: Author): CallbackRequest {
  const { expiryDate } = request;
  const expired = expiryDate !== null && expiryDate <= author.at;
  return changedBy(
    { ...request, isClosed: false, expiryDate: expired ? null : expiryDate },
    author,
  );
}

function withAttempt(
  request: CallbackRequest,
  id: string,
  draft: AttemptDraft,
  { by, at }: Author,
): CallbackRequest {
  const { typeId, userId = by, timestamp = at, note = '', callId = null } = draft;
  const attempt: CallbackAttempt = { id, userId, typeId, timestamp, note, callId };
  return {
    ...request,
    attempts: [...request.attempts, attempt],
    notBefore: draft.notBefore === undefined ? request.notBefore : draft.notBefore,
    isClosed: settles(attempt),
  };
}

/** Of the other types somebody has to try again, or to say that it is over. */
function settles({ typeId }: CallbackAttempt): boolean {
  return typeId === ATTEMPT_TYPE.answered || typeId === ATTEMPT_TYPE.closedWithoutContact;
}

function changedBy(request: CallbackRequest, { by, at }: Author): CallbackRequest {
  return changedAt({ ...request, lastModifiedUserId: by }, at);
}

/** What is said, and the rest as it was. */
function withDetails(base: CallbackDetails, said: CallbackPatch): CallbackDetails {
  return {
    contactNumber: said.contactNumber ?? base.contactNumber,
    contactName: said.contactName ?? base.contactName,
    contactMessage: said.contactMessage ?? base.contactMessage,
    note: said.note ?? base.note,
    recordingId: either(said.recordingId, base.recordingId),
    transcriptId: either(said.transcriptId, base.transcriptId),
    classificationId: either(said.classificationId, base.classificationId),
    priority: either(said.priority, base.priority),
    assignedUserId: either(said.assignedUserId, base.assignedUserId),
    dueDate: either(said.dueDate, base.dueDate),
    notBefore: either(said.notBefore, base.notBefore),
    expiryDate: either(said.expiryDate, base.expiryDate),
    extras: said.extras ?? base.extras,
  };
}

/** Null is something said: that there is none. */
function either<Value>(said: Value | undefined, base: Value): Value {
  return said === undefined ? base : said;
}
