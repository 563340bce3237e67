import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventNames } from '../../src/rte/events/event-catalogue.js';
import { amqpUrl } from '../support/broker-test.js';
import { AGENT, IDS } from '../support/e2e-directory.js';
import { ANY_GUID } from '../support/expected.js';
import type { RteClient } from '../support/rte-client.js';
import { agentLogsIn } from '../support/story.js';
import { type BusEvent, stamp } from '../support/wazo-bus.js';
import { directCall } from '../support/wazo-events.js';
import { startWatchedHub, type WatchedHub } from '../support/watched-hub.js';

const ofUser = { entityId: IDS.agent, userId: IDS.agent, callId: ANY_GUID };
const inbound = {
  ...ofUser,
  legId: '1763683300.51',
  callerNumber: '+15557654321',
  targetNumber: '1001',
  publicity: null,
};

describe.skipIf(amqpUrl === '')('an agent receives', () => {
  let running: WatchedHub;
  let client: RteClient;

  beforeEach(async () => {
    const names = eventNames.filter((name) => name.startsWith('User'));
    running = await startWatchedHub({
      userName: 'agent',
      subscriptions: names.map((name): [string, string] => [IDS.agent, name]),
    });
    ({ client } = running);
    await running.play(agentLogsIn);
    await client.waitFor('UserStatus', IDS.agent, { canBeAllocatedTo: true });
    client.forget();
  });

  afterEach(async () => {
    await running.stop();
  });

  function occurrences(): object[] {
    return client.messages
      .map(({ data }) => data)
      .filter((data) => data['eventType'] !== 'UserStatus');
  }

  it('all of a call to the own number, though the bus tells all of it twice', async () => {
    const swapped = { caller_id_number: '+15557654321', peer_caller_id_number: '1001' };
    const call = [
      directCall('call_created', AGENT, 'Down'),
      directCall('call_updated', AGENT, 'Ringing'),
      directCall('call_answered', AGENT, 'Up'),
      { name: 'call_held', data: { call_id: '1763683300.51', user_uuid: IDS.agent } },
      directCall('call_ended', AGENT, 'Down', { ...swapped, reason_code: 16 }),
    ];
    await running.bus.send(call.map(stamp));
    await client.waitFor('UserCallInDisconnected', IDS.agent, {});
    await running.play(call, outgoing());
    await client.waitFor('UserCallOutDisconnected', IDS.agent, {});
    expect(occurrences()).toMatchObject([
      { eventType: 'UserCallInComing', ...inbound, username: 'agent' },
      { eventType: 'UserCallInArrived', ...inbound, userName: 'agent' },
      {
        eventType: 'UserCallInUserAllocated',
        ...inbound,
        userNumber: '1001',
        detailedReason: 'direct',
      },
      { eventType: 'UserCallInUserConnected', ...inbound, agentLegId: inbound.legId },
      {
        eventType: 'UserCallInDisconnected',
        ...inbound,
        reason: 'remote',
        techReason: '16',
        techQueueId: null,
      },
      { eventType: 'UserCallOutConnected', ...ofUser, legId: '2.1', targetNumber: '+1800' },
      { eventType: 'UserCallOutDisconnected', ...ofUser, legId: '2.1', callerNumber: '1001' },
    ]);
  });

  it('that a call to the own number was missed', async () => {
    const missed = {
      user_uuid: IDS.agent,
      caller_id_number: '+15557654321',
      dialed_extension: '1001',
      conversation_id: '1763683300.50',
      reason: 'phone-unreachable',
    };
    await running.play([{ name: 'user_missed_call', data: missed }]);
    await client.waitFor('UserCallInUserOverflow', IDS.agent, {});
    expect(occurrences()).toMatchObject([
      {
        eventType: 'UserCallInUserOverflow',
        ...inbound,
        legId: '1763683300.50',
        reason: 'BusyForTechnicalError',
      },
    ]);
  });
});

/** The agent calls somebody outside, who answers. */
function outgoing(): BusEvent[] {
  const leg = {
    call_id: '2.1',
    conversation_id: '2.1',
    is_caller: true,
    peer_caller_id_number: '+1800',
    dialed_extension: '+1800',
  };
  const trunk = { ...leg, call_id: '2.2', is_caller: false, user_uuid: null };
  return [
    directCall('call_created', AGENT, 'Ring', leg),
    directCall('call_answered', AGENT, 'Up', leg),
    directCall('call_answered', AGENT, 'Up', trunk),
    directCall('call_ended', AGENT, 'Down', leg),
  ];
}
