import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { amqpUrl, type HubOnBus, startHubOnBus } from '../support/broker-test.js';
import { IDS, STRANGER } from '../support/e2e-directory.js';
import { RteClient } from '../support/rte-client.js';
import type { BusEvent } from '../support/wazo-bus.js';
import { agentStatus, presence, queueCaller, queueMembers } from '../support/wazo-events.js';

const UNKNOWN_ID = 'aaaaaaaa-0000-4000-8000-00000000dead';

let running: HubOnBus;
let clients: RteClient[] = [];
let phones = 0;

beforeAll(async () => {
  if (amqpUrl !== '') running = await startHubOnBus();
});

afterAll(() => running?.stop());

afterEach(async () => {
  for (const client of clients) await client.stop();
  clients = [];
});

async function connectAs(userName: string): Promise<RteClient> {
  const client = await RteClient.connect(running.hub, userName);
  clients.push(client);
  return client;
}

/**
 * Publishes events and then a UserStatus of the agent that was never told before; when that
 * arrives, everything the client was to get of the events has arrived.
 */
async function publishUntilSentinel(client: RteClient, ...events: BusEvent[]): Promise<void> {
  phones += 1;
  const lines = Array.from({ length: phones }, (_, id) => ({ id: 1000 + id, state: 'available' }));
  await running.bus.publish(...events, presence(IDS.agent, { lines }));
  await client.waitFor('UserStatus', IDS.agent, { serviceTerminals: phones });
}

/** A life at the stranger's that changes each status of theirs. */
function strangerLogsIn(): BusEvent[] {
  return [
    ...queueMembers('QueueMemberAdded', STRANGER),
    agentStatus(STRANGER, 'logged_in'),
    presence(IDS.stranger),
  ];
}

const entitiesOf = (client: RteClient): Set<unknown> =>
  new Set(client.messages.map(({ data }) => data['entityId']));

const refusal = (message: string, entityId: string | null, eventName: string | null) => ({
  subscribed: false,
  message,
  entityId,
  eventName,
});
const grant = (entityId: string, eventName: string) => ({
  subscribed: true,
  message: null,
  entityId,
  eventName,
});

describe.skipIf(amqpUrl === '')('one Subscribe call with good and bad items', () => {
  it('answers each item in its place, and the good ones work', async () => {
    const client = await connectAs('agent');
    const results = await client.connection.invoke<unknown>('Subscribe', [
      { EntityId: IDS.stranger, EventName: 'UserStatus' },
      { EntityId: IDS.strangersQueue, EventName: 'QueueStatus' },
      { EntityId: UNKNOWN_ID, EventName: 'UserStatus' },
      { EntityId: IDS.agent, EventName: 'NoSuchEvent' },
      { EntityId: IDS.sales, EventName: 'UserStatus' },
      { EntityId: 'Not-A-Guid', EventName: 'UserStatus' },
      { EntityId: 42, EventName: 'UserStatus' },
      { EntityId: IDS.agent },
      {},
      null,
      'UserStatus',
      { EntityId: IDS.support, EventName: 'QueueStatus' },
      { EntityId: IDS.colleague, EventName: 'UserCallInComing' },
      { entityId: IDS.colleague, eventName: 'UserStatus' },
      { EntityId: IDS.agent.toUpperCase(), EventName: 'USERSTATUS' },
      { entityId: IDS.sales, EventName: 'queuestatus' },
    ]);
    expect(results).toEqual([
      refusal('Unauthorized', IDS.stranger, 'userstatus'),
      refusal('Unauthorized', IDS.strangersQueue, 'queuestatus'),
      refusal('Unauthorized', UNKNOWN_ID, 'userstatus'),
      refusal('Unknown event', IDS.agent, 'nosuchevent'),
      refusal('Event not available for entity', IDS.sales, 'userstatus'),
      refusal('Invalid entity id', 'not-a-guid', 'userstatus'),
      refusal('Invalid entity id', null, 'userstatus'),
      refusal('Unknown event', IDS.agent, null),
      refusal('Invalid entity id', null, null),
      refusal('Invalid entity id', null, null),
      refusal('Invalid entity id', null, null),
      refusal('Unauthorized', IDS.support, 'queuestatus'),
      refusal('Unauthorized', IDS.colleague, 'usercallincoming'),
      grant(IDS.colleague, 'userstatus'),
      grant(IDS.agent, 'userstatus'),
      grant(IDS.sales, 'queuestatus'),
    ]);
    const caller = { uniqueid: '1763683300.1', number: '+15550001111', queue: 'sales' };
    await publishUntilSentinel(
      client,
      ...strangerLogsIn(),
      queueCaller('QueueCallerJoin', { ...caller, uniqueid: '1763683300.2', queue: 'strangers' }),
      queueCaller('QueueCallerJoin', { ...caller, uniqueid: '1763683300.3', queue: 'support' }),
      queueCaller('QueueCallerJoin', caller),
      presence(IDS.colleague),
    );
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfRequesters: 1 });
    await client.waitFor('UserStatus', IDS.colleague, { serviceTerminals: 1 });
    expect(entitiesOf(client)).toEqual(new Set([IDS.sales, IDS.colleague, IDS.agent]));
  });

  it('keeps the one subscription and its id when the same is asked for again', async () => {
    const client = await connectAs('agent');
    await client.subscribe([IDS.agent, 'UserStatus']);
    const [first] = await client.connection.invoke<object[]>('ActiveSubscriptions');
    const again = await client.subscribe([IDS.agent.toUpperCase(), 'userStatus']);
    expect(again).toEqual([grant(IDS.agent, 'userstatus')]);
    expect(await client.connection.invoke('ActiveSubscriptions')).toEqual([first]);
    await publishUntilSentinel(client);
    expect(client.received('UserStatus', IDS.agent)).toHaveLength(1);
  });

  it('says nothing of where a foreign entity differs from one that does not exist', async () => {
    const client = await connectAs('admin');
    const results = await client.subscribe(
      [IDS.strangersQueue, 'UserStatus'],
      [UNKNOWN_ID, 'UserStatus'],
    );
    expect(results.map(({ message }) => message)).toEqual(['Unauthorized', 'Unauthorized']);
  });
});

