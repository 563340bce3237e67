import { isFinal, typeOfOutcome, type Callback, type Outcome } from './callback.js';
import { differences } from './difference.js';

/** What somebody has open: a request, and what they typed about it. */
export interface CallbackWork {
  /** The state that they have seen, which changes are made to. */
  readonly base: Callback;
  /** The ETag of `base`; undefined when it has to be read before the next change. */
  readonly etag: string | undefined;
  /** The note as it is typed; null while nobody touched it. */
  readonly note: string | null;
  readonly attempt: AttemptDraft;
  /** A change is on its way. */
  readonly isBusy: boolean;
  readonly conflict: Conflict | null;
  /** Why the last change was not done, in words; empty for no reason. */
  readonly problem: string;
}

/** An attempt as it is filled in. */
export interface AttemptDraft {
  readonly outcome: Outcome | null;
  readonly note: string;
  /** Not to be tried again before, epoch ms; null for at any time. */
  readonly notBefore: number | null;
}

/** What somebody else did while this one was open. */
export interface Conflict {
  /** What was seen before. */
  readonly seen: Callback;
  readonly theirs: Callback;
  /** A change was refused because of it; else it was heard of before anything was sent. */
  readonly isRefused: boolean;
}

/** What happens to it. */
export type WorkStep =
  | { readonly kind: 'note-typed'; readonly note: string }
  | { readonly kind: 'attempt-filled-in'; readonly attempt: Partial<AttemptDraft> }
  | { readonly kind: 'sent' }
  /** The change was done; what was sent is no draft any more, what was typed since still is. */
  | {
      readonly kind: 'done';
      readonly part: 'note' | 'attempt' | 'assignment';
      readonly sent: Pick<CallbackWork, 'note'>;
      readonly now: Callback;
    }
  | { readonly kind: 'read'; readonly now: Callback; readonly etag: string | undefined }
  /** Somebody else was faster: how it is now. */
  | { readonly kind: 'refused'; readonly now: Callback; readonly etag: string | undefined }
  | { readonly kind: 'failed'; readonly problem: string }
  /** An event told how it is now. */
  | { readonly kind: 'told'; readonly now: Callback }
  /** They have seen what the other did, and go on from there. */
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'discarded' };

const NO_ATTEMPT: AttemptDraft = { outcome: null, note: '', notBefore: null };

/** A request that was just opened. */
export function openedWork(base: Callback): CallbackWork {
  return {
    base,
    etag: undefined,
    note: null,
    attempt: NO_ATTEMPT,
    isBusy: false,
    conflict: null,
    problem: '',
  };
}

/** Whether something is typed that would be lost. */
export function isDirty({ base, note, attempt }: CallbackWork): boolean {
  const isNoteTyped = note !== null && note !== base.note;
  return isNoteTyped || attempt.outcome !== null || attempt.note !== '';
}

/** The work after a step. No step but `done` of its own part and `discarded` takes typed text. */
export function withStep(work: CallbackWork, step: WorkStep): CallbackWork {
  switch (step.kind) {
    case 'note-typed':
      return { ...work, note: step.note };
    case 'attempt-filled-in':
      return { ...work, attempt: { ...work.attempt, ...step.attempt } };
    case 'sent':
      return { ...work, isBusy: true, problem: '' };
    case 'failed':
      return { ...work, isBusy: false, problem: step.problem };
    case 'done':
      return {
        ...work,
        base: step.now,
        etag: undefined,
        note: step.part === 'note' && work.note === step.sent.note ? null : work.note,
        attempt: step.part === 'attempt' ? NO_ATTEMPT : work.attempt,
        isBusy: false,
        conflict: null,
        problem: '',
      };
    case 'read':
      return { ...work, base: step.now, etag: step.etag };
    case 'refused': {
      const seen = work.conflict?.seen ?? work.base;
      const conflict = { seen, theirs: step.now, isRefused: true };
      return { ...work, base: step.now, etag: step.etag, isBusy: false, conflict };
    }
    case 'told':
      return told(work, step.now);
    case 'acknowledged':
      return work.conflict === null
        ? work
        : {
            ...work,
            base: newest(work.base, work.conflict.theirs),
            etag: undefined,
            conflict: null,
          };
    case 'discarded':
      return { ...openedWork(newest(work.base, work.conflict?.theirs)), isBusy: work.isBusy };
  }
}

/** Whoever has typed nothing sees the new state at once; whoever has is told of it. */
function told(work: CallbackWork, now: Callback): CallbackWork {
  const { base, conflict } = work;
  const known = newest(base, conflict?.theirs);
  // The answer to what is on its way says more than the event of it.
  if (work.isBusy || now.modified < known.modified || differences(known, now).length === 0) {
    return work;
  }
  if (!isDirty(work)) return { ...work, base: now, etag: undefined, conflict: null };
  const seen = conflict?.seen ?? base;
  return { ...work, conflict: { seen, theirs: now, isRefused: conflict?.isRefused ?? false } };
}

function newest(one: Callback, other: Callback | undefined): Callback {
  return other !== undefined && other.modified > one.modified ? other : one;
}

/** A change to be sent: where to, with which body, and what of the work it settles. */
export interface Change {
  readonly method: 'patch' | 'post';
  readonly path: string;
  readonly body: object;
  readonly part: 'note' | 'attempt' | 'assignment';
}

/** Gives the request to somebody, or to nobody with null. */
export function assignment(callback: Callback, userId: string | null): Change {
  const body = { AssignedUserId: userId };
  return { method: 'patch', path: pathOf(callback), body, part: 'assignment' };
}

/** Saves the note as it is typed. */
export function noteChange({ base, note }: CallbackWork): Change {
  return { method: 'patch', path: pathOf(base), body: { Note: note ?? base.note }, part: 'note' };
}

/**
 * Tells of the attempt that is filled in; a final one closes the request.
 * @param outcome how it went
 */
export function attemptChange({ base, attempt }: CallbackWork, outcome: Outcome): Change {
  const Attempt = {
    TypeId: typeOfOutcome(outcome),
    ...(attempt.note === '' ? {} : { Note: attempt.note }),
    ...(attempt.notBefore === null || isFinal(outcome)
      ? {}
      : { NotBefore: new Date(attempt.notBefore).toISOString() }),
  };
  return isFinal(outcome)
    ? { method: 'post', path: `${pathOf(base)}/close`, body: { Attempt }, part: 'attempt' }
    : { method: 'post', path: `${pathOf(base)}/attempts`, body: Attempt, part: 'attempt' };
}

function pathOf({ id }: Callback): string {
  return `/callbacks/${id}`;
}
