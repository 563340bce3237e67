import type { QueueFigures } from './queue-figures.js';
import { type Severity, severityOf, worstOf } from './severity.js';
import type { Thresholds } from './thresholds.js';

/** How bad each of a queue's figures is, and all of it. */
export interface QueueSeverity {
  readonly waiting: Severity;
  readonly longestWait: Severity;
  readonly free: Severity;
  readonly overall: Severity;
}

/** How bad it is at `now` (epoch ms). */
export function queueSeverity(
  figures: QueueFigures,
  thresholds: Thresholds,
  now: number,
): QueueSeverity {
  const waiting = severityOf(figures.waiting, thresholds.waiting);
  const longestWait = severityOf(waitSeconds(figures, now), thresholds.waitSeconds);
  const free = staffingSeverity(figures);
  return { waiting, longestWait, free, overall: worstOf([waiting, longestWait, free]) };
}

/** How long the longest waiting caller has waited at `now` (epoch ms), in whole seconds. */
export function waitSeconds({ waitingSince }: QueueFigures, now: number): number {
  return waitingSince === null ? 0 : Math.max(0, Math.floor((now - waitingSince) / 1000));
}

/**
 * Callers for whom no phone rings, and no agent to take them: a warning while agents serve the
 * queue and are busy, critical when none does.
 */
function staffingSeverity({ waiting, ringing, free, serving }: QueueFigures): Severity {
  if (waiting <= ringing || free > 0) return 'ok';
  return serving > 0 ? 'warning' : 'critical';
}
