import type {
  CallbackAttempt,
  CallbackChangeEvent,
  CallbackRelatedItem,
  CallbackRequest,
} from '../contact-center/index.js';
import { createRteEvent, type RteEvent, type RteEventFields } from './events/create-event.js';

type Fields = RteEventFields<'CallbackChanged'>;

/** A change of a callback request as RTE tells it. The same change gives the same event, also its id. */
export function mapCallbackChanged({
  request,
  created,
  eventId: id,
  timestamp,
}: CallbackChangeEvent): RteEvent<'CallbackChanged'> {
  const { organizationId, callListId: entityId } = request;
  const fields: Fields = {
    ...requestFields(request),
    ...lastAttemptFields(request.attempts.at(-1)),
    created,
  };
  return createRteEvent('CallbackChanged', { organizationId, entityId, id, timestamp }, fields);
}

function requestFields(request: CallbackRequest): Fields {
  return {
    callBackId: request.id,
    modified: time(request.modified),
    assignedUserId: request.assignedUserId,
    lastModifiedUserId: request.lastModifiedUserId,
    contactName: request.contactName,
    contactNumber: request.contactNumber,
    contactMessage: request.contactMessage,
    note: request.note,
    queueId: request.queueId,
    channelIn: request.channelIn,
    creationTime: time(request.creationTime),
    isClosed: request.isClosed,
    recordingId: request.recordingId,
    typeId: request.typeId,
    dueDate: optionalTime(request.dueDate),
    callId: request.callId,
    transcriptId: request.transcriptId,
    classificationId: request.classificationId,
    expiryDate: optionalTime(request.expiryDate),
    calculatedPriority: request.priority,
    notBefore: optionalTime(request.notBefore),
    callbackAttempts: listOrNull(request.attempts.map(attemptFields)),
    callbackExtras: listOrNull(request.extras.map(({ name, value }) => ({ name, value }))),
    callbackRelatedItems: listOrNull(request.relatedItems.map(relatedItemFields)),
  };
}

function lastAttemptFields(attempt: CallbackAttempt | undefined): Fields {
  if (attempt === undefined) return {};
  return {
    lastAttemptUserId: attempt.userId,
    lastAttemptTypeId: attempt.typeId,
    lastAttemptTimestamp: time(attempt.timestamp),
    lastAttemptNote: attempt.note,
  };
}

function attemptFields({ id, userId, typeId, timestamp, note, callId }: CallbackAttempt) {
  return { id, userId, typeId, timestamp: time(timestamp), note, callId };
}

/** The contract has no field for the call, so it stands behind the relation. */
function relatedItemFields({ callBackId, callListId, relation, callId }: CallbackRelatedItem) {
  return { callBackId, callListId, relation: callId === null ? relation : `${relation} ${callId}` };
}

/** In the vendor's sample lists without items are null. */
function listOrNull<Item>(items: Item[]): Item[] | null {
  return items.length === 0 ? null : items;
}

function time(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function optionalTime(epochMs: number | null): string | null {
  return epochMs === null ? null : time(epochMs);
}
