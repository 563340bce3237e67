import type { z } from 'zod';
import type {
  AttemptDraft,
  CallbackClosing,
  CallbackDraft,
  CallbackPatch,
} from '../../../callbacks/index.js';
import type { RestCaller } from '../services.js';
import type { attemptBody, callbackBody, callbackPatch, closingBody } from './bodies.js';

type PatchBody = z.output<typeof callbackPatch>;

/** What the body of a change means to the callback service. */
export function patchOf(given: PatchBody, caller: RestCaller): CallbackPatch {
  return {
    contactNumber: given.ContactNumber,
    contactName: given.ContactName,
    contactMessage: given.ContactMessage,
    note: given.Note,
    recordingId: given.RecordingId,
    transcriptId: given.TranscriptId,
    classificationId: given.ClassificationId,
    priority: given.CalculatedPriority,
    assignedUserId: userOf(given.AssignedUserId, caller),
    dueDate: given.DueDate,
    notBefore: given.NotBefore,
    expiryDate: given.ExpiryDate,
    extras: given.CallbackExtras?.map(({ Name, Value }) => ({ name: Name, value: Value })),
  };
}

/** What the body of a new request of the list means. */
export function draftOf(
  given: z.output<typeof callbackBody>,
  callListId: string,
  caller: RestCaller,
): CallbackDraft {
  const { ContactNumber: contactNumber, TypeId: typeId } = given;
  const { QueueId: queueId, ChannelIn: channelIn, CallId: callId } = given;
  return {
    ...patchOf(given, caller),
    callListId,
    contactNumber,
    typeId,
    queueId,
    channelIn,
    callId,
  };
}

/** What the body of an attempt means. */
export function attemptOf(given: z.output<typeof attemptBody>, caller: RestCaller): AttemptDraft {
  return {
    typeId: given.TypeId,
    userId: userOf(given.UserId, caller),
    timestamp: given.Timestamp,
    note: given.Note,
    callId: given.CallId,
    notBefore: given.NotBefore,
  };
}

/** What the body of a closing means; one without a body says nothing. */
export function closingOf(
  given: z.output<typeof closingBody> | null | undefined,
  caller: RestCaller,
): CallbackClosing {
  return {
    attempt: given?.Attempt && attemptOf(given.Attempt, caller),
    classificationId: given?.ClassificationId,
  };
}

/** `me` is the caller. */
export function userOf<None extends null | undefined>(
  userId: string | None,
  caller: RestCaller,
): string | None {
  return userId === 'me' ? caller.id : userId;
}
