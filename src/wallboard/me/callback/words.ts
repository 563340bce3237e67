import { formatMoment } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import { formatRough } from '../moments.js';
import type { Attempt, Callback } from './callback.js';
import type { Difference } from './difference.js';
import { urgencyOf } from './urgency.js';

/** Whom to call back: the name, or else the number. */
export function nameOfContact({ contactName, contactNumber }: Callback): string {
  return contactName === '' ? contactNumber : contactName;
}

/** The name of a user in a sentence. */
export function nameOf(userId: string | null, me: string, names: Desk['names']): string {
  if (userId === null) return text.me.nobody;
  return userId === me ? text.me.myself : (names.of(userId) ?? text.me.somebody);
}

/** When the request wants to be worked on, by the clock; times in epoch ms. */
export function timeWords(callback: Callback, now: number): string {
  const { dueAt, notBefore } = callback;
  const words = text.me.callbacks;
  const urgency = urgencyOf(callback, now);
  if (urgency === 'put-off' && notBefore !== null) {
    return words.notBefore(formatMoment(notBefore, now));
  }
  if (dueAt === null) return words.noDue;
  const length = formatRough(dueAt - now);
  return urgency === 'overdue' ? words.late(length) : words.dueIn(length);
}

/** How an attempt went. */
export function outcomeWords({ outcome }: Attempt): string {
  const { outcomes, unknownOutcome } = text.me.callbacks;
  return outcome === undefined ? unknownOutcome : outcomes[outcome];
}

/** What somebody did to a request, to follow their name. */
export function differenceWords(
  difference: Difference,
  now: number,
  name: (userId: string) => string,
): string {
  const words = text.me.callbacks.conflict;
  switch (difference.kind) {
    case 'closed':
    case 'reopened':
    case 'contact':
      return words[difference.kind];
    case 'assigned':
      return difference.to === null ? words.unassigned : words.assigned(name(difference.to));
    case 'note':
      return difference.after === '' ? words.noteEmptied : words.note(difference.after);
    case 'attempt': {
      const { attempt } = difference;
      const outcome = outcomeWords(attempt);
      return attempt.note === ''
        ? words.attempt(outcome)
        : words.attemptNoted(outcome, attempt.note);
    }
    case 'due':
      return words.due(momentOr(difference.at, now));
    case 'not-before':
      return words.notBefore(momentOr(difference.at, now));
    case 'expiry':
      return words.expiry(momentOr(difference.at, now));
  }
}

function momentOr(at: number | null, now: number): string {
  return at === null ? text.me.callbacks.conflict.noTime : formatMoment(at, now);
}
