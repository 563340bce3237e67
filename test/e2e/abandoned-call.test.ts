import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { amqpUrl, type HubOnBus, startHubOnBus } from '../support/broker-test.js';
import { AGENT, IDS, PASSWORD } from '../support/e2e-directory.js';
import { agentStatusData, ANY_GUID, ANY_TIME, salesStatusData } from '../support/expected.js';
import { MovableClock } from '../support/movable-clock.js';
import { expectPossible } from '../support/possible.js';
import { RteClient, steady } from '../support/rte-client.js';
import {
  agentLogsIn,
  callArrives,
  CALLER,
  callerGivesUp,
  phoneFallsSilent,
  phoneRings,
} from '../support/story.js';
import { type BusEvent, stamp } from '../support/wazo-bus.js';
import { type Caller, hangup, queueAgent, queueCaller } from '../support/wazo-events.js';
import { startWatchedHub, type WatchedHub } from '../support/watched-hub.js';

const MINUTE_MS = 60_000;
const DUE_AFTER_MS = 60 * MINUTE_MS;
/** Past the time within which a hangup makes an abandon the caller's own. */
const LONG_AFTER_MS = 5_000;

/** Whose callback request comes after all that a test has published before. */
const NEXT_CALLER: Caller = { uniqueid: '1763683200.90', number: '+15559990000', queue: 'sales' };

describe.skipIf(amqpUrl === '')('a queue call whose caller gives up', () => {
  const clock = new MovableClock();
  let running: WatchedHub;
  let client: RteClient;

  beforeEach(async () => {
    running = await startWatchedHub({
      subscriptions: [
        [IDS.agent, 'UserStatus'],
        [IDS.sales, 'QueueStatus'],
        [IDS.salesCallbacks, 'CallbackChanged'],
        [IDS.supervisor, 'UserAlert'],
      ],
      now: clock.now,
    });
    ({ client } = running);
    await running.play(agentLogsIn);
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
  const callback = (holding: object) =>
    client.waitFor('CallbackChanged', IDS.salesCallbacks, { ...holding });
  const numbers = (): unknown[] =>
    client.received('CallbackChanged', IDS.salesCallbacks).map((data) => data['contactNumber']);

  it('shows the caller waiting, ringing and gone, and the agent free again', async () => {
    await running.play(callArrives);
    const waiting = { nbrOfRequesters: 1, nbrOfNotServedRequesters: 1 };
    expect(await queueStatus({ nbrOfQueuingRequesters: 1 })).toEqual(
      salesStatusData({ ...waiting, nbrOfQueuingRequesters: 1 }),
    );
    const alert = await client.waitFor('UserAlert', IDS.supervisor, {});
    expect(alert).toMatchObject({
      userId: IDS.supervisor,
      conditionName: 'Sales: queueLength',
      conditionExpression: 'queueLength > 0',
      conditionValue: '0',
      value: '1',
    });
    await running.play(phoneRings);
    expect(await userStatus({ talking: true })).toEqual(
      agentStatusData({ canBeAllocatedTo: false, talking: true, talkingStatusChanged: ANY_TIME }),
    );
    expect(await queueStatus({ nbrOfAllocated: 1 })).toEqual(
      salesStatusData({
        ...waiting,
        nbrOfAllocated: 1,
        nbrOfAgentsImmediatelyFree: 0,
        nbrOfAgentsShortTermAway: 1,
      }),
    );
    client.forget();
    await running.play([...callerGivesUp, ...phoneFallsSilent]);
    expect(await userStatus({ talking: false })).toEqual(
      agentStatusData({ talkingStatusChanged: ANY_TIME }),
    );
    expect(await queueStatus({ nbrOfRequesters: 0 })).toEqual(salesStatusData({}));
  });

  it('makes one callback request, also when the bus tells all of it twice', async () => {
    const burst = [...callArrives, ...phoneRings, ...callerGivesUp, ...phoneFallsSilent].map(stamp);
    await running.bus.send(burst);
    const data = await callback({ contactNumber: CALLER.number });
    expect(steady(data)).toEqual(newCallbackData());
    const { creationTime, modified, dueDate } = data;
    expect(modified).toBe(creationTime);
    expect(Date.parse(String(dueDate)) - Date.parse(String(creationTime))).toBe(DUE_AFTER_MS);
    await running.bus.send(burst);
    // Stamped anew, the same is told by a Wazo that repeats itself, not by the broker.
    await running.play([...callArrives, ...callerGivesUp]);
    await running.play(givesUp(NEXT_CALLER));
    await callback({ contactNumber: NEXT_CALLER.number });
    expect(numbers()).toEqual([CALLER.number, NEXT_CALLER.number]);
  });

  it('changes the request of a caller who tries again, and closes it when one is answered', async () => {
    const again: Caller = { ...CALLER, uniqueid: '1763683260.41' };
    await running.play(givesUp(CALLER));
    const first = await callback({ created: true });
    await running.play(givesUp(again));
    const second = await callback({ created: false });
    const { callBackId, callId, creationTime, dueDate } = first;
    expect(second).toMatchObject({ callBackId, callId, creationTime, dueDate, isClosed: false });
    const callListId = IDS.salesCallbacks;
    const relation: unknown = expect.stringMatching(/^repeated-call [\da-f-]{36}$/u);
    expect(second['callbackRelatedItems']).toEqual([
      { callBackId: ANY_GUID, callListId, relation },
    ]);
    expect(numbers()).toEqual([CALLER.number, CALLER.number]);
    const answered: Caller = { ...CALLER, uniqueid: '1763683320.41' };
    await running.play([
      queueCaller('QueueCallerJoin', answered, { Position: '1', Count: '1' }),
      queueAgent('AgentConnect', answered, AGENT, { HoldTime: '5', RingTime: '3' }),
    ]);
    const closed = await callback({ isClosed: true });
    expect(closed).toMatchObject({ callBackId, created: false, callId });
  });

  it.each(['', 'anonymous', 'Anonymous', '<unknown>'])(
    'makes no request of a caller with the number "%s"',
    async (number) => {
      await running.play(givesUp({ ...CALLER, number }), givesUp(NEXT_CALLER));
      await callback({});
      expect(numbers()).toEqual([NEXT_CALLER.number]);
    },
  );

  it('makes no request of a caller whom the queue sends away after its time-out', async () => {
    await running.play(callArrives);
    await queueStatus({ nbrOfRequesters: 1 });
    client.forget();
    await running.play(callerGivesUp.filter(({ name }) => name !== 'Hangup'));
    expect(await queueStatus({ nbrOfRequesters: 0 })).toEqual(salesStatusData({}));
    clock.advance(LONG_AFTER_MS);
    await running.play([hangup(CALLER.uniqueid)], givesUp(NEXT_CALLER));
    await callback({});
    expect(numbers()).toEqual([NEXT_CALLER.number]);
  });
});

describe.skipIf(amqpUrl === '')('the last hour of a queue', () => {
  const clock = new MovableClock();
  let running: HubOnBus;
  let client: RteClient;

  beforeAll(async () => {
    // Of the minute in which it was started a hub does not know what was before, so that is over.
    clock.advance(-MINUTE_MS);
    running = await startHubOnBus({ now: clock.now });
    clock.advance(MINUTE_MS);
    client = await RteClient.connect(running.hub, 'supervisor');
    await client.subscribe([IDS.sales, 'QueueStatus']);
  });

  afterAll(async () => {
    await client.stop();
    await running.stop();
  });

  it('has over REST the most that clients were told in a minute, also when it is over', async () => {
    await running.bus.publish(...callArrives);
    const told = await client.waitFor('QueueStatus', IDS.sales, { nbrOfNotServedRequesters: 1 });
    client.forget();
    await running.bus.publish(...callerGivesUp);
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfNotServedRequesters: 0 });
    const [sales, ...others] = await lastHours(running.hub.url);
    expect([sales?.QueueId, others]).toEqual([IDS.sales, []]);
    const waiting = sales?.NbrOfNotServedRequesters ?? [];
    // A real minute may have passed by now, in which nobody has waited.
    expect(Math.max(...waiting.slice(-2).map(Number))).toBe(told['nbrOfNotServedRequesters']);
    expect(waiting.slice(0, -2).every((value) => value === null)).toBe(true);
    expect(waiting).toHaveLength(60);
  });
});

