import { z } from 'zod';
import { body } from '../schemas.js';

// Fields have the names of CallbackChanged. What is too long or contradicts itself is found by the
// callback service, which knows its own bounds.

const guid = z.guid({ error: 'give a guid' }).toLowerCase();

/** ISO 8601, to epoch ms. */
const time = z.iso
  .datetime({ offset: true, error: 'give an ISO 8601 time with Z or an offset' })
  .transform((text) => Date.parse(text));

const userId = z
  .string()
  .toLowerCase()
  .refine((text) => text === 'me' || guid.safeParse(text).success, {
    error: 'give the id of a user, or me',
  });

const details = {
  ContactName: z.string().optional().describe('Whom to call back.'),
  ContactMessage: z.string().optional().describe('What the contact left as a message.'),
  Note: z.string().optional().describe('What those who handle it write about it.'),
  RecordingId: guid.nullish().describe('The recording that belongs to it; null for none.'),
  TranscriptId: guid.nullish().describe('The transcript of the recording; null for none.'),
  ClassificationId: guid.nullish().describe('How it is classified; null for not.'),
  CalculatedPriority: z.string().nullish().describe('Its priority; null for none.'),
  AssignedUserId: userId
    .nullish()
    .describe('Who has to handle it, somebody who may see the list; `me`, or null for nobody.'),
  DueDate: time.nullish().describe('By when it should be handled; null for no time.'),
  NotBefore: time.nullish().describe('Before when it should not be handled; null for no time.'),
  ExpiryDate: time.nullish().describe('When it closes by itself; null for never.'),
  CallbackExtras: z
    .array(
      z.strictObject({
        Name: z.string().describe('Its name.'),
        Value: z.string().describe('Its value.'),
      }),
    )
    .optional()
    .describe('All fields that the organization adds.'),
};

/** The types that somebody may make: those of calls are made by calls. */
const EXPLICIT = 1;
const MANUAL = 3;

/** A request to be made. */
export const callbackBody = body(
  'NewCallback',
  z
    .strictObject({
      ContactNumber: z.string().describe('The number to call back.'),
      ...details,
      TypeId: z
        .literal([EXPLICIT, MANUAL], { error: 'give 1 or 3' })
        .optional()
        .describe('1 asked for by the contact, 3 made by hand, which it is when left out.'),
      QueueId: guid.nullish().describe('The queue through which it came.'),
      ChannelIn: z.string().optional().describe('The name of the channel through which it came.'),
      CallId: guid.nullish().describe('The call that led to it.'),
    })
    .describe('A request to call somebody back. What is left out comes from the list.'),
);

/** What is to be changed of a request. */
export const callbackPatch = body(
  'CallbackPatch',
  z
    .strictObject({
      ContactNumber: z.string().optional().describe('The number to call back.'),
      ...details,
    })
    .describe('What is to be changed; what is left out stays.'),
);

const ATTEMPT_TYPES = [1, 2, 3, 4, 5, 6] as const;

const attempt = z.strictObject({
  TypeId: z
    .literal(ATTEMPT_TYPES, { error: `give one of ${ATTEMPT_TYPES.join(', ')}` })
    .describe(
      '1 answered or closed well, 2 no answer, 3 busy, 4 wrong number, 5 put off, 6 closed without contact; 1 and 6 close the request.',
    ),
  UserId: userId.optional().describe('Who made it; yourself when left out.'),
  Timestamp: time.optional().describe('When it was made; now when left out.'),
  Note: z.string().optional().describe('What is to be said about it.'),
  CallId: guid.nullish().describe('The call that was made.'),
  NotBefore: time.nullish().describe('Do not try again before.'),
});

/** An attempt that was made. */
export const attemptBody = body('NewAttempt', attempt.describe('An attempt to reach the contact.'));

/** How a request is closed. */
export const closingBody = body(
  'CallbackClosing',
  z
    .strictObject({
      Attempt: attempt.optional().describe('The attempt that led to it.'),
      ClassificationId: guid.nullish().describe('How it is classified; stays when left out.'),
    })
    .describe('How a request is closed.'),
);
