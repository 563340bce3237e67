import type { Occurrence } from '../../../src/contact-center/index.js';
import { people } from '../../support/directory-fixture.js';

/** Each occurrence in a line: what happened, to whom, and why. */
export function told(occurrences: readonly Occurrence[]): string[] {
  return occurrences.map((occurrence) =>
    [occurrence.kind, nameOf(occurrence), detailOf(occurrence)].filter(Boolean).join(' '),
  );
}

function nameOf(occurrence: Occurrence): string {
  if (!('userId' in occurrence)) return '';
  const entry = Object.entries(people).find(([, id]) => id === occurrence.userId);
  return entry?.[0] ?? occurrence.userId;
}

function detailOf(occurrence: Occurrence): string {
  if ('step' in occurrence) {
    const { step } = occurrence;
    return step === 'cancelled' ? `${step} ${occurrence.reason}` : `${step} ${occurrence.target}`;
  }
  if (occurrence.kind === 'user-call-sent-on') return `${occurrence.reason} ${occurrence.target}`;
  if ('reason' in occurrence) return occurrence.reason;
  return 'endedBy' in occurrence ? occurrence.endedBy : '';
}
