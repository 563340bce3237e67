import { describe, expect, it } from 'vitest';
import type { CallOccurrence } from '../../../src/contact-center/index.js';
import { mapOccurrence } from '../../../src/rte/occurrence-mapper.js';
import { contactCenterDirectory, people, queueIds } from '../../support/directory-fixture.js';

const NOW = Date.parse('2026-11-21T10:00:00.123Z');
const directory = contactCenterDirectory();
const callId = 'dddddddd-0000-4000-8000-000000000001';
const aboutCall = { at: NOW - 5, callId, legId: '1.1', callerNumber: '+1', targetNumber: '' };
const ofQueue = { ...aboutCall, queueId: queueIds.sales };
const ofUser = { ...ofQueue, userId: people.ann };
const ofWrapUp = { at: NOW, callId, legId: '1.1', userId: people.ann, queueId: queueIds.sales };

const direct = { ...ofUser, queueId: null, targetNumber: '1001' };

const numbers = { callId, legId: '1.1', callerNumber: '+1', targetNumber: '3000' };
const queue = { ...numbers, entityId: queueIds.sales, queueName: 'The sales' };
const user = { ...numbers, entityId: people.ann, userId: people.ann };
const directUser = { ...user, targetNumber: '1001' };
const wrapUp = { callId, legId: '1.1', userId: people.ann, queueId: queueIds.sales };

const rows: readonly [CallOccurrence, string, object][] = [
  [
    { kind: 'queue-call-incoming', ...ofQueue },
    'QueueCallInComing',
    { ...queue, queueNumber: '3000' },
  ],
  [
    { kind: 'queue-call-arrived', ...ofQueue },
    'QueueCallInArrived',
    { ...queue, queueNumber: '3000' },
  ],
  [
    { kind: 'queue-call-disconnected', ...ofQueue, endedBy: 'remote', cause: 'Normal Clearing' },
    'QueueCallInDisconnected',
    { ...queue, reason: 'remote', techReason: 'Normal Clearing', techQueueId: queueIds.sales },
  ],
  [
    { kind: 'queue-call-overflowed', ...ofQueue, reason: 'no-agent', cause: 'TIMEOUT' },
    'QueueCallInOverflow',
    {
      ...queue,
      overflowReason: 'NoAvailableProviders',
      overflowType: 'QueueOverflowDefault',
      techQueueId: queueIds.sales,
      techQueueName: 'The sales',
      techEvent: 'TIMEOUT',
    },
  ],
  [
    { kind: 'queue-call-overflowed', ...ofQueue, reason: 'unknown', cause: null },
    'QueueCallInOverflow',
    { overflowReason: null, overflowType: 'QueueOverflowDefault', techEvent: null },
  ],
  [
    { kind: 'queue-call-overflowed', ...ofQueue, reason: 'full', cause: 'FULL' },
    'QueueCallInOverflow',
    { overflowReason: 'QueueFull', techEvent: 'FULL' },
  ],
  [
    { kind: 'user-call-allocated', ...ofUser, userNumber: '1042' },
    'UserCallInUserAllocated',
    { ...user, userName: 'ann', userNumber: '1042', detailedReason: 'queue' },
  ],
  [
    { kind: 'user-call-connected', ...ofUser, userNumber: '1042', userLegId: '1.2' },
    'UserCallInUserConnected',
    { ...user, userName: 'ann', userNumber: '1042', agentLegId: '1.2' },
  ],
  ...(
    [
      ['no-answer', 'NoAnswer'],
      ['connected-elsewhere', 'ConnectedElsewhere'],
      ['caller-gone', 'remote'],
    ] as const
  ).map(([reason, word]): [CallOccurrence, string, object] => [
    { kind: 'user-call-cancelled', ...ofUser, reason },
    'UserCallInUserCancelled',
    { ...user, userName: 'ann', reason: word },
  ]),
  [
    { kind: 'user-call-disconnected', ...ofUser, endedBy: 'local', cause: null },
    'UserCallInDisconnected',
    { ...user, username: 'ann', reason: 'local', techReason: null, techQueueId: queueIds.sales },
  ],
  [
    { kind: 'user-call-incoming', ...direct },
    'UserCallInComing',
    { ...directUser, username: 'ann', publicity: null },
  ],
  [
    { kind: 'user-call-arrived', ...direct },
    'UserCallInArrived',
    { ...directUser, userName: 'ann', publicity: null },
  ],
  [
    { kind: 'user-call-allocated', ...direct, userNumber: '1001' },
    'UserCallInUserAllocated',
    { ...directUser, userNumber: '1001', detailedReason: 'direct' },
  ],
  [
    { kind: 'user-call-disconnected', ...direct, endedBy: 'remote', cause: '16' },
    'UserCallInDisconnected',
    { ...directUser, techReason: '16', techQueueId: null },
  ],
  [
    { kind: 'user-call-out-connected', ...direct },
    'UserCallOutConnected',
    { ...directUser, userName: 'ann' },
  ],
  [
    { kind: 'user-call-out-disconnected', ...direct, endedBy: 'local', cause: '16' },
    'UserCallOutDisconnected',
    { ...directUser, userName: 'ann', reason: 'local', techReason: '16' },
  ],
  ...(
    [
      ['no-answer', 'NoAnswer'],
      ['busy', 'BusyOnBusy'],
      ['unreachable', 'BusyForTechnicalError'],
      ['do-not-disturb', 'DND'],
      ['unknown', null],
    ] as const
  ).map(([reason, word]): [CallOccurrence, string, object] => [
    { kind: 'user-call-overflowed', ...direct, reason, target: '' },
    'UserCallInUserOverflow',
    { ...directUser, username: 'ann', reason: word, target: null },
  ]),
  [
    { kind: 'user-call-overflowed', ...direct, reason: 'busy', target: '1002' },
    'UserCallInUserOverflow',
    { ...directUser, reason: 'BusyOnBusy', target: '1002' },
  ],
  [
    { kind: 'wrap-up-enabled', ...ofWrapUp, maxSeconds: 30 },
    'UserWrapUpEnabled',
    { ...wrapUp, maxWrapUpDurationSec: 30 },
  ],
  [
    { kind: 'wrap-up-started', ...ofWrapUp, maxSeconds: 30 },
    'UserWrapUpStarted',
    { ...wrapUp, maxWrapUpDurationSec: 30 },
  ],
  [
    { kind: 'wrap-up-ended', ...ofWrapUp, reason: 'manual', elapsedSeconds: 12 },
    'UserWrapUpTerminated',
    { ...wrapUp, reason: 'manual', elapsedTimeSec: 12 },
  ],
];