const hoursAnswer = z.array(
  z.object({ QueueId: z.string(), NbrOfNotServedRequesters: z.array(z.int().nullable()) }),
);

/** What a board reads when it is opened. */
async function lastHours(url: string): Promise<z.output<typeof hoursAnswer>> {
  const authorization = `Basic ${Buffer.from(`supervisor:${PASSWORD}`).toString('base64')}`;
  const response = await fetch(`${url}/queues/history`, { headers: { authorization } });
  return hoursAnswer.parse(await response.json());
}

/** What Wazo publishes for a caller who comes and goes. */
function givesUp(caller: Caller): BusEvent[] {
  return [
    queueCaller('QueueCallerJoin', caller, { Position: '1', Count: '1' }),
    queueCaller('QueueCallerAbandon', caller, { Position: '1', OriginalPosition: '1' }),
    queueCaller('QueueCallerLeave', caller, { Position: '1', Count: '0' }),
    hangup(caller.uniqueid),
  ];
}

function newCallbackData(): Record<string, unknown> {
  return {
    rootEntityType: 'Organization',
    rootEntityId: IDS.acme,
    eventType: 'CallbackChanged',
    entityType: 'CallList',
    entityId: IDS.salesCallbacks,
    messageTTLSeconds: 120,
    callBackId: ANY_GUID,
    callListId: IDS.salesCallbacks,
    organizationId: IDS.acme,
    modified: ANY_TIME,
    assignedUserId: null,
    lastAttemptUserId: null,
    lastModifiedUserId: null,
    lastAttemptTypeId: null,
    contactName: 'Some One',
    contactNumber: CALLER.number,
    contactMessage: '',
    note: '',
    queueId: IDS.sales,
    channelIn: 'Sales',
    creationTime: ANY_TIME,
    created: true,
    isClosed: false,
    recordingId: null,
    typeId: 2,
    dueDate: ANY_TIME,
    callId: ANY_GUID,
    transcriptId: null,
    classificationId: null,
    expiryDate: null,
    lastAttemptTimestamp: null,
    lastAttemptNote: null,
    calculatedPriority: null,
    notBefore: null,
    callbackAttempts: null,
    callbackExtras: null,
    callbackRelatedItems: null,
  };
}
