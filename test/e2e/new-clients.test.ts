import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { amqpUrl, type HubOnBus, startHubOnBus } from '../support/broker-test.js';
import { startCuttingProxy } from '../support/cutting-proxy.js';
import { AGENT, COLLEAGUE, IDS } from '../support/e2e-directory.js';
import { type ReceivedMessage, RteClient, steady } from '../support/rte-client.js';
import {
  agentStatus,
  hangup,
  presence,
  queueCaller,
  queueMembers,
} from '../support/wazo-events.js';

let running: HubOnBus;
let clients: RteClient[] = [];

beforeAll(async () => {
  if (amqpUrl !== '') running = await startHubOnBus();
});

afterAll(() => running?.stop());

afterEach(async () => {
  for (const client of clients) await client.stop();
  clients = [];
});

async function connectAs(userName: string, query = ''): Promise<RteClient> {
  const { Url, Token } = await running.hub.token(userName);
  const client = await RteClient.connectWith(`${Url}${query}`, Token);
  clients.push(client);
  return client;
}

describe.skipIf(amqpUrl === '')('a client that asks for snapshots', () => {
  it('gets the state of all it subscribes to behind the answer, whether or not it had events', async () => {
    const witness = await connectAs('admin');
    await witness.subscribe([IDS.sales, 'QueueStatus'], [IDS.agent, 'UserAvailability']);
    await running.bus.publish(
      ...queueMembers('QueueMemberAdded', AGENT),
      agentStatus(AGENT, 'logged_in'),
      presence(IDS.agent, { state: 'away' }),
      queueCaller('QueueCallerJoin', {
        uniqueid: '1763683300.1',
        number: '+15550001111',
        queue: 'sales',
      }),
    );
    const queue = await witness.waitFor('QueueStatus', IDS.sales, { nbrOfRequesters: 1 });
    await witness.waitFor('UserAvailability', IDS.agent, { availability: 'Away' });
    const client = await connectAs('admin', '?snapshot=1');
    await client.subscribe(
      [IDS.sales, 'QueueStatus'],
      [IDS.support, 'QueueStatus'],
      [IDS.agent, 'UserAvailability'],
      [COLLEAGUE.userUuid, 'UserStatus'],
      [IDS.salesCallbacks, 'CallbackChanged'],
    );
    // What follows an answer is there when the next one is.
    await client.connection.invoke('ActiveSubscriptions');
    expect(client.messages.map(({ data }) => [data['eventType'], data['entityId']])).toEqual([
      ['QueueStatus', IDS.sales],
      ['QueueStatus', IDS.support],
      ['UserAvailability', IDS.agent],
      ['UserStatus', COLLEAGUE.userUuid],
    ]);
    expect(client.messages[0]?.data).toMatchObject({ id: queue['id'], nbrOfRequesters: 1 });
    expect(client.messages[1]?.data).toMatchObject({ queueName: 'Support', nbrOfRequesters: 0 });
    expect(client.messages[2]?.data).toMatchObject({ availability: 'Away' });
  });

  it('is not the one who says ?snapshot=0 or nothing', async () => {
    for (const query of ['', '?snapshot=0']) {
      const client = await connectAs('admin', query);
      await client.subscribe([IDS.sales, 'QueueStatus'], [IDS.agent, 'UserStatus']);
      await client.connection.invoke('ActiveSubscriptions');
      expect(client.messages).toEqual([]);
    }
  });
});

const STATES = new Set<unknown>(['UserStatus', 'UserAvailability', 'QueueStatus', 'SourceStatus']);
const EVERYTHING = [{ EntityId: '*', EventName: '*' }];
const resumeAnswer = z.object({
  resumed: z.boolean(),
  replayed: z.number(),
  lastEventId: z.string(),
});

