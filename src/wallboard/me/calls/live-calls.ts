import { signal, type ReadonlySignal } from '@preact/signals';
import type { RteClient } from '../../../client/index.js';
import { timeOf } from '../times.js';
import { outdated, withStatus, type OwnStatus } from '../status/own-status.js';
import { isCallEvent } from './call-event.js';
import { NO_CALLS, type OwnCalls, withCallEvent, withDoubt, withoutDoubt } from './own-calls.js';
import { NO_ARRIVALS, type QueueArrivals, withArrival } from './queue-arrivals.js';

/** The own status and calls, kept up to date by events. */
export interface LiveCalls {
  /** Undefined until it is told first. */
  readonly status: ReadonlySignal<OwnStatus | undefined>;
  readonly calls: ReadonlySignal<OwnCalls>;
  /** When calls came into the own queues. */
  readonly arrivals: ReadonlySignal<QueueArrivals>;
}

/** Follows the events of the user; lasts as long as the client. */
export function followCalls(client: RteClient, userId: string): LiveCalls {
  const status = signal<OwnStatus | undefined>(undefined);
  const calls = signal<OwnCalls>(NO_CALLS);
  const arrivals = signal<QueueArrivals>(NO_ARRIVALS);
  client.onAny((data) => {
    if (data.eventType === 'QueueCallInArrived') {
      arrivals.value = withArrival(arrivals.value, data);
    } else if (data.entityId !== userId) {
      // Other views subscribe to colleagues.
    } else if (data.eventType === 'UserStatus') {
      status.value = withStatus(status.value, data);
      const { talking, talkingStatusChanged } = data;
      calls.value = withoutDoubt(calls.value, talking, timeOf(talkingStatusChanged));
    } else if (isCallEvent(data)) {
      calls.value = withCallEvent(calls.value, data);
    }
  });
  // The state comes by itself after a gap, and says what became of the calls before it.
  client.onGap(() => {
    calls.value = withDoubt(calls.value);
    // It may be another hub, whose clock is behind.
    if (status.value !== undefined) status.value = outdated(status.value);
  });
  void client.subscribe([{ entityId: userId, eventName: '*' }]);
  return { status, calls, arrivals };
}
