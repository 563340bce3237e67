import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoDirectoryFile, DEMO_LOGIN } from '../../src/directory/demo-directory.js';
import { expectPossible } from '../support/possible.js';
import { RteClient, type SubscriptionResult } from '../support/rte-client.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';

const queueIds = (demoDirectoryFile.queues ?? []).map(({ id }) => id);
const listIds = (demoDirectoryFile.callLists ?? []).map(({ id }) => id);
const agentIds = demoDirectoryFile.users.filter(({ role }) => role === 'agent').map(({ id }) => id);

describe('a hub that nobody has configured', () => {
  let hub: TestHub;
  let client: RteClient;
  let results: SubscriptionResult[];

  beforeAll(async () => {
    // The demo directory: an empty name is no setting. A minute of the center passes in a second.
    hub = await startTestHub({
      RTE_DIRECTORY: '',
      RTE_SIMULATOR_SPEED: '60',
      RTE_QUEUE_STATUS_INTERVAL_MS: '0',
      RTE_USER_STATUS_INTERVAL_MS: '0',
    });
    const { Url, Token } = await hub.token(DEMO_LOGIN.userName, 'me', DEMO_LOGIN.password);
    client = await RteClient.connectWith(Url, Token);
    results = await client.subscribe(
      ...queueIds.map((id) => [id, 'QueueStatus'] as const),
      ...agentIds.map((id) => [id, 'UserStatus'] as const),
      ...listIds.map((id) => [id, 'CallbackChanged'] as const),
    );
  });

  afterAll(async () => {
    for (const { data } of client.messages) {
      if (data['eventType'] === 'QueueStatus') expectPossible(data);
    }
    await client.stop();
    await hub.stop();
  });

  it('lets its supervisor watch two queues, eight agents and two lists', () => {
    expect([queueIds.length, agentIds.length, listIds.length]).toEqual([2, 8, 2]);
    expect(results.every(({ subscribed }) => subscribed)).toBe(true);
  });

  it('tells who asks at once how its source is, and who does not know the event nothing', async () => {
    const [{ id: organizationId } = { id: '' }] = demoDirectoryFile.organizations;
    const [result] = await client.subscribe([organizationId, 'SourceStatus']);
    expect(result?.subscribed).toBe(true);
    // The state came behind the answer, on the same connection: it is there or never will be.
    const status = await client.waitFor('SourceStatus', organizationId, {});
    expect(status).toMatchObject({ sourceName: 'simulator', state: 'up', reason: null });
    expect(await client.connection.invoke('AvailableSubscriptions')).not.toContain('SourceStatus');
  });

  it('has the size of every room that keeps something among its figures', async () => {
    const figures = await (await fetch(`${hub.url}/metrics`)).text();
    const rooms = figures.matchAll(/^rte_table_entries\{room="(?<room>[^"]+)"/gm);
    const named = new Set(Array.from(rooms, ({ groups }) => groups?.['room']));
    expect(named).toEqual(
      new Set([
        'availabilities',
        'callbacks',
        'console',
        'contact-center',
        'identity',
        'queue-history',
        'rte',
        'simulator',
        'state-feed',
      ]),
    );
    expect(figures).toContain('rte_table_evictions_total{room="contact-center"} 0');
    expect(figures).toMatch(/^rte_table_entries\{room="rte",table="lastStates"\} \d\d$/m);
    expect(figures).toMatch(
      /^rte_table_entries\{room="simulator",table="rememberedMessages"\} \d\d/m,
    );
  });

  it.each([
    ['callers waiting', 'QueueStatus', queueIds, 'nbrOfQueuingRequesters'],
    ['phones ringing', 'QueueStatus', queueIds, 'nbrOfAllocated'],
    ['calls connected', 'QueueStatus', queueIds, 'nbrOfConnected'],
    ['wrap-ups', 'QueueStatus', queueIds, 'nbrOfAgentsOnWrapUp'],
    ['agents on a break', 'QueueStatus', queueIds, 'nbrOfAgentsLongTermAway'],
    ['agents who serve', 'UserStatus', agentIds, 'serving'],
    ['agents talking', 'UserStatus', agentIds, 'talking'],
    ['agents handling a call of a queue', 'UserStatus', agentIds, 'activeQueueId'],
    ['agents wrapping up', 'UserStatus', agentIds, 'wrapUpEnd'],
    ['callback requests', 'CallbackChanged', listIds, 'created'],
  ])('shows %s', async (_, eventType, entityIds, field) => {
    const data = await client.waitForAny(
      (one) =>
        one['eventType'] === eventType &&
        entityIds.includes(String(one['entityId'])) &&
        Boolean(one[field]),
    );
    expect(data[field]).toBeTruthy();
  });
});
