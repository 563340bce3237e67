import type { Attempt, Callback } from './callback.js';

/** One thing in which two states of a request differ; times in epoch ms. */
export type Difference =
  | { readonly kind: 'closed' | 'reopened' }
  | { readonly kind: 'assigned'; readonly to: string | null }
  | { readonly kind: 'note'; readonly before: string; readonly after: string }
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'due' | 'not-before' | 'expiry'; readonly at: number | null }
  /** The contact's name, number or message, the priority. */
  | { readonly kind: 'contact' };

/** What somebody else did to a request, what matters most first. */
export function differences(before: Callback, after: Callback): readonly Difference[] {
  return [...closing(before, after), ...assignment(before, after), ...work(before, after)];
}

function closing(before: Callback, after: Callback): Difference[] {
  if (before.isClosed === after.isClosed) return [];
  return [{ kind: after.isClosed ? 'closed' : 'reopened' }];
}

function assignment(before: Callback, after: Callback): Difference[] {
  return before.assignedTo === after.assignedTo ? [] : [{ kind: 'assigned', to: after.assignedTo }];
}

function work(before: Callback, after: Callback): Difference[] {
  const found: Difference[] = after.attempts
    .slice(before.attempts.length)
    .map((attempt) => ({ kind: 'attempt', attempt }));
  if (before.note !== after.note) {
    found.push({ kind: 'note', before: before.note, after: after.note });
  }
  if (before.dueAt !== after.dueAt) found.push({ kind: 'due', at: after.dueAt });
  if (before.notBefore !== after.notBefore) found.push({ kind: 'not-before', at: after.notBefore });
  if (before.expiresAt !== after.expiresAt) found.push({ kind: 'expiry', at: after.expiresAt });
  if (contactOf(before) !== contactOf(after)) found.push({ kind: 'contact' });
  return found;
}

function contactOf({ contactName, contactNumber, contactMessage, priority }: Callback): string {
  return JSON.stringify([contactName, contactNumber, contactMessage, priority]);
}
