import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amqpUrl } from '../support/broker-test.js';
import { AGENT, IDS } from '../support/e2e-directory.js';
import { agentStatusData, ANY_TIME, salesStatusData, WRAP_UP_MS } from '../support/expected.js';
import { expectPossible } from '../support/possible.js';
import { type RteClient, steady } from '../support/rte-client.js';
import {
  agentAnswers,
  agentLogsIn,
  agentLogsOff,
  agentPauses,
  agentResumes,
  callArrives,
  callEnds,
  CALLER,
  phoneRings,
} from '../support/story.js';
import { agentCall, presence } from '../support/wazo-events.js';
import { startWatchedHub, type WatchedHub } from '../support/watched-hub.js';

describe.skipIf(amqpUrl === '')('a queue call that is answered', () => {
  let running: WatchedHub;
  let client: RteClient;

  beforeEach(async () => {
    running = await startWatchedHub({
      subscriptions: [
        [IDS.agent, 'UserStatus'],
        [IDS.agent, 'UserAvailability'],
        [IDS.sales, 'QueueStatus'],
      ],
    });
    ({ client } = running);
    await running.play(agentLogsIn);
    await client.waitFor('UserAvailability', IDS.agent, { availability: 'Available' });
    await client.waitFor('UserStatus', IDS.agent, { canBeAllocatedTo: true });
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfAgentsImmediatelyFree: 1 });
  });

  afterEach(async () => {
    for (const data of client.received('QueueStatus', IDS.sales)) expectPossible(data);
    await running.stop();
  });

  const userStatus = (holding: object): Promise<object> =>
    client.waitFor('UserStatus', IDS.agent, { ...holding }).then(steady);
  const queueStatus = (holding: object): Promise<object> =>
    client.waitFor('QueueStatus', IDS.sales, { ...holding }).then(steady);

  it('begins with the agent free', async () => {
    expect(await userStatus({ canBeAllocatedTo: true })).toEqual(agentStatusData({}));
    expect(await queueStatus({ nbrOfAgentsImmediatelyFree: 1 })).toEqual(salesStatusData({}));
    expect(steady(await client.waitFor('UserAvailability', IDS.agent, {}))).toEqual({
      rootEntityType: 'Organization',
      rootEntityId: IDS.acme,
      eventType: 'UserAvailability',
      entityType: 'User',
      entityId: IDS.agent,
      userId: IDS.agent,
      organizationId: IDS.acme,
      userName: 'agent',
      profileId: '00000000-0000-0000-0000-000000000000',
      availability: 'Available',
      startTime: ANY_TIME,
      endTime: '9999-12-31T23:59:59.9999999Z',
      note: '',
      eventSource: 'wazo-chatd',
      transferNumber: '',
      messageTTLSeconds: -1,
    });
  });

  it('shows the caller waiting after the join', async () => {
    await running.play(callArrives);
    expect(await queueStatus({ nbrOfQueuingRequesters: 1 })).toEqual(
      salesStatusData({
        nbrOfRequesters: 1,
        nbrOfQueuingRequesters: 1,
        nbrOfNotServedRequesters: 1,
      }),
    );
  });

  it('shows the call allocated and the agent talking while the phone rings', async () => {
    await running.play(callArrives, phoneRings);
    expect(await userStatus({ talking: true })).toEqual(
      agentStatusData({ canBeAllocatedTo: false, talking: true, talkingStatusChanged: ANY_TIME }),
    );
    expect(await queueStatus({ nbrOfAllocated: 1 })).toEqual(
      salesStatusData({
        nbrOfRequesters: 1,
        nbrOfAllocated: 1,
        nbrOfNotServedRequesters: 1,
        nbrOfAgentsImmediatelyFree: 0,
        nbrOfAgentsShortTermAway: 1,
      }),
    );
  });

  it('shows the call connected and the active queue after the answer', async () => {
    await running.play(callArrives, phoneRings, agentAnswers);
    expect(await userStatus({ activeQueueId: IDS.sales })).toEqual(
      agentStatusData({
        canBeAllocatedTo: false,
        talking: true,
        talkingStatusChanged: ANY_TIME,
        activeQueueId: IDS.sales,
      }),
    );
    expect(await queueStatus({ nbrOfConnected: 1 })).toEqual(
      salesStatusData({
        nbrOfRequesters: 1,
        nbrOfConnected: 1,
        nbrOfAgentsImmediatelyFree: 0,
        nbrOfAgentsShortTermAway: 1,
      }),
    );
  });

  it('keeps the agent talking while the call is held', async () => {
    await running.play(callArrives, phoneRings, agentAnswers);
    await userStatus({ activeQueueId: IDS.sales });
    client.forget();
    // The last event is a sentinel: what holding did to the status would come before it.
    await running.play([
      agentCall('call_held', CALLER, AGENT, 'Up'),
      agentCall('call_resumed', CALLER, AGENT, 'Up'),
      presence(IDS.agent, { lines: [] }),
    ]);
    expect(await userStatus({ serviceTerminals: 0 })).toMatchObject({
      talking: true,
      activeQueueId: IDS.sales,
    });
    expect(client.received('UserStatus', IDS.agent)).toHaveLength(1);
  });

  it('shows the wrap-up with its start and end after the call', async () => {
    await running.play(callArrives, phoneRings, agentAnswers);
    await userStatus({ activeQueueId: IDS.sales });
    client.forget();
    await running.play(callEnds);
    const user = await client.waitFor('UserStatus', IDS.agent, { talking: false });
    expect(steady(user)).toEqual(
      agentStatusData({
        canBeAllocatedTo: false,
        talkingStatusChanged: ANY_TIME,
        wrapUpStart: ANY_TIME,
        wrapUpEnd: ANY_TIME,
      }),
    );
    const [start = 0, end = 0] = [user['wrapUpStart'], user['wrapUpEnd']].map((time) =>
      Date.parse(String(time)),
    );
    expect(end - start).toBe(WRAP_UP_MS);
    expect(await queueStatus({ nbrOfAgentsOnWrapUp: 1 })).toEqual(
      salesStatusData({
        nbrOfAgentsOnWrapUp: 1,
        nbrOfAgentsImmediatelyFree: 0,
        nbrOfAgentsShortTermAway: 1,
      }),
    );
  });

  it('shows a pause as long-term away, and its end', async () => {
    await running.play(agentPauses);
    expect(await userStatus({ activeQueues: 0 })).toEqual(
      agentStatusData({ activeQueues: 0, canBeAllocatedTo: false }),
    );
    expect(await queueStatus({ nbrOfAgentsLongTermAway: 1 })).toEqual(
      salesStatusData({
        nbrOfServingAgentsEstimate: 0,
        nbrOfAgentsLongTermAway: 1,
        nbrOfAgentsImmediatelyFree: 0,
      }),
    );
    client.forget();
    await running.play(agentResumes);
    expect(await userStatus({ activeQueues: 1 })).toEqual(agentStatusData({}));
    expect(await queueStatus({ nbrOfAgentsImmediatelyFree: 1 })).toEqual(salesStatusData({}));
  });

  it('tells do-not-disturb as availability, as status and in the queue', async () => {
    await running.play([
      { name: 'users_services_dnd_updated', data: { user_uuid: IDS.agent, enabled: true } },
    ]);
    await client.waitFor('UserAvailability', IDS.agent, {
      availability: 'DoNotDisturb',
      eventSource: 'wazo-confd',
    });
    expect(await userStatus({ available: false })).toEqual(
      agentStatusData({ available: false, canBeAllocatedTo: false }),
    );
    expect(await queueStatus({ nbrOfAgentsLongTermAway: 1 })).toEqual(
      salesStatusData({ nbrOfAgentsLongTermAway: 1, nbrOfAgentsImmediatelyFree: 0 }),
    );
  });

  it('shows nobody serving after the logoff', async () => {
    await running.play(agentLogsOff);
    expect(await userStatus({ serving: false })).toEqual(
      agentStatusData({ serving: false, activeQueues: 0, canBeAllocatedTo: false }),
    );
    expect(await queueStatus({ nbrOfProviders: 0 })).toEqual(
      salesStatusData({
        nbrOfProviders: 0,
        nbrOfServingAgentsEstimate: 0,
        nbrOfAgentsImmediatelyFree: 0,
        nbrOfAgentsCheckedInQueue: 0,
        openStatus: 1,
      }),
    );
  });

  it('names in every message the subscription that it came by', async () => {
    const subscriptions = await client.connection.invoke<object[]>('ActiveSubscriptions');
    expect(subscriptions).toHaveLength(3);
    for (const { data, subscription } of client.messages) {
      expect(subscriptions).toContainEqual(subscription);
      expect(subscription).toMatchObject({
        eventType: data['eventType'],
        entityId: data['entityId'],
        allEntities: false,
        allRootEntities: false,
        rootEntityType: 'Organization',
        rootEntityId: IDS.acme,
      });
    }
  });
});
