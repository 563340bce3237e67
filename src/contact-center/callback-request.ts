/** How a request came about; the numbers are RTE's CallbackTypeId. */
export const CALLBACK_TYPE = { explicit: 1, overflown: 2, manual: 3 } as const;

/** Somebody to call back. Ids are guids, times epoch ms. */
export interface CallbackRequest {
  readonly id: string;
  readonly callListId: string;
  readonly organizationId: string;
  readonly typeId: (typeof CALLBACK_TYPE)[keyof typeof CALLBACK_TYPE];
  readonly contactNumber: string;
  readonly contactName: string;
  readonly queueId: string;
  /** Name of the channel that the request came through: the queue's. */
  readonly channelIn: string;
  /** The call that led to it; for a caller who tried again, the latest. */
  readonly callId: string;
  readonly creationTime: number;
  readonly modified: number;
  readonly dueDate?: number;
  readonly expiryDate?: number;
  readonly isClosed: boolean;
}

/** A request as it is now, and whether that is news of its creation. */
export interface CallbackChange {
  readonly request: CallbackRequest;
  readonly created: boolean;
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
