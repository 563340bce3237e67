import type { CallOccurrence, CancelReason, MissReason } from '../contact-center/index.js';
import type { Directory, Queue, User } from '../directory/types.js';
import { numbersOf } from './call-numbers.js';
import { createRteEvent, type RteEvent } from './events/create-event.js';

type Of<Kind extends CallOccurrence['kind']> = Extract<CallOccurrence, { kind: Kind }>;
type Outgoing = Of<'user-call-out-connected' | 'user-call-out-disconnected'>;
type OfUser = Exclude<CallOccurrence, { kind: `queue-call-${string}` }>;

/** A step of a call on a user's side, or of the wrap-up after it, in the words of RTE. */
export function mapUserCall(
  occurrence: OfUser,
  user: User,
  directory: Directory,
  timestamp: number,
): RteEvent {
  const origin = { organizationId: user.organizationId, entityId: user.id, timestamp };
  switch (occurrence.kind) {
    case 'wrap-up-enabled':
    case 'wrap-up-started':
    case 'wrap-up-ended':
      return mapWrapUp(occurrence, origin);
    case 'user-call-out-connected':
    case 'user-call-out-disconnected':
      return mapOutgoingCall(occurrence, user.userName, origin);
    case 'user-call-incoming':
    case 'user-call-arrived':
    case 'user-call-allocated':
    case 'user-call-connected':
    case 'user-call-cancelled':
    case 'user-call-disconnected':
    case 'user-call-overflowed': {
      const queue = directory.queues.get(occurrence.queueId ?? '');
      return mapUserCallStep(occurrence, { ...origin, user, queue });
    }
  }
}

type Origin = Parameters<typeof createRteEvent>[1];
type UserCallContext = Origin & { readonly user: User; readonly queue: Queue | undefined };

function mapUserCallStep(
  occurrence: Exclude<Extract<OfUser, { kind: `user-call-${string}` }>, Outgoing>,
  { user, queue, ...origin }: UserCallContext,
): RteEvent {
  const { userName } = user;
  const fields = numbersOf(occurrence, queue);
  switch (occurrence.kind) {
    case 'user-call-incoming':
      return createRteEvent('UserCallInComing', origin, { ...fields, username: userName });
    case 'user-call-arrived':
      return createRteEvent('UserCallInArrived', origin, { ...fields, userName });
    case 'user-call-overflowed':
      return createRteEvent('UserCallInUserOverflow', origin, {
        ...fields,
        username: userName,
        reason: MISS_REASONS[occurrence.reason],
        target: occurrence.target === '' ? null : occurrence.target,
      });
    case 'user-call-allocated':
      return createRteEvent('UserCallInUserAllocated', origin, {
        ...fields,
        userName,
        userNumber: occurrence.userNumber,
        detailedReason: queue === undefined ? 'direct' : 'queue',
      });
    case 'user-call-connected':
      return createRteEvent('UserCallInUserConnected', origin, {
        ...fields,
        userName,
        userNumber: occurrence.userNumber,
        agentLegId: occurrence.userLegId,
      });
    case 'user-call-cancelled':
      return createRteEvent('UserCallInUserCancelled', origin, {
        ...fields,
        userName,
        reason: CANCEL_REASONS[occurrence.reason],
      });
    case 'user-call-disconnected':
      return createRteEvent('UserCallInDisconnected', origin, {
        ...fields,
        username: userName,
        reason: occurrence.endedBy,
        techQueueId: occurrence.queueId,
        techReason: occurrence.cause,
      });
  }
}

function mapOutgoingCall(occurrence: Outgoing, userName: string, origin: Origin): RteEvent {
  const fields = { ...numbersOf(occurrence, undefined), userName };
  switch (occurrence.kind) {
    case 'user-call-out-connected':
      return createRteEvent('UserCallOutConnected', origin, fields);
    case 'user-call-out-disconnected':
      return createRteEvent('UserCallOutDisconnected', origin, {
        ...fields,
        reason: occurrence.endedBy,
        techReason: occurrence.cause,
      });
  }
}

function mapWrapUp(
  occurrence: Of<'wrap-up-enabled' | 'wrap-up-started' | 'wrap-up-ended'>,
  origin: Origin,
): RteEvent {
  const { callId, legId, queueId } = occurrence;
  const about = { callId, legId, queueId };
  switch (occurrence.kind) {
    case 'wrap-up-enabled':
    case 'wrap-up-started': {
      const name =
        occurrence.kind === 'wrap-up-enabled' ? 'UserWrapUpEnabled' : 'UserWrapUpStarted';
      const maxWrapUpDurationSec = occurrence.maxSeconds;
      return createRteEvent(name, origin, { ...about, maxWrapUpDurationSec });
    }
    case 'wrap-up-ended': {
      const { reason, elapsedSeconds: elapsedTimeSec } = occurrence;
      return createRteEvent('UserWrapUpTerminated', origin, { ...about, reason, elapsedTimeSec });
    }
  }
}

const CANCEL_REASONS: Readonly<Record<CancelReason, string>> = {
  'no-answer': 'NoAnswer',
  'connected-elsewhere': 'ConnectedElsewhere',
  'caller-gone': 'remote',
};

const MISS_REASONS = {
  'no-answer': 'NoAnswer',
  busy: 'BusyOnBusy',
  unreachable: 'BusyForTechnicalError',
  'do-not-disturb': 'DND',
  unknown: null,
} as const satisfies Readonly<Record<MissReason, string | null>>;
