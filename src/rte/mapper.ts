import type {
  QueueStatus,
  UserAlerted,
  UserAvailability,
  UserSettingChanged,
  UserStatus,
} from '../contact-center/index.js';
import type { Queue, User } from '../directory/types.js';
import { createRteEvent, type RteEvent } from './events/create-event.js';
import { OPEN_END } from './events/field-types.js';

/** The words of contact-center, in those of RTE. `timestamp` is epoch ms of the message. */
export function mapUserStatus(
  user: User,
  status: UserStatus,
  timestamp: number,
): RteEvent<'UserStatus'> {
  return createRteEvent('UserStatus', ofUser(user, timestamp), {
    canBeAllocatedTo: status.canBeAllocatedTo,
    talking: status.talking,
    talkingStatusChanged: optionalTime(status.talkingStatusChanged),
    activeQueueId: status.activeQueueId,
    available: status.available,
    schedule: status.schedule,
    serving: status.serving,
    serviceTerminals: status.serviceTerminals,
    activeQueues: status.activeQueues,
    parkedCalls: status.parkedCalls,
    wrapUpStart: optionalTime(status.wrapUpStart),
    wrapUpEnd: optionalTime(status.wrapUpEnd),
  });
}

export function mapUserAvailability(
  user: User,
  entry: UserAvailability,
  timestamp: number,
): RteEvent<'UserAvailability'> {
  return createRteEvent('UserAvailability', ofUser(user, timestamp), {
    userName: user.userName,
    ...(entry.profileId === null ? {} : { profileId: entry.profileId }),
    availability: entry.availability,
    startTime: time(entry.startTime),
    endTime: entry.endTime === null ? OPEN_END : time(entry.endTime),
    note: entry.note,
    eventSource: entry.eventSource,
    transferNumber: entry.transferNumber,
  });
}

export function mapUserSetting(
  { keyword, value, values }: UserSettingChanged,
  user: User,
  timestamp: number,
): RteEvent<'UserSetting'> {
  return createRteEvent('UserSetting', ofUser(user, timestamp), {
    keyword,
    value,
    values: values === null ? null : { ...values },
  });
}

export function mapUserAlert(
  { alertId, name, expression, limit, value }: UserAlerted,
  user: User,
  timestamp: number,
): RteEvent<'UserAlert'> {
  return createRteEvent('UserAlert', ofUser(user, timestamp), {
    alertId,
    conditionName: name,
    conditionValue: String(limit),
    conditionExpression: expression,
    value: String(value),
  });
}

export function mapQueueStatus(
  queue: Queue,
  status: QueueStatus,
  timestamp: number,
): RteEvent<'QueueStatus'> {
  const origin = { organizationId: queue.organizationId, entityId: queue.id, timestamp };
  return createRteEvent('QueueStatus', origin, {
    queueName: queue.name,
    nbrOfProviders: status.providers,
    nbrOfRequesters: status.requesters,
    nbrOfServingAgentsEstimate: status.servingAgentsEstimate,
    nbrOfAllocated: status.allocated,
    nbrOfConnected: status.connected,
    nbrOfQueuingRequesters: status.queuingRequesters,
    nbrOfNotServedRequesters: status.notServedRequesters,
    nbrOfAgentsLongTermAway: status.agentsLongTermAway,
    nbrOfAgentsShortTermAway: status.agentsShortTermAway,
    nbrOfAgentsImmediatelyFree: status.agentsImmediatelyFree,
    nbrOfAgentsCheckedInQueue: status.agentsCheckedIn,
    nbrOfAgentsOnWrapUp: status.agentsOnWrapUp,
    maxWaitTime: status.maxWaitTime,
    openStatus: status.openStatus,
  });
}

function ofUser(
  user: User,
  timestamp: number,
): { organizationId: string; entityId: string; timestamp: number } {
  return { organizationId: user.organizationId, entityId: user.id, timestamp };
}

function time(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function optionalTime(epochMs: number | null): string | null {
  return epochMs === null ? null : time(epochMs);
}
