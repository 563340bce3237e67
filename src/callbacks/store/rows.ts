import type { Insertable } from 'kysely';
import { z } from 'zod';
import type { CallbackChangeEvent, CallbackRequest } from '../../contact-center/index.js';
import { numberKey } from '../callback-requests.js';
import type { OutboxEntry } from './callback-store.js';
import type { Tables } from './tables.js';

// PostgreSQL gives 64-bit integers as text; all of ours are times and counts that a number can hold.
const integer = z.union([z.number(), z.string().regex(/^\d+$/u).transform(Number)]).pipe(z.int());
const guid = z.guid();
const optionalGuid = z.guid().nullable();

const attempt = z.strictObject({
  id: guid,
  userId: optionalGuid,
  typeId: z.literal([1, 2, 3, 4, 5, 6]),
  timestamp: z.int(),
  note: z.string(),
  callId: optionalGuid,
});
const extra = z.strictObject({ name: z.string(), value: z.string() });
const relatedItem = z.strictObject({
  callBackId: guid,
  callListId: guid,
  relation: z.enum(['repeated-call', 'repeated-request']),
  callId: optionalGuid,
  at: z.int(),
});

/** A request as it stands in an event of the outbox. */
const requestSchema = z.strictObject({
  id: guid,
  callListId: guid,
  organizationId: guid,
  version: integer,
  typeId: z.literal([1, 2, 3]),
  contactNumber: z.string(),
  contactName: z.string(),
  contactMessage: z.string(),
  note: z.string(),
  queueId: optionalGuid,
  channelIn: z.string(),
  callId: optionalGuid,
  recordingId: optionalGuid,
  transcriptId: optionalGuid,
  classificationId: optionalGuid,
  priority: z.string().nullable(),
  creationTime: integer,
  modified: integer,
  assignedUserId: optionalGuid,
  lastModifiedUserId: optionalGuid,
  dueDate: integer.nullable(),
  notBefore: integer.nullable(),
  expiryDate: integer.nullable(),
  isClosed: z.boolean(),
  attempts: z.array(attempt),
  extras: z.array(extra),
  relatedItems: z.array(relatedItem),
});

const eventSchema = z.strictObject({
  eventId: guid,
  timestamp: z.int(),
  created: z.boolean(),
  request: requestSchema,
});

type Row = Readonly<Record<keyof Tables['callback_requests'], unknown>>;

/**
 * The request that a row holds.
 * @throws ZodError when the row is none of ours
 */
export function requestOf(row: Row): CallbackRequest {
  return requestSchema.parse({
    id: row.id,
    callListId: row.call_list_id,
    organizationId: row.organization_id,
    version: row.version,
    typeId: row.type_id,
    contactNumber: row.contact_number,
    contactName: row.contact_name,
    contactMessage: row.contact_message,
    note: row.note,
    queueId: row.queue_id,
    channelIn: row.channel_in,
    callId: row.call_id,
    recordingId: row.recording_id,
    transcriptId: row.transcript_id,
    classificationId: row.classification_id,
    priority: row.priority,
    creationTime: row.creation_time,
    modified: row.modified,
    assignedUserId: row.assigned_user_id,
    lastModifiedUserId: row.last_modified_user_id,
    dueDate: row.due_date,
    notBefore: row.not_before,
    expiryDate: row.expiry_date,
    isClosed: row.is_closed === 1,
    attempts: parseJson(row.attempts),
    extras: parseJson(row.extras),
    relatedItems: parseJson(row.related_items),
  });
}

/** The row that holds a request. */
export function rowOf(request: CallbackRequest): Insertable<Tables['callback_requests']> {
  return {
    id: request.id,
    call_list_id: request.callListId,
    organization_id: request.organizationId,
    version: request.version,
    type_id: request.typeId,
    contact_number: request.contactNumber,
    number_key: numberKey(request.contactNumber),
    contact_name: request.contactName,
    contact_message: request.contactMessage,
    note: request.note,
    queue_id: request.queueId,
    channel_in: request.channelIn,
    call_id: request.callId,
    recording_id: request.recordingId,
    transcript_id: request.transcriptId,
    classification_id: request.classificationId,
    priority: request.priority,
    creation_time: request.creationTime,
    modified: request.modified,
    assigned_user_id: request.assignedUserId,
    last_modified_user_id: request.lastModifiedUserId,
    due_date: request.dueDate,
    not_before: request.notBefore,
    expiry_date: request.expiryDate,
    is_closed: request.isClosed ? 1 : 0,
    attempts: JSON.stringify(request.attempts),
    extras: JSON.stringify(request.extras),
    related_items: JSON.stringify(request.relatedItems),
  };
}

/** An event as it stands in the outbox. */
export function eventJson(event: CallbackChangeEvent): string {
  const { eventId, timestamp, created, request } = event;
  return JSON.stringify({ eventId, timestamp, created, request });
}

/** What a row of the outbox holds; a bad row gives no event, so that it holds up no other. */
export function outboxEntryOf(row: { position: unknown; event: string }): OutboxEntry {
  const event = eventSchema.safeParse(parseJson(row.event));
  return { position: integer.parse(row.position), event: event.success ? event.data : undefined };
}

/** Undefined for text that is no JSON, which no schema here takes. */
function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
