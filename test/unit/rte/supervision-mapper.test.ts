import { describe, expect, it } from 'vitest';
import type { SupervisionChanged, UserCallOccurrence } from '../../../src/contact-center/index.js';
import type { Directory } from '../../../src/directory/types.js';
import { occurrenceEvents } from '../../../src/rte/occurrence-events.js';
import { contactCenterDirectory, people, queueIds } from '../../support/directory-fixture.js';

const NOW = Date.parse('2026-11-21T10:00:00.123Z');
const STRANGER = '99999999-0000-4000-8000-000000000001';
const callId = 'dddddddd-0000-4000-8000-000000000001';

const parties = {
  targetUserId: people.ann,
  targetUserName: 'ann',
  supervisorUserId: people.dora,
  supervisorUserName: 'dora',
  queueName: 'The sales',
  queueId: queueIds.sales,
  callId,
  legId: '1.1',
};

/** The directory, in which the sales queue has supervisors, one of them of somebody else's. */
function supervised(...supervisors: readonly string[]): Directory {
  const directory = contactCenterDirectory();
  const dora = directory.users.get(people.dora);
  const sales = directory.queues.get(queueIds.sales);
  if (dora === undefined || sales === undefined) throw new Error('not in the fixture');
  const stranger = { ...dora, id: STRANGER, organizationId: STRANGER, userName: 'stranger' };
  return {
    ...directory,
    users: new Map([...directory.users, [STRANGER, stranger]]),
    queues: new Map([...directory.queues, [sales.id, { ...sales, supervisors }]]),
  };
}

describe('a supervision', () => {
  const changed: SupervisionChanged = {
    kind: 'supervision-changed',
    at: NOW - 5,
    targetId: people.ann,
    supervisorId: people.dora,
    callId,
    queueId: queueIds.sales,
    legId: '1.1',
    supervisorLegId: '2.1',
    state: 'listen',
  };

  it('is told of who is supervised, and of who supervises', () => {
    const data = { ...parties, supervisorLegId: '2.1', state: 1 };
    expect(occurrenceEvents(changed, supervised(), NOW)).toMatchObject([
      { name: 'UserSupervisionStatus', entityId: people.ann, data },
      { name: 'UserSupervisionStatus', entityId: people.dora, data },
    ]);
  });

  it.each([
    ['none', 0],
    ['listen', 1],
    ['whisper', 2],
    ['barge', 3],
  ] as const)('%s is the state %d', (state, number) => {
    const events = occurrenceEvents({ ...changed, state }, supervised(), NOW);
    expect(events).toMatchObject([{ data: { state: number } }, { data: { state: number } }]);
  });

  it.each([null, STRANGER, people.ann])('by %s names no supervisor', (supervisorId) => {
    const events = occurrenceEvents({ ...changed, supervisorId }, supervised(), NOW);
    expect(events).toMatchObject([
      {
        entityId: people.ann,
        data: {
          supervisorUserId: '00000000-0000-0000-0000-000000000000',
          supervisorUserName: null,
        },
      },
    ]);
    expect(events).toHaveLength(1);
  });

  it('of a call of no queue, or of nobody, says so', () => {
    const events = occurrenceEvents({ ...changed, queueId: null }, supervised(), NOW);
    expect(events[0]?.data).toMatchObject({ queueId: null, queueName: null });
    const ofNobody = { ...changed, targetId: callId };
    expect(occurrenceEvents(ofNobody, supervised(), NOW)).toEqual([]);
  });
});

describe('a call that an agent has got', () => {
  const connected: UserCallOccurrence = {
    kind: 'user-call-connected',
    at: NOW - 5,
    callId,
    legId: '1.1',
    callerNumber: '+1',
    targetNumber: '',
    userId: people.ann,
    queueId: queueIds.sales,
    userNumber: '1042',
    userLegId: '1.2',
  };

  it('is available to each supervisor of the queue, told of both', () => {
    const directory = supervised(people.dora, people.ann, STRANGER, people.bob);
    const events = occurrenceEvents(connected, directory, NOW);
    expect(events.map(({ name, entityId }) => `${name} ${entityId}`)).toEqual([
      `UserCallInUserConnected ${people.ann}`,
      `UserCallAvailableForMonitoring ${people.ann}`,
      `UserCallAvailableForMonitoring ${people.dora}`,
      `UserCallAvailableForMonitoring ${people.ann}`,
      `UserCallAvailableForMonitoring ${people.bob}`,
    ]);
    expect(events[1]?.data).toMatchObject({
      ...parties,
      agentLegId: '1.2',
      callType: 'servicecall',
      callerNumber: '+1',
      connectedToAgentTime: '2026-11-21T10:00:00.118Z',
      supervisorTerminalNumber: null,
      supervisionCallInNumber: null,
    });
  });

  it('at the own number is available to nobody', () => {
    const events = occurrenceEvents({ ...connected, queueId: null }, supervised(people.dora), NOW);
    expect(events.map(({ name }) => name)).toEqual(['UserCallInUserConnected']);
  });
});
