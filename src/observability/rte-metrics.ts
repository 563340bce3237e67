import type { Instruments } from './instruments.js';
import { limitLabels } from './label-limit.js';

/** Of each label: there are some 30 events and kinds of occurrences, and a handful of reasons. */
const MAX_VALUES = 64;

/** What the RTE hub counts, in the form of its metrics interface. */
export function rteMetrics(figures: Instruments) {
  const eventLabel = limitLabels(MAX_VALUES);
  const reasonLabel = limitLabels(MAX_VALUES);
  const ruleLabel = limitLabels(MAX_VALUES);
  const occasionLabel = limitLabels(MAX_VALUES);
  const tableLabel = limitLabels(MAX_VALUES);
  const kindLabel = limitLabels(MAX_VALUES);
  return {
    eventPublished(event: string): void {
      figures.eventsPublished.inc({ event: eventLabel(event) });
    },
    accessDenied(reason: string, rule: string): void {
      figures.accessDenied.inc({ reason: reasonLabel(reason), rule: ruleLabel(rule) });
    },
    /** @param occasion why the snapshot was asked for @param table of the state; words of ours */
    corrected: (occasion: string, table: string, count: number): void => {
      figures.corrections.inc(
        { occasion: occasionLabel(occasion), table: tableLabel(table) },
        count,
      );
    },
    /** @param kind of what happened; a word of ours */
    untold: (kind: string): void => {
      figures.untold.inc({ kind: kindLabel(kind) });
    },
    subscriptions: (count: number) => figures.subscriptions.set(count),
  };
}
