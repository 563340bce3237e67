import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amqpUrl } from '../support/broker-test.js';
import { COLLEAGUE, IDS } from '../support/e2e-directory.js';
import { agentStatusData, ANY_TIME, salesStatusData } from '../support/expected.js';
import { expectPossible, expectPossibleUser } from '../support/possible.js';
import { type RteClient, steady } from '../support/rte-client.js';
import { reversedInChunks, shuffled } from '../support/shuffle.js';
import { agentAnswers, agentLogsIn, callArrives, callEnds, phoneRings } from '../support/story.js';
import { type BusEvent, stamp, type StampedEvent } from '../support/wazo-bus.js';
import {
  type Agent,
  agentCall,
  agentStatus,
  type Caller,
  hangup,
  presence,
  queueAgent,
  queueCaller,
  queueMember,
  queueMembers,
} from '../support/wazo-events.js';
import { startWatchedHub, type WatchedHub } from '../support/watched-hub.js';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const OTHER_SEEDS = [9, 10, 11];
const OTHER_CALLER: Caller = { uniqueid: '1763683205.50', number: '+15557654321', queue: 'sales' };

const wholeCall: readonly BusEvent[] = [
  ...callArrives,
  ...phoneRings,
  ...agentAnswers,
  ...callEnds,
];

describe.skipIf(amqpUrl === '')('a whole answered call in one burst', () => {
  let running: WatchedHub;
  let client: RteClient;

  beforeEach(async () => {
    running = await startWatchedHub({
      // A machine that stalls for longer than the window would make two bursts of one.
      changes: { WAZO_REORDER_WINDOW_MS: '300' },
      subscriptions: [
        [IDS.agent, 'UserStatus'],
        [IDS.colleague, 'UserStatus'],
        [IDS.sales, 'QueueStatus'],
      ],
    });
    ({ client } = running);
    await running.bus.publish(...agentLogsIn, ...colleagueLogsIn);
    await client.waitFor('UserStatus', IDS.agent, { canBeAllocatedTo: true });
    await client.waitFor('UserStatus', IDS.colleague, { canBeAllocatedTo: true });
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfAgentsImmediatelyFree: 2 });
  });

  afterEach(async () => {
    for (const data of client.received('QueueStatus', IDS.sales)) expectPossible(data);
    for (const id of [IDS.agent, IDS.colleague]) {
      for (const data of client.received('UserStatus', id)) {
        expectPossibleUser(data, { mayBeTorn: true });
      }
    }
    await running.stop();
  });

  /**
   * Sends the burst, and sentinels once it has been applied, as they are about others and would not
   * wait for it: the states told with them are the last ones.
   */
  async function stateAfter(
    burst: readonly StampedEvent[],
  ): Promise<{ user: object; queue: object }> {
    await running.bus.send(burst);
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfAgentsOnWrapUp: 1 });
    await running.bus.publish(
      presence(IDS.agent, { lines: [] }),
      queueMember('QueueMemberPause', COLLEAGUE, 'sales', { Paused: '1' }),
    );
    const user = await client.waitFor('UserStatus', IDS.agent, { serviceTerminals: 0 });
    const queue = await client.waitFor('QueueStatus', IDS.sales, { nbrOfAgentsLongTermAway: 1 });
    return { user: steady(user), queue: steady(queue) };
  }

  const expected = {
    user: agentStatusData({
      canBeAllocatedTo: false,
      serviceTerminals: 0,
      talkingStatusChanged: ANY_TIME,
      wrapUpStart: ANY_TIME,
      wrapUpEnd: ANY_TIME,
    }),
    queue: salesStatusData({
      nbrOfProviders: 2,
      nbrOfAgentsCheckedInQueue: 2,
      nbrOfServingAgentsEstimate: 1,
      nbrOfAgentsImmediatelyFree: 0,
      nbrOfAgentsShortTermAway: 1,
      nbrOfAgentsLongTermAway: 1,
      nbrOfAgentsOnWrapUp: 1,
    }),
  };

  it('ends with the agent in wrap-up when it comes in order', async () => {
    expect(await stateAfter(wholeCall.map(stamp))).toEqual(expected);
  });

  it('ends the same when everything is published twice', async () => {
    const burst = wholeCall.map(stamp);
    expect(await stateAfter([...burst, ...burst])).toEqual(expected);
  });

  it('ends the same when the events come reversed, as amid hands them on', async () => {
    expect(await stateAfter(reversedInChunks(wholeCall.map(stamp), 3))).toEqual(expected);
  });

  it.each(SEEDS)('ends the same when shuffled (seed %i)', async (seed) => {
    expect(await stateAfter(shuffled(wholeCall.map(stamp), seed))).toEqual(expected);
  });

  it.each(OTHER_SEEDS)(
    'ends the same when shuffled and published twice (seed %i)',
    async (seed) => {
      const burst = wholeCall.map(stamp);
      expect(await stateAfter(shuffled([...burst, ...burst], seed))).toEqual(expected);
    },
  );

  it('keeps two calls apart that come shuffled into each other', async () => {
    const both = [...wholeCall, ...callOf(OTHER_CALLER, COLLEAGUE)].map(stamp);
    await running.bus.send(shuffled(both, 1));
    const wrappingUp = { talking: false, activeQueueId: null, canBeAllocatedTo: false };
    for (const id of [IDS.agent, IDS.colleague]) {
      const user = await client.waitFor('UserStatus', id, wrappingUp);
      expect(user['wrapUpEnd']).toEqual(ANY_TIME);
    }
    const queue = await client.waitFor('QueueStatus', IDS.sales, { nbrOfAgentsOnWrapUp: 2 });
    expect(steady(queue)).toEqual(
      salesStatusData({
        nbrOfProviders: 2,
        nbrOfAgentsCheckedInQueue: 2,
        nbrOfServingAgentsEstimate: 2,
        nbrOfAgentsImmediatelyFree: 0,
        nbrOfAgentsShortTermAway: 2,
        nbrOfAgentsOnWrapUp: 2,
      }),
    );
  });
});

const colleagueLogsIn: readonly BusEvent[] = [
  ...queueMembers('QueueMemberAdded', COLLEAGUE),
  agentStatus(COLLEAGUE, 'logged_in'),
  presence(IDS.colleague, { lines: [{ id: 2, state: 'available' }] }),
];

/** What Wazo publishes for a queue call from the join to the hangup. */
function callOf(caller: Caller, agent: Agent): BusEvent[] {
  return [
    queueCaller('QueueCallerJoin', caller, { Position: '1', Count: '1' }),
    queueAgent('AgentCalled', caller, agent),
    agentCall('call_created', caller, agent, 'Ringing'),
    queueCaller('QueueCallerLeave', caller, { Position: '1', Count: '0' }),
    queueAgent('AgentConnect', caller, agent, { HoldTime: '5', RingTime: '3' }),
    agentCall('call_answered', caller, agent, 'Up'),
    queueAgent('AgentComplete', caller, agent, { TalkTime: '62', Reason: 'agent' }),
    agentCall('call_ended', caller, agent, 'Down', { reason_code: 16 }),
    ...queueMembers('QueueMemberStatus', agent, { CallsTaken: '1', LastCall: '1763683270' }),
    hangup(caller.uniqueid),
  ];
}
