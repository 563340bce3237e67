import { z } from 'zod';

import { defineEvent } from './event-definition.js';
import {
  dateTime,
  flag,
  guid,
  integer,
  list,
  optionalDateTime,
  optionalGuid,
  optionalInteger,
  text,
} from './field-types.js';

// The vendor never published the shapes of the three lists; these are the hub's own.

const callbackAttempt = z
  .object({
    id: guid('The attempt.'),
    userId: optionalGuid('Who made it.'),
    typeId: integer(
      '1 answered or closed well, 2 no answer, 3 busy, 4 wrong number, 5 put off, 6 closed without contact.',
    ),
    timestamp: dateTime('When it was made.'),
    note: text('What was written about it.'),
    callId: optionalGuid('The call that was made.'),
  })
  .describe('One attempt to reach the contact.');

const callbackExtra = z
  .object({ name: z.string().describe('Its name.'), value: text('Its value.') })
  .describe('A field that the organization added.');

const callbackRelatedItem = z
  .object({
    callBackId: guid('The other request.'),
    callListId: guid('The list of the other request.'),
    relation: text('How they belong together.'),
  })
  .describe('Another request that belongs to this one.');

/** A callback request was made, changed or closed. */
export const callbackChanged = defineEvent({
  name: 'CallbackChanged',
  entityType: 'CallList',
  kind: 'state',
  ttlSeconds: 120,
  description: 'A callback request was made, changed or closed; carries the whole request.',
  fields: {
    callBackId: guid('The callback request.'),
    callListId: guid('The list that it belongs to.'),
    organizationId: guid("The list's organization."),
    modified: dateTime('When it was changed last.'),
    assignedUserId: optionalGuid('Who has to handle it now.'),
    lastAttemptUserId: optionalGuid('Who made the newest attempt.'),
    lastModifiedUserId: optionalGuid('Who changed it last; null if new or changed by the system.'),
    lastAttemptTypeId: optionalInteger('How the newest attempt went; see callbackAttempts.'),
    contactName: text('Whom to call back.'),
    contactNumber: text('The number to call back.'),
    contactMessage: text('What the contact left as a message.'),
    note: text('What those who handle it wrote about it.'),
    queueId: optionalGuid('The queue through which it came.'),
    channelIn: text('The name of the channel through which it came, mostly a queue.'),
    creationTime: dateTime('When it was made.'),
    created: flag('Whether this event tells that it was made, and not that it was changed.'),
    isClosed: flag('Whether it is closed.'),
    recordingId: optionalGuid('The recording that belongs to it.'),
    typeId: integer('1 asked for by the caller, 2 from a call that overflowed, 3 made by hand.'),
    dueDate: optionalDateTime('By when it should be handled.'),
    callId: optionalGuid('The call that led to it.'),
    transcriptId: optionalGuid('The transcript of the recording.'),
    classificationId: optionalGuid('How it was classified.'),
    expiryDate: optionalDateTime('When it closes by itself.'),
    lastAttemptTimestamp: optionalDateTime('When the newest attempt was made.'),
    lastAttemptNote: text('What was written about the newest attempt.'),
    calculatedPriority: text('The priority that the system gave it.'),
    notBefore: optionalDateTime('Before when it should not be handled.'),
    callbackAttempts: list(callbackAttempt, 'All attempts so far.'),
    callbackExtras: list(callbackExtra, 'Fields that the organization added.'),
    callbackRelatedItems: list(callbackRelatedItem, 'Other requests that belong to this one.'),
  },
});
