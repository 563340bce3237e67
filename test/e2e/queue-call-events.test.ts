import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventNames } from '../../src/rte/events/event-catalogue.js';
import { amqpUrl } from '../support/broker-test.js';
import { IDS } from '../support/e2e-directory.js';
import { ANY_GUID } from '../support/expected.js';
import type { RteClient } from '../support/rte-client.js';
import {
  agentAnswers,
  agentLogsIn,
  agentLogsOff,
  callArrives,
  callEnds,
  CALLER,
  callerGivesUp,
  callIsAnnounced,
  phoneFallsSilent,
  phoneRings,
} from '../support/story.js';
import type { BusEvent } from '../support/wazo-bus.js';
import { startWatchedHub, type WatchedHub } from '../support/watched-hub.js';

/** What every event of the call has in common. */
const ofCall = { callId: ANY_GUID, legId: CALLER.uniqueid };
const numbers = { callerNumber: CALLER.number, targetNumber: '3000' };
const ofQueue = { ...ofCall, ...numbers, entityId: IDS.sales, queueId: IDS.sales };
const ofUser = { ...ofCall, ...numbers, entityId: IDS.agent, userId: IDS.agent };
const ofWrapUp = { ...ofCall, entityId: IDS.agent, userId: IDS.agent, queueId: IDS.sales };

describe.skipIf(amqpUrl === '')('a supervisor of the queue and its agent receives', () => {
  let running: WatchedHub;
  let client: RteClient;

  beforeEach(async () => {
    const pairs = eventNames.flatMap((name): [string, string][] => {
      if (name === 'CallbackChanged') return [[IDS.salesCallbacks, name]];
      return [[name.startsWith('Queue') ? IDS.sales : IDS.agent, name]];
    });
    running = await startWatchedHub({ subscriptions: pairs });
    ({ client } = running);
    await running.play(agentLogsIn);
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfAgentsImmediatelyFree: 1 });
    client.forget();
  });

  afterEach(async () => {
    await running.stop();
  });

  /** Everything received but states, which say the same again in their own time. */
  function occurrences(): object[] {
    return client.messages
      .map(({ data }) => data)
      .filter((data) => !String(data['eventType']).endsWith('Status'));
  }

  it.each([
    ['in the order of Asterisk', (burst: readonly BusEvent[]) => burst],
    ['in the order of amid', (burst: readonly BusEvent[]) => burst.toReversed()],
  ])('all of an answered call, told %s', async (_what, told) => {
    const bursts = [callIsAnnounced, callArrives, phoneRings, agentAnswers, callEnds];
    await running.play(...bursts.map((burst) => told(burst)));
    await client.waitFor('UserWrapUpStarted', IDS.agent, {});
    await running.play(agentLogsOff);
    await client.waitFor('UserStatus', IDS.agent, { serving: false });
    expect(occurrences()).toMatchObject([
      { eventType: 'QueueCallInComing', ...ofQueue, queueName: 'Sales', queueNumber: '3000' },
      { eventType: 'QueueCallInArrived', ...ofQueue, queueName: 'Sales', queueNumber: '3000' },
      {
        eventType: 'UserCallInUserAllocated',
        ...ofUser,
        userName: 'agent',
        userNumber: '1042',
        detailedReason: 'queue',
      },
      {
        eventType: 'UserCallInUserConnected',
        ...ofUser,
        agentLegId: `${CALLER.uniqueid}142`,
        userName: 'agent',
        userNumber: '1042',
      },
      {
        ...ofCall,
        eventType: 'UserCallAvailableForMonitoring',
        entityId: IDS.agent,
        targetUserId: IDS.agent,
        supervisorUserId: IDS.supervisor,
        callType: 'servicecall',
      },
      { eventType: 'UserWrapUpEnabled', ...ofWrapUp, maxWrapUpDurationSec: 30 },
      {
        eventType: 'UserCallInDisconnected',
        ...ofUser,
        username: 'agent',
        reason: 'remote',
        techQueueId: IDS.sales,
      },
      { eventType: 'UserWrapUpStarted', ...ofWrapUp, maxWrapUpDurationSec: 30 },
      { eventType: 'UserWrapUpTerminated', ...ofWrapUp, reason: 'manual' },
    ]);
  });

  it('all of a call that is given up while it rings, though all of it is told twice', async () => {
    const givesUp = [...callerGivesUp, ...phoneFallsSilent];
    await running.play(callIsAnnounced, callArrives, phoneRings, givesUp);
    await client.waitFor('CallbackChanged', IDS.salesCallbacks, {});
    await running.play(callIsAnnounced, callArrives, phoneRings, givesUp, agentLogsOff);
    await client.waitFor('UserStatus', IDS.agent, { serving: false });
    expect(occurrences()).toMatchObject([
      { eventType: 'QueueCallInComing', ...ofQueue },
      { eventType: 'QueueCallInArrived', ...ofQueue },
      { eventType: 'UserCallInUserAllocated', ...ofUser },
      { eventType: 'UserCallInUserCancelled', ...ofUser, reason: 'remote' },
      { eventType: 'QueueCallInDisconnected', ...ofQueue, reason: 'remote' },
      { eventType: 'CallbackChanged', contactNumber: CALLER.number, created: true },
    ]);
  });
});
