import type {
  AttemptTypeId,
  CALLBACK_TYPE,
  CallbackExtra,
  CallbackRequest,
} from '../contact-center/index.js';

/**
 * What people do with callback requests, as the REST interface offers it. Who may do it is decided
 * before. All methods reject with StoreUnavailableError while the store is away; a change whose
 * promise has resolved survives a kill of the hub, and so does its CallbackChanged.
 */
export interface CallbackOperations {
  find(id: string): Promise<CallbackRequest | undefined>;
  /** Requests in the order of their creation, which changes do not disturb. */
  list(query: CallbackQuery): Promise<CallbackPage>;
  /** @param by the user who asks for it; null for the hub or another system */
  create(draft: CallbackDraft, by: string | null): Promise<CreateOutcome>;
  update(target: ChangeTarget, patch: CallbackPatch): Promise<ChangeOutcome>;
  /** Adds an attempt; `answered` and `closedWithoutContact` close the request. */
  addAttempt(target: ChangeTarget, attempt: AttemptDraft): Promise<ChangeOutcome>;
  close(target: ChangeTarget, closing: CallbackClosing): Promise<ChangeOutcome>;
  /** Opens a closed request again; an expiry that has passed goes. An open one stays as it is. */
  reopen(target: ChangeTarget): Promise<ChangeOutcome>;
}

/** Which request is to be changed, and by whom. */
export interface ChangeTarget {
  readonly id: string;
  /** The version that the change was made for (If-Match); undefined takes any. */
  readonly expectedVersion: number | undefined;
  /** The user who asks for it; null for the hub or another system. */
  readonly by: string | null;
}

/** What became of a change. */
export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly request: CallbackRequest }
  | { readonly kind: 'not-found' }
  /** Somebody else was first; the request is as it is now. */
  | { readonly kind: 'version-conflict'; readonly request: CallbackRequest }
  /** A closed request takes nothing but `reopen`. */
  | { readonly kind: 'closed'; readonly request: CallbackRequest }
  /** The list has another open request of that number, which is this one. */
  | { readonly kind: 'duplicate'; readonly request: CallbackRequest }
  | Invalid;

/** What became of a request that somebody made. */
export type CreateOutcome =
  | { readonly kind: 'created'; readonly request: CallbackRequest }
  /** The list has an open request of that number: it was changed and tells of this one, too. */
  | { readonly kind: 'joined'; readonly request: CallbackRequest }
  | Invalid;

interface Invalid {
  readonly kind: 'invalid';
  /** All of them. */
  readonly faults: readonly FieldFault[];
}

/** What is wrong with a field. */
export interface FieldFault {
  /** The field's name in the draft or patch, as `extras.0.name`. */
  readonly field: string;
  /** What is wrong, for the person who sent it: `must be a number to call`. */
  readonly problem: string;
}

/** What one may say about a request. Ids are lower-case guids, times epoch ms, null is none. */
export interface CallbackDetails {
  readonly contactNumber: string;
  readonly contactName: string;
  readonly contactMessage: string;
  readonly note: string;
  readonly recordingId: string | null;
  readonly transcriptId: string | null;
  readonly classificationId: string | null;
  readonly priority: string | null;
  /** Has to be a user who may see the list. */
  readonly assignedUserId: string | null;
  readonly dueDate: number | null;
  readonly notBefore: number | null;
  readonly expiryDate: number | null;
  readonly extras: readonly CallbackExtra[];
}

/** What is to be changed; what is left out or undefined stays. */
export type CallbackPatch = {
  readonly [Field in keyof CallbackDetails]?: CallbackDetails[Field] | undefined;
};

/** A request to be made. Without a due date and an expiry it gets those of the list. */
export interface CallbackDraft extends CallbackPatch {
  readonly callListId: string;
  readonly contactNumber: string;
  /** `manual` when left out. */
  readonly typeId?: typeof CALLBACK_TYPE.explicit | typeof CALLBACK_TYPE.manual | undefined;
  readonly queueId?: string | null | undefined;
  readonly channelIn?: string | undefined;
  readonly callId?: string | null | undefined;
}

/** An attempt that was made. */
export interface AttemptDraft {
  readonly typeId: AttemptTypeId;
  /** Who made it; who tells it, when left out. */
  readonly userId?: string | null | undefined;
  /** When it was made; now, when left out. */
  readonly timestamp?: number | undefined;
  readonly note?: string | undefined;
  readonly callId?: string | null | undefined;
  /** Do not try again before; stays when left out. */
  readonly notBefore?: number | null | undefined;
}

/** How a request is closed. */
export interface CallbackClosing {
  /** The attempt that led to it. */
  readonly attempt?: AttemptDraft | undefined;
  /** Stays when left out. */
  readonly classificationId?: string | null | undefined;
}

/** Which requests are wanted. */
export interface CallbackQuery {
  /** The lists that the caller may see, or some of them; none gives an empty page. */
  readonly callListIds: readonly string[];
  /** Both when left out. */
  readonly state?: 'open' | 'closed' | undefined;
  /** Of this user; null for those of nobody; all when left out. */
  readonly assignedUserId?: string | null | undefined;
  /** With a due date before this, epoch ms. */
  readonly dueBefore?: number | undefined;
  /** 1 to CALLBACK_LIMITS.page. */
  readonly limit: number;
  /** Where the page before ended, from parseCursor. */
  readonly after?: CallbackPosition | undefined;
}

/** A place in the order of a list. */
export interface CallbackPosition {
  readonly creationTime: number;
  readonly id: string;
}

/** Part of a list. */
export interface CallbackPage {
  readonly requests: readonly CallbackRequest[];
  /** Where the next page begins; undefined at the end. */
  readonly next: CallbackPosition | undefined;
}
