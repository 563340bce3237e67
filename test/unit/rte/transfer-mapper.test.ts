import { describe, expect, it } from 'vitest';
import type { TransferOccurrence, UserCallSentOn } from '../../../src/contact-center/index.js';
import { mapOccurrence } from '../../../src/rte/occurrence-mapper.js';
import { contactCenterDirectory, people, queueIds } from '../../support/directory-fixture.js';

const NOW = Date.parse('2026-11-21T10:00:00.123Z');
const directory = contactCenterDirectory();
const about = {
  at: NOW - 5,
  callId: 'dddddddd-0000-4000-8000-000000000001',
  legId: '1.1',
  callerNumber: '+1',
  targetNumber: '',
  userId: people.ann,
};
const ofUser = { ...about, kind: 'user-transfer', queueId: null } as const;
const ofQueue = { ...about, queueId: queueIds.sales } as const;
const noQueue = { techQueueId: '00000000-0000-0000-0000-000000000000', techQueueName: null };
const sales = { techQueueId: queueIds.sales, techQueueName: 'The sales' };
const user = { callId: about.callId, legId: '1.1', callerNumber: '+1', username: 'ann' };
const queue = { ...sales, queueName: 'The sales', targetNumber: '3000' };

const rows: readonly [string, TransferOccurrence | UserCallSentOn, string, object][] = [
  [
    'begins',
    { ...ofUser, step: 'started', flow: 'blind', target: '1002' },
    'UserCallInTransferStarted',
    {
      ...user,
      ...noQueue,
      transferTarget: '1002',
      transferSource: people.ann,
      transferApplet: 'BlindTransfer',
      publicity: null,
    },
  ],
  [
    'reaches its target',
    { ...ofUser, step: 'connected', flow: 'attended', target: people.bob },
    'UserCallInTransferConnected',
    {
      ...user,
      ...noQueue,
      connectedTarget: people.bob,
      transferSource: people.ann,
      transferApplet: 'AttendedTransfer',
    },
  ],
  [
    'comes to nothing',
    { ...ofUser, step: 'cancelled', flow: 'blind', reason: 'failed', cause: 'BlindTransfer Fail' },
    'UserCallInTransferCancelled',
    { ...user, reason: 'Failed', detailedReason: 'BlindTransfer Fail' },
  ],
  [
    "of a queue's call begins for the user",
    { ...ofQueue, kind: 'user-transfer', step: 'started', flow: 'blind', target: '' },
    'UserCallInTransferStarted',
    { ...user, ...sales, targetNumber: '3000', transferTarget: null },
  ],
  [
    "of a queue's call begins for the queue",
    { ...ofQueue, kind: 'queue-transfer', step: 'started', flow: 'blind', target: '1002' },
    'QueueCallInTransferStarted',
    { ...queue, transferTarget: '1002', transferSource: people.ann },
  ],
  [
    "of a queue's call reaches its target",
    { ...ofQueue, kind: 'queue-transfer', step: 'connected', flow: 'blind', target: '1002' },
    'QueueCallInTransferConnected',
    { ...queue, connectedTarget: '1002' },
  ],
  [
    "of a queue's call comes to nothing",
    {
      ...ofQueue,
      kind: 'queue-transfer',
      step: 'cancelled',
      flow: 'attended',
      reason: 'caller-gone',
      cause: null,
    },
    'QueueCallInTransferCancelled',
    { ...queue, reason: 'remote', detailedReason: null, transferApplet: 'AttendedTransfer' },
  ],
  [
    'takes the call from the user',
    { ...ofQueue, kind: 'user-call-sent-on', reason: 'transfer', target: '1002', cause: 'Blind' },
    'UserCallInOverflow',
    {
      ...user,
      ...sales,
      connectedTarget: '1002',
      techEvent: 'Blind',
      overflowReason: null,
      overflowType: null,
    },
  ],
];

describe('a transfer', () => {
  it.each(rows)('that %s', (_when, occurrence, name, data) => {
    const event = mapOccurrence(occurrence, directory, NOW);
    expect(event).toMatchObject({ name, data });
    const isQueues = name.startsWith('Queue');
    expect(event?.entityId).toBe(isQueues ? queueIds.sales : people.ann);
  });

  it('of somebody who is gone from the directory is not told', () => {
    const without = contactCenterDirectory(['ann']);
    const ofUsers = rows.filter(([, , name]) => name.startsWith('User'));
    expect(ofUsers).toHaveLength(5);
    for (const [, occurrence] of ofUsers) {
      expect(mapOccurrence(occurrence, without, NOW)).toBeUndefined();
    }
  });
});
