import { spawn } from 'node:child_process';
import { HttpTransportType } from '@microsoft/signalr';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pauseBefore } from '../../src/client/back-off.js';
import { systemEnvironment, type Environment } from '../../src/client/environment.js';
import { createRteClient, type RteClient, type RteClientOptions } from '../../src/client/index.js';
import { amqpUrl, type HubOnBus, startHubOnBus } from '../support/broker-test.js';
import { statusIs } from '../support/client-status.js';
import { startCuttingProxy } from '../support/cutting-proxy.js';
import { IDS, PASSWORD } from '../support/e2e-directory.js';
import { codeBlocks, readDocument } from '../support/markdown.js';
import { MovableClock } from '../support/movable-clock.js';
import { startPlainRteServer } from '../support/plain-rte-server.js';
import { RteClient as Witness } from '../support/rte-client.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';
import { hangup, presence, queueCaller } from '../support/wazo-events.js';

const EVERYTHING = { entityId: '*', eventName: '*' };
const ADMIN = { userName: 'admin', secret: PASSWORD };
const TTL_SECONDS = 10;

/** Of states, as CallbackChanged is one, only the newest comes after a gap. */
const STEP_OF_CALL = /^(?:Queue|User)Call/u;

/** Without chance every pause is the shortest, and that one a test need not wait for. */
const PAUSE_MS = pauseBefore(1, 0);
const system = systemEnvironment();
const hurried: Environment = {
  ...system,
  random: () => 0,
  after: (ms, act) => system.after(ms === PAUSE_MS ? 10 : ms, act),
};

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function clientOf(
  url: string,
  options: Partial<RteClientOptions> = {},
  environment: Environment = hurried,
): RteClient {
  const client = createRteClient({ url, credentials: ADMIN, ...options }, environment);
  stops.push(() => client.stop());
  return client;
}

async function hubWith(
  variables: Readonly<Record<string, string>>,
  now?: () => number,
): Promise<TestHub> {
  const hub = await startTestHub({ RTE_SOURCES: 'simulator', ...variables }, now);
  stops.push(() => hub.stop());
  return hub;
}

/** Resolves when an availability with the note is told. */
function noted(client: RteClient, note: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.on('UserAvailability', (data) => {
      if (data.note !== note) return;
      stop();
      resolve();
    });
  });
}

describe.skipIf(amqpUrl === '')('a client of a hub', () => {
  let running: HubOnBus;

  beforeAll(async () => {
    if (amqpUrl !== '') running = await startHubOnBus();
  });

  afterAll(() => running?.stop());

  it('gets typed events, and hears what is refused', async () => {
    const client = clientOf(running.hub.url, {
      credentials: { userName: 'agent', secret: PASSWORD },
    });
    const results = client.subscribe([
      { entityId: IDS.agent, eventName: 'UserAvailability' },
      { entityId: IDS.support, eventName: 'QueueStatus' },
    ]);
    expect(await client.start()).toMatchObject({ state: 'connected' });
    expect(await results).toMatchObject([
      { subscribed: true, message: null },
      { subscribed: false, message: 'Unauthorized' },
    ]);
    const told = noted(client, 'typed');
    await running.bus.publish(presence(IDS.agent, { status: 'typed' }));
    await told;
    // Both clocks are this machine's.
    expect(Math.abs(client.clockOffsetMs)).toBeLessThan(1_000);
  });

  it('loses nothing that happens, and gets nothing twice, wherever its connection is cut', async () => {
    const proxy = await startCuttingProxy(Number(new URL(running.hub.url).port));
    stops.push(() => proxy.stop());
    const witness = await Witness.connect(running.hub, 'admin');
    stops.push(() => witness.stop());
    const client = clientOf(`http://127.0.0.1:${String(proxy.port)}`);
    const [happened, gaps]: [string[], string[]] = [[], []];
    client.onAny(({ eventType, id }) => {
      if (STEP_OF_CALL.test(eventType)) happened.push(id);
    });
    client.onGap((reason) => gaps.push(reason));
    await client.start();
    await Promise.all([client.subscribe([EVERYTHING]), witness.subscribe(['*', '*'])]);

    for (const [round, bytes] of [1, 400, 900, 1_600, 2_500, 4_000].entries()) {
      const call = { uniqueid: `1763683400.${String(round)}`, number: '+15550004444' };
      const note = `round ${String(round)}`;
      const told = noted(client, note);
      proxy.cutAfter(bytes);
      await running.bus.publish(
        queueCaller('QueueCallerJoin', { ...call, queue: 'sales' }),
        queueCaller('QueueCallerAbandon', { ...call, queue: 'sales' }),
        queueCaller('QueueCallerLeave', { ...call, queue: 'sales' }),
        hangup(call.uniqueid),
        presence(IDS.agent, { status: note }),
      );
      await Promise.all([told, witness.waitFor('UserAvailability', IDS.agent, { note })]);
    }
    const expected = witness.messages
      .filter(({ data }) => STEP_OF_CALL.test(String(data['eventType'])))
      .map(({ data }) => data['id']);
    expect(happened).toEqual(expected);
    expect(expected.length).toBeGreaterThanOrEqual(18);
    expect(proxy.cuts).toBeGreaterThanOrEqual(3);
    expect(gaps).toEqual([]);
  });
});

