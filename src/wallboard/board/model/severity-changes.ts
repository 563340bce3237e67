import type { Severity } from './severity.js';

/** A queue that is worse or better than it was. */
export interface SeverityChange {
  readonly id: string;
  readonly severity: Severity;
}

/**
 * Which queues changed, in the order given. A queue that is seen for the first time is no news
 * unless it is bad: who begins to listen wants no list of what is well.
 */
export function severityChanges(
  before: ReadonlyMap<string, Severity>,
  after: ReadonlyMap<string, Severity>,
): readonly SeverityChange[] {
  return [...after]
    .filter(([id, severity]) => severity !== (before.get(id) ?? 'ok'))
    .map(([id, severity]) => ({ id, severity }));
}
