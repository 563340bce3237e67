import type {
  SupervisionChanged,
  SupervisionMode,
  UserCallOccurrence,
} from '../contact-center/index.js';
import type { Directory, User } from '../directory/types.js';
import { createRteEvent, type RteEvent } from './events/create-event.js';
import { ZERO_GUID } from './events/field-types.js';

type Connected = Extract<UserCallOccurrence, { kind: 'user-call-connected' }>;

/**
 * That somebody listens in on a user's call, or no longer does. The contract leaves open whose event
 * it is, so it is told of both: once as the target's, once as the supervisor's.
 */
export function mapSupervision(
  occurrence: SupervisionChanged,
  directory: Directory,
  timestamp: number,
): readonly RteEvent[] {
  const { targetId, supervisorId, queueId, callId, legId, supervisorLegId } = occurrence;
  const target = directory.users.get(targetId);
  if (target === undefined) return [];
  const supervisor = colleague(directory, target, supervisorId ?? '');
  const queue = directory.queues.get(queueId ?? '');
  const fields = {
    ...partiesOf(target, supervisor),
    queueName: queue?.name ?? null,
    queueId: queue?.id ?? null,
    callId,
    legId,
    supervisorLegId,
    state: SUPERVISION_STATES[occurrence.state],
  };
  const entities = supervisor === undefined ? [target] : [target, supervisor];
  return entities.map((entity) =>
    createRteEvent('UserSupervisionStatus', originOf(entity, timestamp), fields),
  );
}

/**
 * That a user has got a queue's call, for each supervisor of the queue: told of both, like a
 * supervision. Nothing for calls to the user's own number.
 */
export function mapMonitoring(
  occurrence: Connected,
  directory: Directory,
  timestamp: number,
): readonly RteEvent[] {
  const { userId, queueId, callId, legId, userLegId, callerNumber, at } = occurrence;
  const target = directory.users.get(userId);
  const queue = directory.queues.get(queueId ?? '');
  if (target === undefined || queue === undefined) return [];
  return queue.supervisors.flatMap((supervisorId) => {
    const supervisor = colleague(directory, target, supervisorId);
    if (supervisor === undefined) return [];
    const fields = {
      ...partiesOf(target, supervisor),
      queueName: queue.name,
      queueId: queue.id,
      callId,
      legId,
      agentLegId: userLegId,
      callType: 'servicecall',
      callerNumber,
      connectedToAgentTime: new Date(at).toISOString(),
    };
    return [target, supervisor].map((entity) =>
      createRteEvent('UserCallAvailableForMonitoring', originOf(entity, timestamp), fields),
    );
  });
}

/** Somebody else of the same organization: nobody learns of another's, or of themselves. */
function colleague(directory: Directory, target: User, userId: string): User | undefined {
  const user = directory.users.get(userId);
  const isColleague = user?.organizationId === target.organizationId && user.id !== target.id;
  return isColleague ? user : undefined;
}

function partiesOf(target: User, supervisor: User | undefined) {
  return {
    targetUserId: target.id,
    targetUserName: target.userName,
    supervisorUserId: supervisor?.id ?? ZERO_GUID,
    supervisorUserName: supervisor?.userName ?? null,
  };
}

function originOf({ id: entityId, organizationId }: User, timestamp: number) {
  return { organizationId, entityId, timestamp };
}

/** The vendor's numbers are not public but for 0; these are ours, as the event's description says. */
const SUPERVISION_STATES: Readonly<Record<SupervisionMode | 'none', number>> = {
  none: 0,
  listen: 1,
  whisper: 2,
  barge: 3,
};
