import { randomUUID } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { amqpUrl } from '../support/broker-test.js';
import { AGENT, IDS } from '../support/e2e-directory.js';
import { declarePlainQueue, queueState, untilConsumed } from '../support/queue-state.js';
import type { RteClient } from '../support/rte-client.js';
import { agentLogsIn, callArrives, CALLER } from '../support/story.js';
import { stamp } from '../support/wazo-bus.js';
import { agentCall, presence, queueCaller, queueMembers } from '../support/wazo-events.js';
import { startWatchedHub, type WatchedHub } from '../support/watched-hub.js';

let running: WatchedHub;
let client: RteClient;

async function start(changes: Readonly<Record<string, string>> = {}): Promise<void> {
  running = await startWatchedHub({
    subscriptions: [
      [IDS.agent, 'UserStatus'],
      [IDS.agent, 'UserAvailability'],
      [IDS.sales, 'QueueStatus'],
    ],
    changes,
  });
  ({ client } = running);
}

/** The figure of the bus events that ended so; 0 when there was none. */
async function eventsIn(labels: { name: string; outcome: string }): Promise<number> {
  const text = await (await fetch(`${running.hub.url}/metrics`)).text();
  const line = text
    .split('\n')
    .filter((one) => one.startsWith('rte_source_events_total{'))
    .find((one) =>
      Object.entries(labels).every(([name, value]) => one.includes(`${name}="${value}"`)),
    );
  return Number(line?.split(' ').at(-1) ?? 0);
}

describe.skipIf(amqpUrl === '')('the queue of the hub', () => {
  afterEach(() => running.stop());

  it('comes back with its bindings when somebody deletes it', async () => {
    const queue = `rte-hub-${randomUUID()}`;
    await start({ WAZO_QUEUE: queue });
    await running.bus.channel.deleteQueue(queue);
    await untilConsumed(amqpUrl, queue);
    await running.bus.publish(...agentLogsIn, ...callArrives);
    const status = await client.waitFor('QueueStatus', IDS.sales, { nbrOfRequesters: 1 });
    expect(status['nbrOfProviders']).toBe(1);
  });

  it('is used as it is when it exists with other arguments', async () => {
    const queue = `rte-hub-${randomUUID()}`;
    await declarePlainQueue(amqpUrl, queue);
    await start({ WAZO_QUEUE: queue });
    await running.bus.publish(...callArrives);
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfRequesters: 1 });
    expect(await queueState(amqpUrl, queue)).toMatchObject({ consumerCount: 1 });
  });

  it('is emptied of malformed messages, and the good ones between them work', async () => {
    const queue = `rte-hub-${randomUUID()}`;
    await start({ WAZO_QUEUE: queue });
    const good = [...agentLogsIn, ...callArrives];
    for (const [index, body] of malformedBodies.entries()) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      running.bus.sendRaw(bytes, { name: 'QueueCallerJoin' });
      const event = good[index];
      if (event !== undefined) await running.bus.publish(event);
    }
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfProviders: 1, nbrOfRequesters: 1 });
    await running.bus.publish(presence(IDS.agent, { lines: [] }));
    await client.waitFor('UserStatus', IDS.agent, { serviceTerminals: 0, serving: true });
    // What names an event that is no event is the sender's invention, so no figure bears it.
    expect(await eventsIn({ name: 'other', outcome: 'malformed' })).toBe(malformedBodies.length);
    expect(await eventsIn({ name: 'QueueCallerJoin', outcome: 'applied' })).toBe(1);
    // Without its consumer the broker counts what was not acknowledged.
    await running.hub.app.stop();
    expect(await queueState(amqpUrl, queue)).toMatchObject({ messageCount: 0, consumerCount: 0 });
  });

  it('counts events of unknown names, unknown entities and repeated ones, and ignores them', async () => {
    await start();
    const unknownName = JSON.stringify({ ...stamp(callArrives[0] ?? never()), name: 'Invented' });
    running.bus.sendRaw(Buffer.from(unknownName), { name: 'QueueCallerJoin' });
    const twice = callArrives.map(stamp);
    await running.bus.send([...twice, ...twice]);
    await running.bus.publish(
      queueCaller('QueueCallerJoin', { ...CALLER, uniqueid: '1763683500.1', queue: 'grp-sales-1' }),
      queueCaller('QueueCallerJoin', { ...CALLER, uniqueid: '1763683500.2', queue: 'elsewhere' }),
      ...queueMembers('QueueMemberAdded', { ...AGENT, queues: ['grp-sales-1'] }),
      queueCaller('QueueCallerJoin', { ...CALLER, uniqueid: '1763683500.3' }),
    );
    const status = await client.waitFor('QueueStatus', IDS.sales, { nbrOfRequesters: 2 });
    expect(status['nbrOfProviders']).toBe(0);
    expect(await eventsIn({ name: 'QueueCallerJoin', outcome: 'duplicate' })).toBe(1);
    expect(await eventsIn({ name: 'QueueCallerJoin', outcome: 'unknown-entity' })).toBe(1);
    expect(await eventsIn({ name: 'QueueCallerJoin', outcome: 'ring-group' })).toBe(1);
    expect(await eventsIn({ name: 'QueueMemberAdded', outcome: 'ring-group' })).toBe(1);
    expect(await eventsIn({ name: 'other', outcome: 'unknown-name' })).toBe(1);
  });

  it('is bound by routing key to the topic exchange of an old system', async () => {
    await start({ WAZO_EXCHANGE_TYPE: 'topic' });
    const { bus } = running;
    for (const event of queueMembers('QueueMemberAdded', AGENT)) {
      await bus.send([stamp(event)], 'ami.QueueMemberAdded');
    }
    for (const event of callArrives) await bus.send([stamp(event)], 'ami.QueueCallerJoin');
    await client.waitFor('QueueStatus', IDS.sales, { nbrOfProviders: 1, nbrOfRequesters: 1 });

    const login = { agent_id: AGENT.agentId, status: 'logged_in' };
    await bus.send([stamp({ name: 'agent_status_update', data: login })], 'status.agent');
    await client.waitFor('UserStatus', IDS.agent, { serving: true });

    const ringing = agentCall('call_created', CALLER, AGENT, 'Ringing');
    await bus.send([stamp(ringing)], 'calls.call.created');
    await client.waitFor('UserStatus', IDS.agent, { talking: true });

    const dnd = { user_uuid: IDS.agent, enabled: true };
    const dndKey = `config.users.${IDS.agent}.services.dnd.updated`;
    await bus.send([stamp({ name: 'users_services_dnd_updated', data: dnd })], dndKey);
    const status = await client.waitFor('UserStatus', IDS.agent, { available: false });
    expect(status).toMatchObject({ serving: true, talking: true });
  });

  it('brings the presence and the phones of an old system', async () => {
    await start({ WAZO_EXCHANGE_TYPE: 'topic' });
    const { bus } = running;
    const legacyPresence = { user_uuid: IDS.agent, status: 'berightback' };
    await bus.send([stamp({ name: 'user_status_update', data: legacyPresence })], 'status.user');
    await client.waitFor('UserAvailability', IDS.agent, {
      availability: 'BRB',
      eventSource: 'xivo-ctid',
    });

    // Whose phone it is, only the report of a call tells.
    const call = agentCall('call_created', CALLER, AGENT, 'Ringing', { line_id: PHONE_ID });
    await bus.send([stamp(call)], 'calls.call.created');
    await client.waitFor('UserStatus', IDS.agent, { talking: true, serviceTerminals: 0 });
    const back = { endpoint_id: PHONE_ID, status: 0 };
    await bus.send([stamp({ name: 'endpoint_status_update', data: back })], 'status.endpoint');
    await client.waitFor('UserStatus', IDS.agent, { serviceTerminals: 1 });
    client.forget();
    const gone = { endpoint_id: PHONE_ID, status: EXTENSION_UNAVAILABLE };
    await bus.send([stamp({ name: 'endpoint_status_update', data: gone })], 'status.endpoint');
    const status = await client.waitFor('UserStatus', IDS.agent, { serviceTerminals: 0 });
    expect(status['available']).toBe(false);
  });
});

