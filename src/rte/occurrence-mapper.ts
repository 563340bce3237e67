import type {
  CallbackMade,
  CallerUnserved,
  CallOccurrence,
  Occurrence,
  OverflowReason,
  SupervisionChanged,
} from '../contact-center/index.js';
import type { Directory, Queue } from '../directory/types.js';
import { numbersOf } from './call-numbers.js';
import { createRteEvent, type RteEvent } from './events/create-event.js';
import { mapUserAlert, mapUserSetting } from './mapper.js';
import { mapSentOn, mapTransfer } from './transfer-mapper.js';
import { mapUserCall } from './user-call-mapper.js';

type OfQueue = Extract<CallOccurrence, { kind: `queue-call-${string}` }>;

/**
 * What happened, in the words of RTE; `timestamp` is epoch ms of the message. Undefined when the
 * directory does not have the user or queue.
 */
export function mapOccurrence(
  occurrence: Exclude<Occurrence, CallbackMade | CallerUnserved | SupervisionChanged>,
  directory: Directory,
  timestamp: number,
): RteEvent | undefined {
  switch (occurrence.kind) {
    case 'user-setting-changed': {
      const user = directory.users.get(occurrence.userId);
      return user && mapUserSetting(occurrence, user, timestamp);
    }
    case 'user-alerted': {
      const user = directory.users.get(occurrence.userId);
      return user && mapUserAlert(occurrence, user, timestamp);
    }
    case 'user-transfer':
    case 'queue-transfer':
      return mapTransfer(occurrence, directory, timestamp);
    case 'user-call-sent-on': {
      const user = directory.users.get(occurrence.userId);
      const queue = directory.queues.get(occurrence.queueId ?? '');
      return user && mapSentOn(occurrence, user, queue, timestamp);
    }
    case 'queue-call-incoming':
    case 'queue-call-arrived':
    case 'queue-call-disconnected':
    case 'queue-call-overflowed': {
      const queue = directory.queues.get(occurrence.queueId);
      return queue && mapQueueCall(occurrence, queue, timestamp);
    }
    case 'user-call-incoming':
    case 'user-call-arrived':
    case 'user-call-allocated':
    case 'user-call-connected':
    case 'user-call-cancelled':
    case 'user-call-disconnected':
    case 'user-call-overflowed':
    case 'user-call-out-connected':
    case 'user-call-out-disconnected':
    case 'wrap-up-enabled':
    case 'wrap-up-started':
    case 'wrap-up-ended': {
      const user = directory.users.get(occurrence.userId);
      return user && mapUserCall(occurrence, user, directory, timestamp);
    }
  }
}

function mapQueueCall(occurrence: OfQueue, queue: Queue, timestamp: number): RteEvent {
  const origin = { organizationId: queue.organizationId, entityId: queue.id, timestamp };
  const fields = { ...numbersOf(occurrence, queue), queueName: queue.name };
  const { number: queueNumber } = queue;
  switch (occurrence.kind) {
    case 'queue-call-incoming':
      return createRteEvent('QueueCallInComing', origin, { ...fields, queueNumber });
    case 'queue-call-arrived':
      return createRteEvent('QueueCallInArrived', origin, { ...fields, queueNumber });
    case 'queue-call-disconnected':
      return createRteEvent('QueueCallInDisconnected', origin, {
        ...fields,
        reason: occurrence.endedBy,
        techQueueId: queue.id,
        techReason: occurrence.cause,
      });
    case 'queue-call-overflowed':
      return createRteEvent('QueueCallInOverflow', origin, {
        ...fields,
        techQueueId: queue.id,
        techQueueName: queue.name,
        techEvent: occurrence.cause,
        overflowReason: OVERFLOW_REASONS[occurrence.reason],
        overflowType: 'QueueOverflowDefault',
      });
  }
}

const OVERFLOW_REASONS: Readonly<Record<OverflowReason, string | null>> = {
  'no-agent': 'NoAvailableProviders',
  full: 'QueueFull',
  unknown: null,
};
