import * as z from 'zod/mini';
import { AVAILABILITIES } from './availability/availability.js';
import { callbackOf } from './callback/callback.js';

// What of the answers of REST is used here, by openapi.json.

/** `/users/me/availability/current`, and the answer to setting one. */
export const availabilityAnswer = z.object({
  Id: z.string(),
  Availability: z.enum(AVAILABILITIES),
  EventSource: z.string(),
  Note: z.string(),
  StartTime: z.string(),
  EndTime: z.string(),
});

/** `/queues`. */
export const queuesAnswer = z.array(
  z.object({ Id: z.string(), Name: z.string(), Numbers: z.array(z.string()) }),
);

/** `/calllists`. */
export const callListsAnswer = z.array(z.object({ Id: z.string(), Name: z.string() }));

/** `/users/{id}`. */
export const userAnswer = z.object({ DisplayName: z.string() });

const text = z.nullable(z.string());

/** `/callbacks/{id}`: the fields of CallbackChanged in PascalCase. */
export const callbackAnswer = z.pipe(
  z.object({
    CallBackId: z.string(),
    CallListId: z.string(),
    Modified: z.string(),
    LastModifiedUserId: text,
    AssignedUserId: text,
    ContactName: text,
    ContactNumber: text,
    ContactMessage: text,
    Note: text,
    ChannelIn: text,
    CreationTime: z.string(),
    IsClosed: z.boolean(),
    TypeId: z.number(),
    DueDate: text,
    NotBefore: text,
    ExpiryDate: text,
    CalculatedPriority: text,
    CallbackAttempts: z.nullable(
      z.array(z.object({ UserId: text, TypeId: z.number(), Timestamp: z.string(), Note: text })),
    ),
  }),
  z.transform((answer) =>
    callbackOf({
      callBackId: answer.CallBackId,
      callListId: answer.CallListId,
      modified: answer.Modified,
      lastModifiedUserId: answer.LastModifiedUserId,
      assignedUserId: answer.AssignedUserId,
      contactName: answer.ContactName,
      contactNumber: answer.ContactNumber,
      contactMessage: answer.ContactMessage,
      note: answer.Note,
      channelIn: answer.ChannelIn,
      creationTime: answer.CreationTime,
      isClosed: answer.IsClosed,
      typeId: answer.TypeId,
      dueDate: answer.DueDate,
      notBefore: answer.NotBefore,
      expiryDate: answer.ExpiryDate,
      calculatedPriority: answer.CalculatedPriority,
      callbackAttempts: (answer.CallbackAttempts ?? []).map((attempt) => ({
        userId: attempt.UserId,
        typeId: attempt.TypeId,
        timestamp: attempt.Timestamp,
        note: attempt.Note,
      })),
    }),
  ),
);

/** `/calllists/{id}/callbacks`. */
export const callbacksAnswer = z.array(callbackAnswer);
