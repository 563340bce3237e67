import type { RteEventData } from '../../../rte/events/event-catalogue.js';
import { timeOf } from '../times.js';

type CallbackData = RteEventData<'CallbackChanged'>;

/** How an attempt went, by the hub's numbers. */
export const OUTCOMES = [
  'answered',
  'no-answer',
  'busy',
  'wrong-number',
  'put-off',
  'given-up',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The number of an outcome: `TypeId` of an attempt. */
export function typeOfOutcome(outcome: Outcome): number {
  return OUTCOMES.indexOf(outcome) + 1;
}

/** Whether the outcome closes the request. */
export function isFinal(outcome: Outcome): boolean {
  return outcome === 'answered' || outcome === 'given-up';
}

/** An attempt to reach the contact; `outcome` is undefined for a number that is not known here. */
export interface Attempt {
  readonly userId: string | null;
  readonly outcome: Outcome | undefined;
  /** Epoch ms. */
  readonly at: number;
  readonly note: string;
}

/** A callback request as this view shows it; times in epoch ms, null for none. */
export interface Callback {
  readonly id: string;
  readonly listId: string;
  /** Changes with each change, so that an older state is not taken for a newer one. */
  readonly modified: number;
  readonly modifiedBy: string | null;
  readonly assignedTo: string | null;
  readonly contactName: string;
  readonly contactNumber: string;
  readonly contactMessage: string;
  readonly note: string;
  readonly channel: string;
  readonly createdAt: number;
  readonly isClosed: boolean;
  readonly typeId: number;
  readonly dueAt: number | null;
  readonly notBefore: number | null;
  readonly expiresAt: number | null;
  readonly priority: string;
  readonly attempts: readonly Attempt[];
}

/** Of an event, what is shown. */
export type CallbackFields = Pick<
  CallbackData,
  | 'callBackId'
  | 'callListId'
  | 'modified'
  | 'lastModifiedUserId'
  | 'assignedUserId'
  | 'contactName'
  | 'contactNumber'
  | 'contactMessage'
  | 'note'
  | 'channelIn'
  | 'creationTime'
  | 'isClosed'
  | 'typeId'
  | 'dueDate'
  | 'notBefore'
  | 'expiryDate'
  | 'calculatedPriority'
> & {
  readonly callbackAttempts:
    | readonly {
        readonly userId: string | null;
        readonly typeId: number;
        readonly timestamp: string;
        readonly note: string | null;
      }[]
    | null;
};

/** The request that an event carries, or an answer of REST with names like an event's. */
export function callbackOf(fields: CallbackFields): Callback {
  return {
    id: fields.callBackId,
    listId: fields.callListId,
    modified: timeOf(fields.modified) ?? 0,
    modifiedBy: fields.lastModifiedUserId,
    assignedTo: fields.assignedUserId,
    contactName: fields.contactName ?? '',
    contactNumber: fields.contactNumber ?? '',
    contactMessage: fields.contactMessage ?? '',
    note: fields.note ?? '',
    channel: fields.channelIn ?? '',
    createdAt: timeOf(fields.creationTime) ?? 0,
    isClosed: fields.isClosed,
    typeId: fields.typeId,
    dueAt: timeOf(fields.dueDate),
    notBefore: timeOf(fields.notBefore),
    expiresAt: timeOf(fields.expiryDate),
    priority: fields.calculatedPriority ?? '',
    attempts: (fields.callbackAttempts ?? []).map(({ userId, typeId, timestamp, note }) => ({
      userId,
      outcome: OUTCOMES[typeId - 1],
      at: timeOf(timestamp) ?? 0,
      note: note ?? '',
    })),
  };
}