/** The last state of each entity, by event, without ids and times. */
function statesIn(messages: readonly ReceivedMessage[]): Map<string, unknown> {
  const states = messages.filter(({ data }) => STATES.has(data['eventType']));
  return new Map(
    states
      .map(
        ({ data }) =>
          [`${String(data['eventType'])} ${String(data['entityId'])}`, steady(data)] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function occurrencesIn(messages: readonly ReceivedMessage[]): unknown[] {
  return messages
    .filter(({ data }) => !STATES.has(data['eventType']))
    .map(({ data }) => [data['eventType'], data['id']]);
}

/** The newest of the event ids: they sort by their time. */
function newestId(known: string, messages: readonly ReceivedMessage[]): string {
  const all = [known, ...messages.map(({ data }) => String(data['id']))];
  return all.reduce((a, b) => (a > b ? a : b));
}

describe.skipIf(amqpUrl === '')('a client that loses its connection', () => {
  it.each([
    ['and subscribes and resumes in one call', true],
    ['and subscribes again before it resumes', false],
  ])('%s, ends with the state of the server', async (_how, inOne) => {
    const call = { uniqueid: inOne ? '1763683300.20' : '1763683300.30', number: '+15550002222' };
    const proxy = await startCuttingProxy(Number(new URL(running.hub.url).port));
    const { Url, Token } = await running.hub.token('admin');
    const through = `${Url.replace(/:\d+/u, `:${proxy.port}`)}?snapshot=1`;
    const witness = await connectAs('admin', '?snapshot=1');
    await witness.subscribe(['*', '*']);
    const client = await RteClient.connectWith(through, Token);
    const first = resumeAnswer.parse(await client.connection.invoke('Resume', null, EVERYTHING));
    expect(first.resumed).toBe(false);
    const begun = witness.messages.length;

    await running.bus.publish(queueCaller('QueueCallerJoin', { ...call, queue: 'sales' }));
    await client.waitFor('QueueCallInArrived', IDS.sales, {});
    // The next message is torn in its middle.
    const closed = new Promise((resolve) => client.connection.onclose(resolve));
    proxy.cutAfter(1);
    await running.bus.publish(
      queueCaller('QueueCallerAbandon', { ...call, queue: 'sales' }),
      queueCaller('QueueCallerLeave', { ...call, queue: 'sales' }),
      hangup(call.uniqueid),
      presence(IDS.colleague, { state: inOne ? 'away' : 'available' }),
    );
    await closed;
    await witness.waitFor('QueueCallInDisconnected', IDS.sales, {});

    const again = await RteClient.connectWith(through, Token);
    const lastEventId = newestId(first.lastEventId, client.messages);
    const { connection } = again;
    const subscribed = inOne ? undefined : connection.invoke('Subscribe', EVERYTHING);
    const answer = connection.invoke('Resume', lastEventId, ...(inOne ? [EVERYTHING] : []));
    await subscribed;
    expect(resumeAnswer.parse(await answer).resumed).toBe(true);
    // The sentinel: a state that comes to both.
    const note = `sentinel of ${call.uniqueid}`;
    await running.bus.publish(presence(IDS.agent, { status: note }));
    for (const one of [witness, again]) {
      await one.waitFor('UserAvailability', IDS.agent, { note });
    }
    const seen = [...client.messages, ...again.messages];
    expect(occurrencesIn(seen)).toEqual(occurrencesIn(witness.messages.slice(begun)));
    expect(occurrencesIn(seen).length).toBeGreaterThan(2);
    expect(statesIn(seen)).toEqual(statesIn(witness.messages));
    await again.stop();
    await proxy.stop();
  });
});

function join(uniqueid: string, queue: string) {
  return queueCaller('QueueCallerJoin', { uniqueid, number: '+15550003333', queue });
}

describe.skipIf(amqpUrl === '')('a client with wildcards', () => {
  const directoryFile = z.looseObject({
    queues: z.array(z.looseObject({ id: z.string(), members: z.array(z.string()) })),
  });

  it('gets what its user may see, as that changes', async () => {
    const agent = await connectAs('agent');
    const [result] = await agent.subscribe(['*', 'QueueCallInArrived']);
    expect(result).toEqual({
      subscribed: true,
      message: null,
      entityId: '*',
      eventName: 'queuecallinarrived',
    });
    const queues = () => agent.messages.map(({ data }) => data['queueName']);
    await running.bus.publish(join('1763683300.41', 'support'), join('1763683300.42', 'sales'));
    await agent.waitFor('QueueCallInArrived', IDS.sales, {});
    expect(queues()).toEqual(['Sales']);
    expect(agent.messages[0]?.subscription).toMatchObject({
      allEntities: true,
      entityId: '*',
      eventType: 'QueueCallInArrived',
    });

    const path = running.hub.directoryFile;
    const before = await readFile(path, 'utf8');
    const file = directoryFile.parse(JSON.parse(before));
    for (const queue of file.queues) {
      if (queue.id === IDS.sales) queue.members = [IDS.colleague];
      if (queue.id === IDS.support) queue.members = [IDS.agent];
    }
    await writeFile(path, JSON.stringify(file));
    expect(await running.hub.app.reload()).toBe(true);
    await running.bus.publish(join('1763683300.43', 'sales'), join('1763683300.44', 'support'));
    await agent.waitFor('QueueCallInArrived', IDS.support, {});
    expect(queues()).toEqual(['Sales', 'Support']);
    await writeFile(path, before);
    await running.hub.app.reload();
  });
});

describe.skipIf(amqpUrl === '')('stateful reconnect', () => {
  it.each([
    ['&useStatefulReconnect=true', true],
    ['', undefined],
  ])('is for who asks for it: %s', async (query, expected) => {
    const { Url, Token } = await running.hub.token('agent');
    const response = await fetch(`${Url}/negotiate?negotiateVersion=1${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${Token}` },
    });
    const answer = z.looseObject({ connectionId: z.string() }).parse(await response.json());
    expect(answer['useStatefulReconnect']).toBe(expected);
  });
});
