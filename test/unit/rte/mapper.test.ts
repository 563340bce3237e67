import { describe, expect, it } from 'vitest';
import type { QueueStatus, UserStatus } from '../../../src/contact-center/index.js';
import {
  mapQueueStatus,
  mapUserAlert,
  mapUserAvailability,
  mapUserSetting,
  mapUserStatus,
} from '../../../src/rte/mapper.js';
import type { Queue, User } from '../../../src/directory/types.js';
import { createDirectory, ids, organizationId } from './fixtures/directory.js';

const NOW = Date.parse('2026-11-21T10:00:00.123Z');
const directory = createDirectory();

function annOf(): User {
  const user = directory.users.get(ids.ann);
  if (user === undefined) throw new Error('the fixture has no Ann');
  return user;
}

function salesOf(): Queue {
  const queue = directory.queues.get(ids.sales);
  if (queue === undefined) throw new Error('the fixture has no Sales');
  return { ...queue, name: 'Sales' };
}

/** The fields that every event has. */
function base(eventType: string, entityType: string, entityId: string, messageTTLSeconds: number) {
  return {
    rootEntityType: 'Organization',
    rootEntityId: organizationId,
    eventType,
    entityType,
    entityId,
    organizationId,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    timestamp: '2026-11-21T10:00:00.123Z',
    messageTTLSeconds,
  };
}

const idleUser: UserStatus = {
  userId: ids.ann,
  canBeAllocatedTo: false,
  talking: false,
  talkingStatusChanged: null,
  activeQueueId: null,
  available: false,
  schedule: false,
  serving: false,
  serviceTerminals: 0,
  activeQueues: 0,
  parkedCalls: 0,
  wrapUpStart: null,
  wrapUpEnd: null,
};

/** Every counter has a figure of its own, so that two mixed up would show. */
const queueStatus: QueueStatus = {
  queueId: ids.sales,
  providers: 1,
  requesters: 2,
  servingAgentsEstimate: 3,
  allocated: 4,
  connected: 5,
  queuingRequesters: 7,
  notServedRequesters: 8,
  agentsLongTermAway: 9,
  agentsShortTermAway: 10,
  agentsImmediatelyFree: 11,
  agentsCheckedIn: 12,
  agentsOnWrapUp: 13,
  maxWaitTime: 14,
  openStatus: 6,
};

describe('UserStatus', () => {
  const nothing = {
    ...base('UserStatus', 'User', ids.ann, 60),
    userId: ids.ann,
    canBeAllocatedTo: false,
    talking: false,
    talkingStatusChanged: null,
    activeQueueId: null,
    available: false,
    schedule: false,
    serving: false,
    serviceTerminals: 0,
    activeQueues: 0,
    parkedCalls: 0,
    wrapUpStart: null,
    wrapUpEnd: null,
    servingCallback: false,
    fetchMode: false,
  };

  it.each<[Partial<UserStatus>, object]>([
    [{}, {}],
    [{ canBeAllocatedTo: true }, { canBeAllocatedTo: true }],
    [{ talking: true }, { talking: true }],
    [{ talkingStatusChanged: NOW }, { talkingStatusChanged: '2026-11-21T10:00:00.123Z' }],
    [{ activeQueueId: ids.sales }, { activeQueueId: ids.sales }],
    [{ available: true }, { available: true }],
    [{ schedule: true }, { schedule: true }],
    [{ serving: true }, { serving: true }],
    [{ serviceTerminals: 2 }, { serviceTerminals: 2 }],
    [{ activeQueues: 3 }, { activeQueues: 3 }],
    [{ parkedCalls: 2 }, { parkedCalls: 2 }],
    [
      { wrapUpStart: NOW, wrapUpEnd: NOW + 30_000 },
      { wrapUpStart: '2026-11-21T10:00:00.123Z', wrapUpEnd: '2026-11-21T10:00:30.123Z' },
    ],
  ])('%j becomes %j', (changes, expected) => {
    const event = mapUserStatus(annOf(), { ...idleUser, ...changes }, NOW);
    expect(event.data).toEqual({ ...nothing, ...expected });
    expect(event).toMatchObject({ kind: 'state', entityId: ids.ann, ttlSeconds: 60 });
  });
});

