import { type QueueVisit, VISIT_TOLD } from './queue-visit.js';
import { visitEnding } from './visit-ending.js';
import { hasJoined, waitingSince } from './visit-phase.js';

/** What became of a caller's wait in a queue. Times in ms, `at` is epoch. */
export interface WaitOutcome {
  readonly queueId: string;
  /** When the wait was over. */
  readonly at: number;
  readonly waitedMs: number;
  /** Whether an agent answered; else the caller gave up or was sent on. */
  readonly isAnswered: boolean;
}

/**
 * How the wait ended, if that is among what was told between the two states of a stay: so each
 * stay has one outcome. Who was turned away before the queue took them in never waited; how a wait
 * ended that only a snapshot showed to be over is not known.
 */
export function waitOutcome(before: QueueVisit, after: QueueVisit): WaitOutcome | undefined {
  if (before.told >= VISIT_TOLD.connected || after.told < VISIT_TOLD.connected) return undefined;
  const { queueId, connected, answeredAt } = after;
  const at = connected?.at ?? answeredAt ?? visitEnding(after)?.at;
  if (at === undefined || !hasJoined(after)) return undefined;
  const isAnswered = connected !== undefined || answeredAt !== undefined;
  if (!isAnswered && after.lostAt !== undefined) return undefined;
  const waitedMs = Math.max(at - waitingSince(after), 0);
  return { queueId, at, waitedMs, isAnswered };
}
