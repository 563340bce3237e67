import type { Order } from './board-options.js';
import { bySeverity, type Severity } from './severity.js';

/** What the place of a queue goes by. */
export interface PlacedQueue {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Sorts by name, `Queue 2` before `Queue 10`; equal names by their ids, so that places are steady. */
export function byName(
  one: { readonly name: string; readonly id: string },
  other: { readonly name: string; readonly id: string },
): number {
  return collator.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}

/**
 * The ids of the queues in the order in which they stand. The worst first goes by severity alone:
 * by waiting times the places would change every second.
 */
export function orderedIds(queues: readonly PlacedQueue[], order: Order): readonly string[] {
  return [...queues]
    .sort((one, other) => {
      const bySeverities = order === 'worst' ? bySeverity(one.severity, other.severity) : 0;
      return bySeverities || byName(one, other);
    })
    .map(({ id }) => id);
}
