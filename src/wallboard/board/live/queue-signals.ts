import { computed, type ReadonlySignal } from '@preact/signals';
import type { QueueFigures } from '../model/queue-figures.js';
import { type QueueSeverity, queueSeverity } from '../model/queue-severity.js';
import type { Severity } from '../model/severity.js';
import type { Thresholds } from '../model/thresholds.js';
import type { BoardStore } from './board-store.js';

/** What is shown of one queue. */
export interface QueueSignals {
  /** Undefined while nothing was told of the queue. */
  readonly figures: ReadonlySignal<QueueFigures | undefined>;
  /** How bad each figure is. One signal each: most change while most stay. */
  readonly severity: Readonly<Record<keyof QueueSeverity, ReadonlySignal<Severity>>>;
}

const FINE: QueueSeverity = { waiting: 'ok', longestWait: 'ok', free: 'ok', overall: 'ok' };

interface QueueCircumstances {
  readonly store: Pick<BoardStore, 'queue'>;
  readonly thresholds: ReadonlySignal<Thresholds>;
  /** The hub's epoch ms, each second. */
  readonly now: ReadonlySignal<number>;
}

/** Makes the signals of a queue. Of a queue of which nothing is known nothing is bad. */
export function queueSignals(
  id: string,
  { store, thresholds, now }: QueueCircumstances,
): QueueSignals {
  const figures = store.queue(id);
  const all = computed(() =>
    figures.value === undefined ? FINE : queueSeverity(figures.value, thresholds.value, now.value),
  );
  return {
    figures,
    severity: {
      waiting: computed(() => all.value.waiting),
      longestWait: computed(() => all.value.longestWait),
      free: computed(() => all.value.free),
      overall: computed(() => all.value.overall),
    },
  };
}
