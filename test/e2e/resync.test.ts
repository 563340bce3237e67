import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  amqpUrl,
  type HubOnBus,
  readiness,
  startHubOnBus,
  untilReady,
} from '../support/broker-test.js';
import { AGENT, COLLEAGUE, IDS } from '../support/e2e-directory.js';
import { fakeAgent, fakeQueue, fakeTenant, fakeUser } from '../support/fake-wazo/entities.js';
import { FakeWazo } from '../support/fake-wazo/fake-wazo.js';
import {
  agentChannel,
  agentLeg,
  agentLogin,
  callerChannel,
  phoneChannel,
  presenceRow,
  queueEntryRow,
  queueMemberRow,
  queueParams,
} from '../support/fake-wazo/live-state.js';
import { Gate } from '../support/gate.js';
import { expectPossible } from '../support/possible.js';
import { RteClient } from '../support/rte-client.js';
import { CALLER } from '../support/story.js';
import { type Caller, directCall, queueCaller } from '../support/wazo-events.js';

/** Who talks to the colleague when the hub starts. */
const SERVED: Caller = { uniqueid: '1763683100.10', number: '+15550001111', queue: 'sales' };
const WAITED_SECONDS = 40;

const queueName = `rte-hub-${randomUUID()}`;

async function startAcme(): Promise<FakeWazo> {
  const fake = await FakeWazo.start();
  const { state } = fake;
  state.tenants = [fakeTenant(IDS.acme, 'acme')];
  state.users = [fakeUser(IDS.agent, IDS.acme, 'Agent'), fakeUser(IDS.colleague, IDS.acme, 'Col')];
  state.agents = [
    fakeAgent(42, IDS.acme, { users: [{ uuid: IDS.agent }] }),
    fakeAgent(43, IDS.acme, { users: [{ uuid: IDS.colleague }] }),
  ];
  state.queues = [fakeQueue(7, IDS.acme, 'sales'), fakeQueue(8, IDS.acme, 'support')];
  return fake;
}

/** Both agents are there; CALLER waits and rings at one, SERVED talks to the other. */
function middleOfTheDay({ state }: FakeWazo): void {
  state.amiRows.set('QueueStatus', [
    queueParams('sales'),
    queueMemberRow(AGENT, 'sales', { Status: '6' }),
    queueMemberRow(COLLEAGUE, 'sales', { Status: '2', InCall: '1' }),
    queueEntryRow(CALLER, WAITED_SECONDS),
    queueParams('support'),
    queueMemberRow(COLLEAGUE, 'support', { Status: '2' }),
  ]);
  state.amiRows.set('CoreShowChannels', [
    callerChannel(CALLER),
    agentChannel(CALLER, AGENT),
    phoneChannel(CALLER, AGENT),
    callerChannel(SERVED, 'b1'),
    phoneChannel(SERVED, COLLEAGUE, 'b1'),
  ]);
  state.calls = [
    agentLeg(CALLER, AGENT, IDS.acme, 'Ringing'),
    agentLeg(SERVED, COLLEAGUE, IDS.acme, 'Up'),
  ];
  state.agentStatuses = [agentLogin(AGENT, IDS.acme), agentLogin(COLLEAGUE, IDS.acme)];
  state.presences = [presenceRow(IDS.agent, IDS.acme), presenceRow(IDS.colleague, IDS.acme)];
}

/** Both agents are there, and nobody calls. */
function quiet({ state }: FakeWazo): void {
  state.amiRows.set('QueueStatus', [
    queueParams('sales'),
    queueMemberRow(AGENT, 'sales'),
    queueMemberRow(COLLEAGUE, 'sales'),
    queueParams('support'),
    queueMemberRow(COLLEAGUE, 'support'),
  ]);
  state.amiRows.set('CoreShowChannels', []);
  state.calls = [];
}

