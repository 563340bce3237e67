import type { AgentGroup } from './agent-state.js';
import type { QueueFigures } from './queue-figures.js';

/** The whole center in one line. */
export interface CenterSummary {
  readonly waiting: number;
  readonly ringing: number;
  readonly connected: number;
  /** When the caller came who waits longest of all, epoch ms, and in which queue. */
  readonly waitingSince: number | null;
  readonly longestQueueId: string | null;
  /** Queues of which something is known. */
  readonly queues: number;
}

/** Sums up what is known of the queues; undefined while nothing is. */
export function centerSummary(
  queues: Iterable<readonly [string, QueueFigures]>,
): CenterSummary | undefined {
  let summary: CenterSummary | undefined;
  for (const [id, figures] of queues) summary = added(summary ?? NOTHING, id, figures);
  return summary;
}

const NOTHING: CenterSummary = {
  waiting: 0,
  ringing: 0,
  connected: 0,
  waitingSince: null,
  longestQueueId: null,
  queues: 0,
};

function added(summary: CenterSummary, id: string, figures: QueueFigures): CenterSummary {
  const { waitingSince } = figures;
  const isLongest =
    waitingSince !== null && (summary.waitingSince === null || waitingSince < summary.waitingSince);
  return {
    waiting: summary.waiting + figures.waiting,
    ringing: summary.ringing + figures.ringing,
    connected: summary.connected + figures.connected,
    waitingSince: isLongest ? waitingSince : summary.waitingSince,
    longestQueueId: isLongest ? id : summary.longestQueueId,
    queues: summary.queues + 1,
  };
}

/** How many agents are in each group. Each agent counts once, however many queues they serve. */
export type GroupCounts = Readonly<Record<AgentGroup, number>>;

export function countGroups(groups: Iterable<AgentGroup>): GroupCounts {
  const counts = { free: 0, busy: 0, away: 0, out: 0, unknown: 0 };
  for (const group of groups) counts[group] += 1;
  return counts;
}
