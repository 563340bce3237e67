import type { Instruments } from './instruments.js';
import { limitLabels } from './label-limit.js';

/** There are 31 events and a handful of reasons. */
const MAX_LABELS = 64;

/** What the RTE hub counts, in the form of its metrics interface. */
export function rteMetrics(figures: Instruments) {
  const label = limitLabels(MAX_LABELS);
  return {
    eventPublished(event: string): void {
      figures.eventsPublished.inc({ event: label(event) });
    },
    accessDenied(reason: string, rule: string): void {
      figures.accessDenied.inc({ reason: label(reason), rule: label(rule) });
    },
    /** @param occasion why the snapshot was asked for @param table of the state; words of ours */
    corrected: (occasion: string, table: string, count: number): void => {
      figures.corrections.inc({ occasion: label(occasion), table: label(table) }, count);
    },
    /** @param kind of what happened; a word of ours */
    untold: (kind: string): void => {
      figures.untold.inc({ kind: label(kind) });
    },
    subscriptions: (count: number) => figures.subscriptions.set(count),
  };
}
