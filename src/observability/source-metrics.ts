import type { Instruments } from './instruments.js';
import { limitLabels, OTHER } from './label-limit.js';

/** A bus has some hundred event names; those that the hub reads are fewer. */
const MAX_NAMES = 200;
const MAX_LABELS = 20;

/** With these the name is the sender's own invention, so it must not become a time series. */
const UNNAMED_OUTCOMES: ReadonlySet<string> = new Set(['unknown-name', 'malformed']);

/**
 * What sources count.
 * @param now clock in milliseconds since 1970
 */
export function sourceMetrics(figures: Instruments, now: () => number) {
  const sourceLabel = limitLabels(MAX_LABELS);
  const outcomeLabel = limitLabels(MAX_LABELS);
  const nameLabel = limitLabels(MAX_NAMES);
  return {
    /** @param name the vendor's name of the event */
    eventIn(source: string, name: string, outcome: string): void {
      const labels = { source: sourceLabel(source), outcome: outcomeLabel(outcome) };
      const known = UNNAMED_OUTCOMES.has(outcome) ? OTHER : nameLabel(name);
      figures.sourceEvents.inc({ ...labels, name: known });
      figures.sourceLastEvent.set({ source: labels.source }, now() / 1000);
    },
    statusChanged(source: string, { up }: { readonly up: boolean }): void {
      figures.sourceUp.set({ source: sourceLabel(source) }, up ? 1 : 0);
    },
  };
}
