import type { QueueVisit } from './queue-visit.js';
import { visitPhase, waitingSince } from './visit-phase.js';

/** Callers of a queue whom nobody has answered yet, rung for or not. */
export interface WaitingLine {
  readonly length: number;
  /** When the one who waits longest came, epoch ms; undefined while nobody waits. */
  readonly since: number | undefined;
}

/** Those of the stays that wait at `now` (epoch ms). */
export function waitingLine(visits: readonly QueueVisit[], now: number): WaitingLine {
  let length = 0;
  let since: number | undefined;
  for (const visit of visits) {
    const phase = visitPhase(visit, now);
    if (phase !== 'waiting' && phase !== 'allocated') continue;
    length += 1;
    since = Math.min(since ?? Infinity, waitingSince(visit));
  }
  return { length, since };
}

/** How long the longest wait lasts at `now`, in whole seconds; 0 while nobody waits. */
export function longestWait({ since }: WaitingLine, now: number): number {
  return since === undefined ? 0 : Math.floor(Math.max(now - since, 0) / 1000);
}
