/** How a request came about; the numbers are RTE's CallbackTypeId. */
export const CALLBACK_TYPE = { explicit: 1, overflown: 2, manual: 3 } as const;

/** How an attempt went; the vendor's numbers are not public, these are the hub's (rte/contract.md). */
export const ATTEMPT_TYPE = {
  answered: 1,
  noAnswer: 2,
  busy: 3,
  wrongNumber: 4,
  putOff: 5,
  closedWithoutContact: 6,
} as const;

/** One of RTE's CallbackTypeIds. */
export type CallbackTypeId = (typeof CALLBACK_TYPE)[keyof typeof CALLBACK_TYPE];

/** One of the hub's types of attempts. */
export type AttemptTypeId = (typeof ATTEMPT_TYPE)[keyof typeof ATTEMPT_TYPE];

/** Somebody to call back. Ids are lower-case guids, times epoch ms; null is "none" or "not known". */
export interface CallbackRequest {
  readonly id: string;
  readonly callListId: string;
  readonly organizationId: string;
  /** 1 when it is made, one more with each change. */
  readonly version: number;
  readonly typeId: CallbackTypeId;
  readonly contactNumber: string;
  readonly contactName: string;
  /** What the contact left as a message. */
  readonly contactMessage: string;
  /** What those who handle it wrote about it. */
  readonly note: string;
  /** The queue that it came through. */
  readonly queueId: string | null;
  /** Name of the channel that it came through: the queue's. */
  readonly channelIn: string;
  /** The call that led to it. */
  readonly callId: string | null;
  readonly recordingId: string | null;
  readonly transcriptId: string | null;
  readonly classificationId: string | null;
  /** Free text of whoever sets priorities; null for none. */
  readonly priority: string | null;
  readonly creationTime: number;
  readonly modified: number;
  readonly assignedUserId: string | null;
  /** Who changed it last; null while nobody but the hub has. */
  readonly lastModifiedUserId: string | null;
  /** Handle it by then. */
  readonly dueDate: number | null;
  /** Do not handle it before. */
  readonly notBefore: number | null;
  /** When it closes by itself. */
  readonly expiryDate: number | null;
  readonly isClosed: boolean;
  /** In the order in which they were told. */
  readonly attempts: readonly CallbackAttempt[];
  readonly extras: readonly CallbackExtra[];
  readonly relatedItems: readonly CallbackRelatedItem[];
}

/** One attempt to reach the contact. */
export interface CallbackAttempt {
  readonly id: string;
  readonly userId: string | null;
  readonly typeId: AttemptTypeId;
  /** When it was made. */
  readonly timestamp: number;
  readonly note: string;
  readonly callId: string | null;
}

/** A field that the organization added. */
export interface CallbackExtra {
  readonly name: string;
  readonly value: string;
}

/** What would have been a request of its own had the contact not been on the list already. */
export interface CallbackRelatedItem {
  /** The id that the other request would have. */
  readonly callBackId: string;
  readonly callListId: string;
  readonly relation: 'repeated-call' | 'repeated-request';
  /** The call that led to it. */
  readonly callId: string | null;
  readonly at: number;
}

/** A request as it is now, and whether that is news of its creation. */
export interface CallbackChange {
  readonly request: CallbackRequest;
  readonly created: boolean;
}

/** A change, as it is told: the same each time that it is. */
export interface CallbackChangeEvent extends CallbackChange {
  /** A UUIDv7, fixed with the change. */
  readonly eventId: string;
  /** When the change was made. */
  readonly timestamp: number;
}

/** A call list that takes a queue's calls of some kind, with what a request of it needs. */
export interface CollectingList {
  readonly id: string;
  readonly organizationId: string;
  /** The queue's name, by which requests tell where they came from. */
  readonly channelIn: string;
  readonly dueAfterSeconds?: number;
  readonly expiresAfterSeconds?: number;
}