const PHONE_ID = 77;
/** Asterisk's extension state of a phone that is not registered. */
const EXTENSION_UNAVAILABLE = 4;

const JOIN = '{"name": "QueueCallerJoin", "data": {"Queue": "sales", "Uniqueid": "1.1"}}';

/** What is no event at all, in no encoding of the bus, and joins whose data are wrong in a field. */
const malformedBodies: readonly (string | Buffer)[] = [
  gzipSync(JOIN),
  deflateSync(JOIN),
  Buffer.from(JOIN, 'utf16le'),
  Buffer.from(`\uFEFF${JOIN}`),
  Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28]),
  '',
  'not JSON',
  '{"name": "QueueCallerJoin", "data": ',
  'null',
  '[]',
  '"QueueCallerJoin"',
  '{}',
  '{"data": {}}',
  '{"name": "", "data": {}}',
  '{"name": 7, "data": {}}',
  '{"name": "QueueCallerJoin"}',
  '{"name": "QueueCallerJoin", "data": null}',
  '{"name": "QueueCallerJoin", "data": []}',
  '{"name": "QueueCallerJoin", "data": "Queue: sales"}',
  '{"name": "QueueCallerJoin", "data": {}}',
  '{"name": "QueueCallerJoin", "data": {"Queue": "sales", "Uniqueid": 17}}',
  '{"name": "QueueCallerJoin", "data": {"Queue": null, "Uniqueid": "1.1"}}',
];

function never(): never {
  throw new Error('the story begins with an event');
}
