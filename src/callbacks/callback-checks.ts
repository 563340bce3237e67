import { isGuid } from '../contact-center/index.js';
import { CALLBACK_LIMITS } from './callback-limits.js';
import type {
  AttemptDraft,
  CallbackDraft,
  CallbackPatch,
  FieldFault,
} from './callback-operations.js';
import { isNumber } from './callback-requests.js';

type Faults = readonly FieldFault[];

/** The latest time that events can tell: a Date ends in the year 275760, the contract's in 9999. */
const LATEST_TIME = Date.parse('9999-12-31T23:59:59.999Z');

const SHORT = ['contactNumber', 'contactName', 'priority'] as const;
const LONG = ['contactMessage', 'note'] as const;
const GUIDS = ['recordingId', 'transcriptId', 'classificationId', 'assignedUserId'] as const;
const TIMES = ['dueDate', 'notBefore', 'expiryDate'] as const;

/** All that is wrong with a request to be made, but for whom it is assigned to. */
export function draftFaults(draft: CallbackDraft): Faults {
  return [
    ...patchFaults(draft),
    ...textFaults('channelIn', draft.channelIn, CALLBACK_LIMITS.text),
    ...guidFaults('callId', draft.callId),
    ...guidFaults('queueId', draft.queueId),
  ];
}

/** All that is wrong with a change, but for whom it assigns the request to. */
export function patchFaults(patch: CallbackPatch): Faults {
  return [
    ...(patch.contactNumber === undefined || isNumber(patch.contactNumber)
      ? []
      : [{ field: 'contactNumber', problem: 'must be a number to call' }]),
    ...SHORT.flatMap((field) => textFaults(field, patch[field], CALLBACK_LIMITS.text)),
    ...LONG.flatMap((field) => textFaults(field, patch[field], CALLBACK_LIMITS.longText)),
    ...GUIDS.flatMap((field) => guidFaults(field, patch[field])),
    ...TIMES.flatMap((field) => timeFaults(field, patch[field])),
    ...extraFaults(patch.extras),
  ];
}

/** Whether the change is about one of the dates. */
export function setsDates(patch: CallbackPatch): boolean {
  return TIMES.some((field) => patch[field] !== undefined);
}

/** Dates that contradict each other; `dates` are those of the request as it would be. */
export function dateFaults(dates: {
  readonly [Name in (typeof TIMES)[number]]: number | null;
}): Faults {
  const { dueDate, notBefore, expiryDate } = dates;
  return [
    ...orderFaults('notBefore', notBefore, 'dueDate', dueDate),
    ...orderFaults('notBefore', notBefore, 'expiryDate', expiryDate),
    ...orderFaults('dueDate', dueDate, 'expiryDate', expiryDate),
  ];
}

/** All that is wrong with an attempt that is added to `attempts` others. */
export function attemptFaults(attempt: AttemptDraft, attempts: number): Faults {
  return [
    ...(attempts < CALLBACK_LIMITS.attempts
      ? []
      : [fault('attempts', `are ${String(attempts)} already: close the request`)]),
    ...guidFaults('userId', attempt.userId),
    ...guidFaults('callId', attempt.callId),
    ...timeFaults('timestamp', attempt.timestamp),
    ...timeFaults('notBefore', attempt.notBefore),
    ...textFaults('note', attempt.note, CALLBACK_LIMITS.longText),
  ];
}

function extraFaults(extras: CallbackPatch['extras']): Faults {
  if (extras === undefined) return [];
  const most = CALLBACK_LIMITS.extras;
  return [
    ...(extras.length <= most ? [] : [fault('extras', `must be ${String(most)} at most`)]),
    ...extras
      .slice(0, most)
      .flatMap(({ name, value }, index) => [
        ...textFaults(`extras.${String(index)}.name`, name, CALLBACK_LIMITS.text),
        ...textFaults(`extras.${String(index)}.value`, value, CALLBACK_LIMITS.longText),
      ]),
  ];
}

function textFaults(field: string, text: string | null | undefined, longest: number): Faults {
  if (text === null || text === undefined) return [];
  // PostgreSQL takes no NUL in a text (8.3).
  if (text.includes('\0')) return [fault(field, 'must not contain a NUL character')];
  return text.length <= longest
    ? []
    : [fault(field, `must have ${String(longest)} characters at most`)];
}

function guidFaults(field: string, id: string | null | undefined): Faults {
  return id === null || id === undefined || isGuid(id)
    ? []
    : [fault(field, 'must be a lower-case guid')];
}

function timeFaults(field: string, time: number | null | undefined): Faults {
  if (time === null || time === undefined) return [];
  const isTime = Number.isInteger(time) && time >= 0 && time <= LATEST_TIME;
  return isTime ? [] : [fault(field, 'must be a time from 1970 to 9999')];
}

function orderFaults(
  earlier: string,
  from: number | null,
  later: string,
  to: number | null,
): Faults {
  return from === null || to === null || from <= to
    ? []
    : [fault(later, `must not be before ${earlier}`)];
}

function fault(field: string, problem: string): FieldFault {
  return { field, problem };
}
