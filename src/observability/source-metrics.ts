import type { FigureBook } from './figure-book.js';
import type { Instruments } from './instruments.js';
import { limitLabels, OTHER } from './label-limit.js';

/** A bus has some hundred event names; those that the hub reads are fewer. */
const MAX_NAMES = 200;
const MAX_LABELS = 20;

/** With these the name is the sender's own invention, so it must not become a time series. */
const UNNAMED_OUTCOMES: ReadonlySet<string> = new Set(['unknown-name', 'malformed']);

/** The states that a source can be in. */
const STATES = ['up', 'stale', 'down'] as const;

/** How a source is; `since` in epoch ms. */
interface Status {
  readonly state: (typeof STATES)[number];
  /** The class of what is wrong; null while nothing is. */
  readonly trouble: string | null;
  readonly since: number;
}

/**
 * What sources count.
 * @param now clock in milliseconds since 1970
 */
export function sourceMetrics(figures: Instruments, book: FigureBook, now: () => number) {
  const sourceLabel = limitLabels(MAX_LABELS);
  const troubleLabel = limitLabels(MAX_LABELS);
  const outcomeLabel = limitLabels(MAX_LABELS);
  const nameLabel = limitLabels(MAX_NAMES);
  /** When each source was heard last, epoch ms; as many as there are labels. */
  const heardAt = new Map<string, number>();
  /** What is wrong with each source that is not up; as many as there are labels. */
  const troubles = new Map<string, string>();
  watchAges(book, heardAt, now);
  return {
    /**
     * @param name the vendor's name of the event
     * @param delayMs how long ago it was sent, where that is known
     */
    eventIn(source: string, name: string, outcome: string, delayMs?: number): void {
      const labels = { source: sourceLabel(source), outcome: outcomeLabel(outcome) };
      const known = UNNAMED_OUTCOMES.has(outcome) ? OTHER : nameLabel(name);
      figures.sourceEvents.inc({ ...labels, name: known });
      heardAt.set(labels.source, now());
      figures.sourceLastEvent.set({ source: labels.source }, now() / 1000);
      if (delayMs === undefined) return;
      figures.sourceEventDelay.observe({ source: labels.source }, Math.max(0, delayMs) / 1000);
    },
    /** @param service a word of ours @param outcome `ok` or what was wrong, a word of ours */
    restCall(service: string, outcome: string, seconds: number): void {
      figures.sourceRest.observe({ service, outcome }, seconds);
    },
    statusChanged(given: string, { state, trouble, since }: Status): void {
      const source = sourceLabel(given);
      figures.sourceUp.set({ source }, state === 'up' ? 1 : 0);
      for (const one of STATES) {
        figures.sourceState.set({ source, state: one }, one === state ? 1 : 0);
      }
      figures.sourceStateSince.set({ source }, since / 1000);
      const before = troubles.get(source);
      if (before !== undefined) figures.sourceTrouble.remove({ source, reason: before });
      troubles.delete(source);
      if (trouble === null) return;
      const reason = troubleLabel(trouble);
      troubles.set(source, reason);
      figures.sourceTrouble.set({ source, reason }, 1);
    },
  };
}

/** The ages are reckoned whenever the figures are asked for; none before a source's first event. */
function watchAges(
  book: FigureBook,
  heardAt: ReadonlyMap<string, number>,
  now: () => number,
): void {
  book.gauge(
    {
      group: 'Sources',
      name: 'rte_source_last_event_age_seconds',
      help: 'How long ago the last event of a source came in. At night no event is no fault.',
      unit: 'seconds',
      labels: { source: { meaning: 'telephony system, as in RTE_SOURCES' } },
      whenBad:
        'Growing by day while rte_source_up is 1: make a test call. If it is not counted, look at the system and its bus (wazo-amid, wazo-calld).',
    },
    (gauge) => {
      for (const [source, at] of heardAt) gauge.set({ source }, (now() - at) / 1000);
    },
  );
}