describe('a client that stays connected', () => {
  it('waits for a hub that is not there, and finds the next one at the same address', async () => {
    const first = await startTestHub({ RTE_SOURCES: 'simulator' });
    const { url } = first;
    const again = { RTE_PORT: new URL(url).port };
    await first.stop();
    const client = clientOf(url);
    const told: string[] = [];
    client.onGap((reason) => told.push(`gap: ${reason}`));
    client.on('QueueStatus', ({ queueName }) => told.push(String(queueName)));
    const subscribed = client.subscribe([{ entityId: IDS.sales, eventName: 'QueueStatus' }]);
    void client.start();
    expect(await statusIs(client, 'reconnecting')).toMatchObject({ reason: 'hub-unreachable' });

    const second = await startTestHub({ RTE_SOURCES: 'simulator', ...again });
    await statusIs(client, 'connected');
    expect(await subscribed).toMatchObject([{ subscribed: true }]);
    await second.stop();
    await statusIs(client, 'reconnecting');
    told.length = 0;
    await hubWith(again);
    await statusIs(client, 'connected');
    // What follows an answer is there when the next one is.
    await client.subscribe([{ entityId: IDS.support, eventName: 'UserStatus' }]);
    expect(told.slice(0, 2)).toEqual(['gap: unknown', 'Sales']);
  });

  it('is let in again when its token has expired', async () => {
    const clock = new MovableClock();
    const { url } = await hubWith(
      { RTE_TOKEN_TTL: String(TTL_SECONDS), RTE_CLOSE_ON_TOKEN_EXPIRY: 'true' },
      clock.now,
    );
    const client = clientOf(url);
    const gaps: string[] = [];
    client.onGap((reason) => gaps.push(reason));
    await client.start();
    await client.subscribe([EVERYTHING]);
    clock.advance((TTL_SECONDS + 1) * 1000);
    expect(await statusIs(client, 'reconnecting')).toMatchObject({ reason: 'hub-closed' });
    await statusIs(client, 'connected');
    expect(gaps).toEqual([]);
  });

  it('renews the token of a Long Polling connection before it ends', async () => {
    const clock = new MovableClock();
    const { url } = await hubWith({ RTE_TOKEN_TTL: String(TTL_SECONDS) }, clock.now);
    const transport = HttpTransportType.LongPolling;
    const client = clientOf(url, { transport }, { ...hurried, now: clock.now });
    const statuses: string[] = [];
    client.onStatus(({ state }) => statuses.push(state));
    await client.start();
    for (let renewals = 0; renewals < 3; renewals += 1) {
      clock.advance((TTL_SECONDS - 3) * 1000);
      const [result] = await client.subscribe([EVERYTHING]);
      expect(result).toMatchObject({ subscribed: true });
    }
    expect(statuses).toEqual(['connecting', 'connected']);
  });

  it('gives up when its credentials are refused, with the words of the hub', async () => {
    const { url } = await hubWith({});
    const login = { ...ADMIN, secret: 'wrong' };
    const client = clientOf(url, { credentials: () => login });
    const detail = 'The user name or the password is wrong.';
    expect(await client.start()).toEqual({ state: 'refused', reason: 'unauthorized', detail });
    login.secret = PASSWORD;
    expect(await client.start()).toMatchObject({ state: 'connected' });
  });
});

describe("the room's README", () => {
  it('has an example that prints the queues', async () => {
    const { url } = await hubWith({});
    const [example] = codeBlocks(readDocument('src/client/README.md').text);
    const code = [
      ['rte-hub/client', new URL('../../src/client/index.ts', import.meta.url).href],
      ['https://hub.example', url],
      ['anna', ADMIN.userName],
      ['her password', ADMIN.secret],
    ].reduce((text, [from = '', to = '']) => text.replace(from, to), example?.code ?? '');
    const arguments_ = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const running = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => running.once('close', resolve));
    stops.push(async () => running.kill('SIGKILL') && (await ended));
    let printed = '';
    for await (const chunk of running.stdout) {
      printed += String(chunk);
      if (/^Sales \d+$/mu.test(printed) && /^Support \d+$/mu.test(printed)) break;
    }
    expect(printed).toMatch(/^(?:(?:Sales|Support) \d+\n)+$/u);
  });
});

describe('a client of an RTE server without Resume, snapshots and wildcards', () => {
  it('is subscribed again after each reconnect, and told that it missed something', async () => {
    const server = await startPlainRteServer();
    stops.push(() => server.stop());
    const client = clientOf(server.url);
    const told: string[] = [];
    client.onGap((reason) => told.push(`gap: ${reason}`));
    client.on('QueueStatus', ({ queueName }) => told.push(String(queueName)));
    await client.start();
    const item = { entityId: IDS.sales, eventName: 'QueueStatus' };
    expect(await client.subscribe([item])).toMatchObject([{ subscribed: true, message: null }]);
    server.disconnectAll();
    await statusIs(client, 'reconnecting');
    await statusIs(client, 'connected');
    await client.subscribe([item]);
    expect(told).toEqual(['Sales', 'gap: not-supported', 'Sales', 'Sales']);
  });
});