describe('UserAvailability', () => {
  const entry = {
    userId: ids.ann,
    availability: 'Away',
    availabilityId: null,
    startTime: NOW - 123,
    endTime: null,
    note: 'Lunch',
    eventSource: 'wazo-chatd',
    profileId: null,
    transferNumber: '+1800',
  } as const;

  it('has every field, and holds until further notice', () => {
    expect(mapUserAvailability(annOf(), entry, NOW).data).toEqual({
      ...base('UserAvailability', 'User', ids.ann, -1),
      userId: ids.ann,
      userName: 'ann@example.com',
      profileId: '00000000-0000-0000-0000-000000000000',
      availability: 'Away',
      startTime: '2026-11-21T10:00:00.000Z',
      endTime: '9999-12-31T23:59:59.9999999Z',
      note: 'Lunch',
      eventSource: 'wazo-chatd',
      transferNumber: '+1800',
    });
  });

  it('names the presence, where its service has a name for it', () => {
    const named = { ...entry, profileId: ids.bob };
    expect(mapUserAvailability(annOf(), named, NOW).data.profileId).toBe(ids.bob);
  });

  it('says when it ends, where that is known', () => {
    const timed = { ...entry, endTime: NOW + 877 };
    expect(mapUserAvailability(annOf(), timed, NOW).data.endTime).toBe('2026-11-21T10:00:01.000Z');
  });
});

describe('UserAlert', () => {
  it('carries the condition and what was measured as texts', () => {
    const alerted = {
      kind: 'user-alerted',
      at: NOW - 123,
      userId: ids.ann,
      queueId: ids.sales,
      alertId: ids.support,
      name: 'SLA',
      expression: 'longestWait > 60',
      limit: 60,
      value: 61,
    } as const;
    const event = mapUserAlert(alerted, annOf(), NOW);
    expect(event.data).toEqual({
      ...base('UserAlert', 'User', ids.ann, -1),
      userId: ids.ann,
      alertId: ids.support,
      conditionName: 'SLA',
      conditionValue: '60',
      conditionExpression: 'longestWait > 60',
      value: '61',
    });
    expect(event.kind).toBe('occurrence');
  });
});

describe('QueueStatus', () => {
  it('has every counter in its own field', () => {
    expect(mapQueueStatus(salesOf(), queueStatus, NOW).data).toEqual({
      ...base('QueueStatus', 'Queue', ids.sales, 60),
      queueId: ids.sales,
      queueName: 'Sales',
      nbrOfProviders: 1,
      nbrOfRequesters: 2,
      nbrOfServingAgentsEstimate: 3,
      nbrOfAllocated: 4,
      nbrOfConnected: 5,
      nbrOfQueuingRequesters: 7,
      nbrOfNotServedRequesters: 8,
      nbrOfAgentsLongTermAway: 9,
      nbrOfAgentsShortTermAway: 10,
      nbrOfAgentsImmediatelyFree: 11,
      nbrOfAgentsCheckedInQueue: 12,
      nbrOfAgentsOnWrapUp: 13,
      nbrOfAgentsOnFetchMode: 0,
      maxWaitTime: 14,
      openStatus: 6,
    });
  });
});

describe('UserSetting', () => {
  const about = { kind: 'user-setting-changed', at: NOW, userId: ids.ann } as const;

  it.each([
    ['a service', { keyword: 'services.dnd', value: 'true', values: null }],
    [
      'a forward',
      {
        keyword: 'forwards.busy',
        value: '+1800',
        values: { enabled: 'true', destination: '+1800' },
      },
    ],
  ])('says what %s is', (_what, setting) => {
    expect(mapUserSetting({ ...about, ...setting }, annOf(), NOW).data).toEqual({
      ...base('UserSetting', 'User', ids.ann, -1),
      userId: ids.ann,
      ...setting,
      allowedValues: null,
      deleted: false,
      level: 'Undefined',
    });
  });
});
