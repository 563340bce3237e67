import type { RteEventData } from '../../../rte/events/event-catalogue.js';
import { timeOf } from '../times.js';

/** When a call came into which queue. */
export interface QueueArrival {
  readonly queueId: string;
  readonly queueName: string;
  /** Epoch ms. */
  readonly at: number;
}

/** By the call's id. The user's own events say neither. */
export type QueueArrivals = ReadonlyMap<string, QueueArrival>;

/** None yet. */
export const NO_ARRIVALS: QueueArrivals = new Map();

/** The callers of an hour in a busy queue; of whom waits longer, the wait is not shown. */
export const MAX_ARRIVALS = 500;

/** The arrivals with one more. A call that goes from queue to queue waits anew in each. */
export function withArrival(
  arrivals: QueueArrivals,
  { callId, queueId, queueName, timestamp }: RteEventData<'QueueCallInArrived'>,
): QueueArrivals {
  const at = timeOf(timestamp) ?? 0;
  if ((arrivals.get(callId)?.at ?? -Infinity) >= at) return arrivals;
  const next = new Map(arrivals);
  next.delete(callId);
  next.set(callId, { queueId, queueName: queueName ?? '', at });
  const [oldest] = next.keys();
  if (next.size > MAX_ARRIVALS && oldest !== undefined) next.delete(oldest);
  return next;
}