describe.skipIf(amqpUrl === '')('the role decides', () => {
  const pairs = {
    'own UserCallInComing': [IDS.agent, 'UserCallInComing'],
    'colleague UserAvailability': [IDS.colleague, 'UserAvailability'],
    'colleague UserCallInComing': [IDS.colleague, 'UserCallInComing'],
    'Sales QueueCallInArrived': [IDS.sales, 'QueueCallInArrived'],
    'Sales CallbackChanged': [IDS.salesCallbacks, 'CallbackChanged'],
    'Support QueueStatus': [IDS.support, 'QueueStatus'],
    'foreign QueueStatus': [IDS.strangersQueue, 'QueueStatus'],
    'foreign UserStatus': [IDS.stranger, 'UserStatus'],
  } as const;
  const ofAgent = [
    'own UserCallInComing',
    'colleague UserAvailability',
    'Sales QueueCallInArrived',
    'Sales CallbackChanged',
  ];
  const ofSupervisor = [...ofAgent, 'colleague UserCallInComing'];

  it.each([
    ['agent', ofAgent],
    ['supervisor', ofSupervisor],
    ['admin', [...ofSupervisor, 'Support QueueStatus']],
    ['stranger', ['foreign QueueStatus', 'foreign UserStatus']],
  ])('what the %s may subscribe to', async (userName, allowed) => {
    const client = await connectAs(userName);
    const results = await client.subscribe(...Object.values(pairs));
    const granted = Object.keys(pairs).filter((_, index) => results[index]?.subscribed);
    expect(granted.toSorted()).toEqual(allowed.toSorted());
    const refused = results.filter(({ subscribed }) => !subscribed);
    expect(new Set(refused.map(({ message }) => message))).toEqual(new Set(['Unauthorized']));
  });
});

describe.skipIf(amqpUrl === '')('the other methods', () => {
  it('deliver nothing of a pair after Unsubscribe', async () => {
    const client = await connectAs('agent');
    await client.subscribe([IDS.agent, 'UserStatus'], [IDS.agent, 'UserAvailability']);
    const items = [
      { EntityId: IDS.agent, EventName: 'UserAvailability' },
      { EntityId: 'nonsense', EventName: 'UserAvailability' },
    ];
    expect(await client.connection.invoke('Unsubscribe', items)).toEqual([
      { ...grant(IDS.agent, 'useravailability'), subscribed: false },
      refusal('Invalid entity id', 'nonsense', 'useravailability'),
    ]);
    await publishUntilSentinel(client, presence(IDS.agent, { state: 'away' }), presence(IDS.agent));
    expect(client.received('UserAvailability', IDS.agent)).toEqual([]);
  });

  it('deliver nothing at all after UnsubscribeAll', async () => {
    const silent = await connectAs('agent');
    const witness = await connectAs('agent');
    await silent.subscribe([IDS.agent, 'UserStatus'], [IDS.sales, 'QueueStatus']);
    await witness.subscribe([IDS.agent, 'UserStatus']);
    expect(await silent.connection.invoke('UnsubscribeAll')).toBe(true);
    expect(await silent.connection.invoke('ActiveSubscriptions')).toEqual([]);
    await publishUntilSentinel(witness);
    // The answer comes after whatever was sent before it.
    await silent.connection.invoke('AvailableSubscriptions');
    expect(silent.messages).toEqual([]);
  });

  it('name the 31 events, whatever argument comes with the question', async () => {
    const client = await connectAs('agent');
    const names = await client.connection.invoke<string[]>('AvailableSubscriptions', 'superfluous');
    expect(new Set(names).size).toBe(31);
    expect(names).toHaveLength(31);
    expect(names).toContain('UserStatus');
  });

  it('are found in any letter case', async () => {
    const client = await connectAs('agent');
    const item = { EntityId: IDS.agent, EventName: 'UserStatus' };
    const { connection } = client;
    expect(await connection.invoke('subscribe', [item])).toEqual([grant(IDS.agent, 'userstatus')]);
    expect(await connection.invoke('ACTIVESUBSCRIPTIONS')).toHaveLength(1);
    expect(await connection.invoke('unsubscribeall')).toBe(true);
    expect(await connection.invoke('availablesubscriptions')).toHaveLength(31);
  });

  it('refuse a call whose argument is no list, and the connection lives on', async () => {
    const client = await connectAs('agent');
    const { connection } = client;
    await expect(connection.invoke('Subscribe', 'UserStatus')).rejects.toThrow(/Subscribe/);
    await expect(connection.invoke('NoSuchMethod')).rejects.toThrow(/NoSuchMethod/);
    expect(await connection.invoke('UnsubscribeAll')).toBe(true);
  });
});
