import { computed, type ReadonlySignal } from '@preact/signals';
import type { BoardOptions } from '../model/board-options.js';
import { addCounts, type CallbackCounts, NO_CALLBACKS } from '../model/callback-book.js';
import { type Severity, severityOf, worstOf } from '../model/severity.js';
import type { BoardStore } from './board-store.js';
import type { RosterList } from './roster.js';
import { isSameRecord, steady } from './steady.js';

/** Counts of requests; undefined until they were read. */
type Counts = ReadonlySignal<CallbackCounts | undefined>;

interface CallbackBoardParts {
  readonly store: Pick<BoardStore, 'callbacks' | 'callbackChanges'>;
  readonly lists: ReadonlySignal<readonly RosterList[]>;
  readonly options: ReadonlySignal<BoardOptions>;
  /** The board's clock, epoch ms: requests become due without an event. */
  readonly clock: ReadonlySignal<number>;
}

/** The callback requests of the board. */
export class CallbackBoard {
  /** Of all lists together. */
  readonly sum: Counts;
  /** Whether more requests are open than are counted. */
  readonly isCut: ReadonlySignal<boolean>;
  readonly #parts: CallbackBoardParts;
  /** One for each list that was ever on the roster, which has tens. */
  readonly #counts = new Map<string, Counts>();

  constructor(parts: CallbackBoardParts) {
    this.#parts = parts;
    const { store, lists } = parts;
    this.isCut = computed(() => store.callbackChanges.value > 0 && store.callbacks.isCut);
    this.sum = steady(() => {
      let sum: CallbackCounts | undefined = NO_CALLBACKS;
      for (const { id } of lists.value) {
        const counts: CallbackCounts | undefined = this.counts(id).value;
        sum = sum && counts && addCounts(sum, counts);
      }
      return sum;
    }, isSameCounts);
  }

  /** Those of a list. */
  counts(callListId: string): Counts {
    const known = this.#counts.get(callListId);
    if (known !== undefined) return known;
    const { store, clock } = this.#parts;
    const made = steady(() => {
      // Nothing has changed before the first reading, and nothing is known.
      const isRead = store.callbackChanges.value > 0 && store.callbacks.isRead;
      return isRead ? store.callbacks.counts(callListId, clock.value) : undefined;
    }, isSameCounts);
    this.#counts.set(callListId, made);
    return made;
  }

  /** How bad it is that so many requests of a list are overdue. */
  severity({ overdue }: CallbackCounts): Severity {
    return severityOf(overdue, this.#parts.options.value.overdue);
  }

  /** The worst of all lists. */
  worst(): Severity {
    const { lists } = this.#parts;
    return worstOf(
      lists.value.map(({ id }) => {
        const counts = this.counts(id).value;
        return counts === undefined ? 'ok' : this.severity(counts);
      }),
    );
  }
}

function isSameCounts(one: CallbackCounts | undefined, other: CallbackCounts | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && isSameRecord(one, other));
}
