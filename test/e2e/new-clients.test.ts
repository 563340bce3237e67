import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { amqpUrl, type HubOnBus, startHubOnBus } from '../support/broker-test.js';
import { AGENT, COLLEAGUE, IDS } from '../support/e2e-directory.js';
import { RteClient } from '../support/rte-client.js';
import { agentStatus, presence, queueCaller, queueMembers } from '../support/wazo-events.js';

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
