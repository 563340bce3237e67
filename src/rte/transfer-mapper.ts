import type {
  TransferFailure,
  TransferFlow,
  TransferOccurrence,
  UserCallSentOn,
} from '../contact-center/index.js';
import type { Directory, Queue, User } from '../directory/types.js';
import { numbersOf } from './call-numbers.js';
import { createRteEvent, type RteEvent } from './events/create-event.js';
import { ZERO_GUID } from './events/field-types.js';

/**
 * A step of a transfer in the words of RTE: of the user, or of the queue that had offered the call.
 * Undefined when the directory does not have them.
 */
export function mapTransfer(
  occurrence: TransferOccurrence,
  directory: Directory,
  timestamp: number,
): RteEvent | undefined {
  const { kind, userId, queueId } = occurrence;
  const queue = directory.queues.get(queueId ?? '');
  if (kind === 'queue-transfer') return queue && mapQueueTransfer(occurrence, queue, timestamp);
  const user = directory.users.get(userId);
  return user && mapUserTransfer(occurrence, { user, queue }, timestamp);
}

/** That a user's call goes on to somebody else. */
export function mapSentOn(
  occurrence: UserCallSentOn,
  user: User,
  queue: Queue | undefined,
  timestamp: number,
): RteEvent {
  return createRteEvent('UserCallInOverflow', originOf(user, timestamp), {
    ...numbersOf(occurrence, queue),
    ...technicalQueue(queue),
    username: user.userName,
    connectedTarget: knownOrNull(occurrence.target),
    techEvent: knownOrNull(occurrence.cause),
  });
}

interface Parties {
  readonly user: User;
  readonly queue: Queue | undefined;
}

function mapUserTransfer(
  occurrence: TransferOccurrence,
  { user, queue }: Parties,
  timestamp: number,
): RteEvent {
  const origin = originOf(user, timestamp);
  const fields = {
    ...numbersOf(occurrence, queue),
    ...technicalQueue(queue),
    username: user.userName,
    transferApplet: APPLETS[occurrence.flow],
  };
  const { userId: transferSource } = occurrence;
  switch (occurrence.step) {
    case 'started': {
      const transferTarget = knownOrNull(occurrence.target);
      const about = { ...fields, transferTarget, transferSource };
      return createRteEvent('UserCallInTransferStarted', origin, about);
    }
    case 'connected': {
      const connectedTarget = knownOrNull(occurrence.target);
      const about = { ...fields, connectedTarget, transferSource };
      return createRteEvent('UserCallInTransferConnected', origin, about);
    }
    case 'cancelled':
      return createRteEvent('UserCallInTransferCancelled', origin, {
        ...fields,
        reason: REASONS[occurrence.reason],
        detailedReason: occurrence.cause,
      });
  }
}

function mapQueueTransfer(
  occurrence: TransferOccurrence,
  queue: Queue,
  timestamp: number,
): RteEvent {
  const origin = originOf(queue, timestamp);
  const fields = {
    ...numbersOf(occurrence, queue),
    ...technicalQueue(queue),
    queueName: queue.name,
    transferApplet: APPLETS[occurrence.flow],
  };
  switch (occurrence.step) {
    case 'started':
      return createRteEvent('QueueCallInTransferStarted', origin, {
        ...fields,
        transferTarget: knownOrNull(occurrence.target),
        transferSource: occurrence.userId,
      });
    case 'connected': {
      const connectedTarget = knownOrNull(occurrence.target);
      const about = { ...fields, connectedTarget };
      return createRteEvent('QueueCallInTransferConnected', origin, about);
    }
    case 'cancelled':
      return createRteEvent('QueueCallInTransferCancelled', origin, {
        ...fields,
        reason: REASONS[occurrence.reason],
        detailedReason: occurrence.cause,
      });
  }
}

function originOf({ id: entityId, organizationId }: User | Queue, timestamp: number) {
  return { organizationId, entityId, timestamp };
}

function technicalQueue(queue: Queue | undefined) {
  return { techQueueId: queue?.id ?? ZERO_GUID, techQueueName: queue?.name ?? null };
}

function knownOrNull(text: string): string | null {
  return text === '' ? null : text;
}

const APPLETS: Readonly<Record<TransferFlow, string>> = {
  blind: 'BlindTransfer',
  attended: 'AttendedTransfer',
};

const REASONS: Readonly<Record<TransferFailure, string>> = {
  cancelled: 'Cancelled',
  'caller-gone': 'remote',
  failed: 'Failed',
};
