import type { CallbackRequest } from '../contact-center/index.js';
import {
  type Author,
  attemptedRequest,
  closedRequest,
  draftedRequest,
  joinedRequest,
  patchedRequest,
  reopenedRequest,
} from './callback-changes.js';
import {
  attemptFaults,
  dateFaults,
  draftFaults,
  patchFaults,
  setsDates,
} from './callback-checks.js';
import type {
  AttemptDraft,
  CallbackClosing,
  CallbackDraft,
  CallbackPatch,
  ChangeOutcome,
  ChangeTarget,
  CreateOutcome,
  FieldFault,
} from './callback-operations.js';
import { numberKey } from './callback-requests.js';
import type { CallbackRules, KnownList } from './callback-rules.js';
import type { Change } from './change-queue.js';
import type { ChangeRecorder } from './change-recorder.js';

/** What becomes of a request, or what is wrong with the wish. */
export type Decision =
  { readonly request: CallbackRequest } | { readonly faults: readonly FieldFault[] };

type MaySee = CallbackRules['maySee'];

/**
 * The request that a draft asks for.
 * @param list undefined when there is none of that id
 */
export function decideDraft(
  id: string,
  list: KnownList | undefined,
  draft: CallbackDraft,
  author: Author,
  maySee: MaySee,
): Decision {
  if (list === undefined) {
    const fault = { field: 'callListId', problem: 'must be a call list' };
    return { faults: [fault, ...draftFaults(draft)] };
  }
  const request = draftedRequest(id, list, draft, author);
  return unless(
    [
      ...draftFaults(draft),
      ...assigneeFaults(draft.assignedUserId, list.id, maySee),
      ...(setsDates(draft) ? dateFaults(request) : []),
    ],
    request,
  );
}

/** Adds a request, or joins it to the open one that its number has in the list. */
export function createRequest(
  request: CallbackRequest,
  author: Author,
  recorder: ChangeRecorder,
): Change<CreateOutcome> {
  const { callListId, contactNumber } = request;
  return async (transaction) => {
    const open = await recorder.findOpen(transaction, callListId, contactNumber, author.at);
    if (open === undefined) {
      await recorder.created(transaction, request);
      return { kind: 'created', request };
    }
    const joined = joinedRequest(open, request, author);
    await recorder.changed(transaction, joined);
    return { kind: 'joined', request: joined };
  };
}

/** Changes an open request, or opens a closed one, by what `decide` makes of it. */
export function changeRequest(
  { id, expectedVersion }: ChangeTarget,
  { mayBeClosed = false }: { readonly mayBeClosed?: boolean },
  decide: (request: CallbackRequest) => Decision,
  recorder: ChangeRecorder,
): Change<ChangeOutcome> {
  return async (transaction) => {
    const request = await transaction.find(id);
    if (request === undefined) return { kind: 'not-found' };
    if (expectedVersion !== undefined && expectedVersion !== request.version) {
      return { kind: 'version-conflict', request };
    }
    if (request.isClosed && !mayBeClosed) return { kind: 'closed', request };
    const decision = decide(request);
    if ('faults' in decision) return { kind: 'invalid', faults: decision.faults };
    const { request: next } = decision;
    if (next === request) return { kind: 'changed', request };
    if (mayCollide(request, next)) {
      const other = await transaction.findOpen(next.callListId, next.contactNumber);
      if (other !== undefined && other.id !== id) return { kind: 'duplicate', request: other };
    }
    await recorder.changed(transaction, next);
    return { kind: 'changed', request: next };
  };
}

/** An open request whose number stays has its place in the list already. */
function mayCollide(request: CallbackRequest, next: CallbackRequest): boolean {
  if (next.isClosed) return false;
  return request.isClosed || numberKey(request.contactNumber) !== numberKey(next.contactNumber);
}

export function decidePatch(
  request: CallbackRequest,
  patch: CallbackPatch,
  author: Author,
  maySee: MaySee,
): Decision {
  const next = patchedRequest(request, patch, author);
  return unless(
    [
      ...patchFaults(patch),
      ...assigneeFaults(patch.assignedUserId, request.callListId, maySee),
      ...(setsDates(patch) ? dateFaults(next) : []),
    ],
    next,
  );
}

export function decideAttempt(
  request: CallbackRequest,
  attemptId: string,
  attempt: AttemptDraft,
  author: Author,
): Decision {
  const faults = attemptFaults(attempt, request.attempts.length);
  return unless(faults, attemptedRequest(request, attemptId, attempt, author));
}

export function decideClosing(
  request: CallbackRequest,
  attemptId: string,
  closing: CallbackClosing,
  author: Author,
): Decision {
  const { attempt, classificationId } = closing;
  const ofAttempt = attempt === undefined ? [] : attemptFaults(attempt, request.attempts.length);
  const faults = [
    ...patchFaults({ classificationId }),
    ...ofAttempt.map(({ field, problem }) => ({ field: `attempt.${field}`, problem })),
  ];
  return unless(faults, closedRequest(request, attemptId, closing, author));
}

export function decideReopening(request: CallbackRequest, author: Author): Decision {
  return { request: request.isClosed ? reopenedRequest(request, author) : request };
}

function assigneeFaults(
  userId: string | null | undefined,
  callListId: string,
  maySee: MaySee,
): readonly FieldFault[] {
  if (userId === null || userId === undefined || maySee(userId, callListId)) return [];
  return [{ field: 'assignedUserId', problem: 'must be a user who may see the call list' }];
}

function unless(faults: readonly FieldFault[], request: CallbackRequest): Decision {
  return faults.length === 0 ? { request } : { faults };
}