describe.skipIf(amqpUrl === '')('a hub that reads the state of Wazo', () => {
  let fake: FakeWazo;
  let running: HubOnBus;
  let client: RteClient;
  /** Until it is open wazo-amid answers nothing, so that a client is there before the state is. */
  const gate = new Gate();

  beforeAll(async () => {
    fake = await startAcme();
    middleOfTheDay(fake);
    fake.faults.add({ service: 'amid', misbehaviour: { kind: 'delay', until: gate.opened } });
    running = await startHubOnBus({
      changes: { WAZO_AUDIT_SECONDS: '1', WAZO_QUEUE: queueName },
      wazo: fake,
      isAwaited: false,
    });
    client = await RteClient.connect(running.hub, 'supervisor');
    await client.subscribe(
      [IDS.agent, 'UserStatus'],
      [IDS.agent, 'UserCallInDisconnected'],
      [IDS.colleague, 'UserStatus'],
      [IDS.sales, 'QueueStatus'],
      [IDS.sales, 'QueueCallInArrived'],
      [IDS.sales, 'QueueCallInDisconnected'],
      [IDS.acme, 'SourceStatus'],
    );
  });

  afterAll(async () => {
    await client.stop();
    await running.stop();
    await fake.close();
  });

  const queueIs = (expected: object) => client.waitFor('QueueStatus', IDS.sales, { ...expected });
  const userIs = (userId: string, expected: object) =>
    client.waitFor('UserStatus', userId, { ...expected });

  it('shows what goes on when it starts in the middle of the day', async () => {
    await vi.waitFor(async () => {
      const { reasons } = await readiness(running.hub);
      expect(reasons.join()).toContain('stale: the state is being read from Wazo');
    }, 10_000);
    fake.faults.clear();
    gate.open();
    const queue = await queueIs({ nbrOfRequesters: 2 });
    expect(queue).toMatchObject({
      nbrOfAllocated: 1,
      nbrOfQueuingRequesters: 0,
      nbrOfConnected: 1,
      nbrOfNotServedRequesters: 1,
      nbrOfAgentsCheckedInQueue: 2,
      nbrOfAgentsImmediatelyFree: 0,
    });
    expect(queue['maxWaitTime']).toBeGreaterThanOrEqual(WAITED_SECONDS);
    expect(await userIs(IDS.agent, { talking: true })).toMatchObject({
      serving: true,
      activeQueueId: null,
    });
    expect(await userIs(IDS.colleague, { talking: true })).toMatchObject({
      activeQueueId: IDS.sales,
      activeQueues: 2,
    });
    await untilReady(running.hub);
    // Nobody saw them come, so nobody is told that they came.
    expect(client.received('QueueCallInArrived', IDS.sales)).toEqual([]);
  });

  it('ends calls whose end was lost, and tells it of those that it told of', async () => {
    await running.bus.publish(directCall('call_created', AGENT, 'Ringing'));
    await running.bus.publish(directCall('call_answered', AGENT, 'Up'));
    await client.waitFor('UserStatus', IDS.agent, { talking: true });
    quiet(fake);
    client.forget();
    // The hub makes a new one; what was in the old one is lost.
    await running.bus.channel.deleteQueue(queueName);
    const ended = await client.waitFor('UserCallInDisconnected', IDS.agent, {});
    expect(ended).toMatchObject({ techReason: 'resync' });
    await userIs(IDS.agent, { talking: false });
    await userIs(IDS.colleague, { talking: false, activeQueueId: null });
    await queueIs({ nbrOfRequesters: 0, nbrOfAgentsImmediatelyFree: 2 });
    await client.waitFor('SourceStatus', IDS.acme, { state: 'up' });
    expect(client.received('QueueCallInDisconnected', IDS.sales)).toEqual([]);
  });

  it('finds by itself what no event told, and counts it', async () => {
    client.forget();
    const before = await corrections();
    fake.state.amiRows.set('QueueStatus', [
      queueParams('sales'),
      queueMemberRow(AGENT, 'sales', { Paused: '1', LastPause: '1763690000' }),
      queueMemberRow(COLLEAGUE, 'sales'),
      queueParams('support'),
      queueMemberRow(COLLEAGUE, 'support'),
    ]);
    await queueIs({ nbrOfAgentsImmediatelyFree: 1, nbrOfAgentsLongTermAway: 1 });
    expect(await corrections()).toBe(before + 1);
  });

  it('counts a caller once who joins around the markers, which wazo-amid mixes up', async () => {
    client.forget();
    const before = await corrections();
    const sent = markers();
    const joins = queueCaller('QueueCallerJoin', CALLER, { Position: '1', Count: '1' });
    const raise = fake.onUserEvent;
    fake.onUserEvent = async (fields) => {
      fake.onUserEvent = raise;
      const { state } = fake;
      state.amiRows.set('QueueStatus', [
        ...(state.amiRows.get('QueueStatus') ?? []),
        queueEntryRow(CALLER, 0),
      ]);
      const marker = { name: 'UserEvent', data: { Event: 'UserEvent', ...fields } };
      await running.bus.publishAsAmid(joins, marker);
    };
    await queueIs({ nbrOfRequesters: 1 });
    // When the next audit begins, this one is over.
    await vi.waitFor(() => expect(markers()).toBeGreaterThan(sent + 2), 5_000);
    expect(await corrections()).toBe(before);
    expect(client.received('QueueCallInArrived', IDS.sales)).toHaveLength(1);
    for (const data of client.received('QueueStatus', IDS.sales)) {
      expectPossible(data);
      expect(data['nbrOfRequesters']).toBeLessThanOrEqual(1);
    }
  });

  it('knows that all calls are gone when Asterisk has started anew', async () => {
    client.forget();
    quiet(fake);
    fake.state.amiRows.set('CoreStatus', [
      { CoreStartupDate: '2026-11-21', CoreStartupTime: '12:00:00' },
    ]);
    await running.bus.publish({
      name: 'FullyBooted',
      data: { Event: 'FullyBooted', Status: 'Fully Booted', Uptime: '1', LastReload: '1' },
    });
    await queueIs({ nbrOfRequesters: 0 });
    expect(await client.waitFor('QueueCallInDisconnected', IDS.sales, {})).toMatchObject({
      techReason: 'resync',
    });
    await untilReady(running.hub);
  });

  function markers(): number {
    return fake.requests.filter((request) => request.endsWith('UserEvent')).length;
  }

  /** How many entries audits have found to be wrong. */
  async function corrections(): Promise<number> {
    const text = await (await fetch(`${running.hub.url}/metrics`)).text();
    const counts = text.matchAll(
      /^rte_snapshot_corrections_total\{occasion="audit",table="\w+"\} (\d+)$/gmu,
    );
    return Array.from(counts, ([, count]) => Number(count)).reduce((sum, one) => sum + one, 0);
  }
});
