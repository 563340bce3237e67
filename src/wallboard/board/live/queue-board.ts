import { computed, type ReadonlySignal } from '@preact/signals';
import type { BoardOptions } from '../model/board-options.js';
import { type CenterSummary, centerSummary } from '../model/center-summary.js';
import { chooseQueues } from '../model/chosen-queues.js';
import { orderedIds } from '../model/queue-order.js';
import { type Severity, worstOf } from '../model/severity.js';
import type { BoardStore } from './board-store.js';
import { type QueueSignals, queueSignals } from './queue-signals.js';
import type { Named, Roster } from './roster.js';
import { isSameList, steady } from './steady.js';

interface QueueBoardParts {
  readonly store: Pick<BoardStore, 'queue'>;
  readonly roster: ReadonlySignal<Roster | undefined>;
  readonly options: ReadonlySignal<BoardOptions>;
  /** The board's clock, epoch ms. */
  readonly clock: ReadonlySignal<number>;
}

/** The queues of the board: which, in what order, and how bad each is. */
export class QueueBoard {
  /** The queues to show in their order; undefined until they were read. */
  readonly shown: ReadonlySignal<readonly Named[] | undefined>;
  /** Queues that the address or the settings name, but the person does not see. */
  readonly unknown: ReadonlySignal<readonly string[]>;
  /** Undefined while nothing is known of any queue. */
  readonly summary: ReadonlySignal<CenterSummary | undefined>;
  readonly #parts: QueueBoardParts;
  /** One for each queue that was ever on the roster; see MAX_QUEUES of the store. */
  readonly #signals = new Map<string, QueueSignals>();

  constructor(parts: QueueBoardParts) {
    const { roster, options } = parts;
    this.#parts = parts;
    const chosen = computed(() => {
      const queues = roster.value?.queues;
      return queues && chooseQueues(queues, options.value.queues);
    });
    this.shown = steady(() => this.#inOrder(chosen.value?.shown), isSamePossibleList);
    this.unknown = computed(() => chosen.value?.unknown ?? []);
    this.summary = computed(() => this.#summary());
  }

  /** What is shown of a queue. */
  queue(id: string): QueueSignals {
    const known = this.#signals.get(id);
    if (known !== undefined) return known;
    const { store, options, clock } = this.#parts;
    const made = queueSignals(id, { store, thresholds: options, now: clock });
    this.#signals.set(id, made);
    return made;
  }

  /** The worst of one of the figures, of all queues shown. */
  worst(figure: keyof QueueSignals['severity']): Severity {
    const shown = this.shown.value ?? [];
    return worstOf(shown.map(({ id }) => this.queue(id).severity[figure].value));
  }

  #inOrder(shown: readonly Named[] | undefined): readonly Named[] | undefined {
    const { order } = this.#parts.options.value;
    if (shown === undefined || order === 'name') return shown;
    const placed = shown.map(({ id, name }) => {
      const severity = this.queue(id).severity.overall.value;
      return { id, name, severity };
    });
    const byId = new Map(shown.map((queue) => [queue.id, queue]));
    return orderedIds(placed, order).flatMap((id) => byId.get(id) ?? []);
  }

  #summary(): CenterSummary | undefined {
    const known = (this.shown.value ?? []).flatMap(({ id }) => {
      const figures = this.queue(id).figures.value;
      return figures === undefined ? [] : [[id, figures] as const];
    });
    return centerSummary(known);
  }
}

function isSamePossibleList<Item>(
  one: readonly Item[] | undefined,
  other: readonly Item[] | undefined,
): boolean {
  return one === other || (one !== undefined && other !== undefined && isSameList(one, other));
}