describe('a step of a call', () => {
  it.each(rows)('$kind is the event %s', (occurrence, name, data) => {
    const event = mapOccurrence(occurrence, directory, NOW);
    expect(event).toMatchObject({ name, timestamp: NOW, kind: 'occurrence', ttlSeconds: -1 });
    expect(event?.data).toMatchObject(data);
  });

  it('names what the caller dialled, where the source tells it', () => {
    const dialled = { kind: 'queue-call-arrived', ...ofQueue, targetNumber: '+1800' } as const;
    expect(mapOccurrence(dialled, directory, NOW)?.data).toMatchObject({
      targetNumber: '+1800',
      queueNumber: '3000',
    });
  });

  it('or a changed setting is an event of its user', () => {
    const setting = { kind: 'user-setting-changed', at: NOW, userId: people.ann } as const;
    const changed = { ...setting, keyword: 'services.dnd', value: 'true', values: null };
    expect(mapOccurrence(changed, directory, NOW)?.data).toMatchObject({
      eventType: 'UserSetting',
      entityId: people.ann,
      keyword: 'services.dnd',
      value: 'true',
    });
  });

  it.each([
    ['a queue', { kind: 'queue-call-arrived', ...ofQueue, queueId: people.ann }],
    ['a user', { kind: 'user-call-cancelled', ...ofUser, userId: callId, reason: 'no-answer' }],
  ] as const)('of %s that the directory does not have is no event', (_what, occurrence) => {
    expect(mapOccurrence(occurrence, directory, NOW)).toBeUndefined();
  });
});
