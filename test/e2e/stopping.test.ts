import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { demoDirectoryFile, DEMO_LOGIN } from '../../src/directory/demo-directory.js';
import { amqpUrl, startHubOnBus } from '../support/broker-test.js';
import { HubProcess } from '../support/hub-process.js';
import { RteClient } from '../support/rte-client.js';
import { SwitchableProxy } from '../support/switchable-proxy.js';

const HANDSHAKE = '{"protocol":"json","version":1}\u001e';
/** Both ends are well within it; which one it was, the exit code tells. */
const WITHIN_MS = 10_000;

describe('a hub that is told to stop', () => {
  let hub: HubProcess;
  let url: string;

  beforeEach(async () => {
    ({ hub, url } = await HubProcess.start({ RTE_LOG_LEVEL: 'debug' }, inject('hubMain')));
  });

  afterEach(() => hub.remove());

  it('sends its clients away with leave to come back, then ends well', async () => {
    const { Url, Token } = await hub.token(url);
    const connection = new HubConnectionBuilder()
      .withUrl(Url, { accessTokenFactory: () => Token })
      // Nobody will be there to come back to.
      .withAutomaticReconnect([60_000])
      .configureLogging(LogLevel.None)
      .build();
    const received = firstMessage(connection);
    const reconnecting = new Promise<void>((resolve) => {
      connection.onreconnecting(() => resolve());
    });
    await connection.start();
    const items = (demoDirectoryFile.queues ?? []).map(({ id }) => ({
      EntityId: id,
      EventName: 'QueueStatus',
    }));
    await connection.invoke('Subscribe', items);
    await received;
    const metrics = await (await fetch(`${url}/metrics`)).text();
    hub.terminate();
    await reconnecting;
    await connection.stop();
    expect(await hub.exitCode(WITHIN_MS)).toBe(0);
    expect(metrics).toContain('rte_messages_out_total{event="QueueStatus"}');
    for (const text of [hub.output, metrics]) expectNoSecrets(text, Token);
  });

  it('ends at once when it is told again while a client keeps it waiting', async () => {
    const { Url, Token } = await hub.token(url);
    const socket = new WebSocket(`${Url.replace('http', 'ws')}?access_token=${Token}`);
    await once(socket, 'open');
    socket.send(HANDSHAKE);
    await once(socket, 'message');
    // Who reads nothing does not answer the close either.
    socket.pause();
    hub.terminate();
    await vi.waitFor(async () => {
      const { status } = await fetch(`${url}/healthz/ready`);
      expect(status).toBe(503);
    }, 10_000);
    hub.terminate();
    // A stop in good order would have ended with 0.
    expect(await hub.exitCode(WITHIN_MS)).toBe(1);
    expectNoSecrets(hub.output, Token);
    socket.terminate();
  });
});

describe.skipIf(amqpUrl === '')('a hub whose broker does not answer any more', () => {
  it('parts with its clients all the same', async () => {
    const proxy = await SwitchableProxy.start(Number(new URL(amqpUrl).port));
    const through = new URL(amqpUrl);
    through.port = String(proxy.port);
    const running = await startHubOnBus({ changes: { WAZO_AMQP_URL: through.href } });
    const { connection } = await RteClient.connect(running.hub, 'agent');
    const parted = new Promise<void>((resolve) => {
      connection.onclose(() => resolve());
    });
    proxy.freeze();
    const stopping = running.stop();
    const late = delay(WITHIN_MS, 'late', { ref: false });
    expect(await Promise.race([parted.then(() => 'parted'), late])).toBe('parted');
    await stopping;
    await proxy.stop();
  });
});

describe('a hub that is still starting', () => {
  let hub: HubProcess;

  beforeEach(async () => {
    // What it says of its settings comes before everything else.
    hub = await HubProcess.begin({ RTE_NO_SETTING: 'x' }, inject('hubMain'));
    await hub.said(/RTE_NO_SETTING/u);
  });

  afterEach(() => hub.remove());

  it('hears a hang-up, and reads its files again once it runs', async () => {
    hub.hangUp();
    expect(await hub.said(/listens on/u)).toBeDefined();
    expect(await hub.said(/keys loaded/u)).toBeDefined();
  });

  it('ends well when it is told to stop', async () => {
    hub.terminate();
    expect(await hub.exitCode(WITHIN_MS)).toBe(0);
    expect(hub.output).not.toContain('listens on');
  });
});

function firstMessage(connection: HubConnection): Promise<void> {
  return new Promise((resolve) => {
    connection.on('MessageReceived', () => resolve());
  });
}

/** Neither the token, nor its signature alone, nor what a login was made with. */
function expectNoSecrets(text: string, token: string): void {
  const { userName, password } = DEMO_LOGIN;
  const credentials = Buffer.from(`${userName}:${password}`).toString('base64');
  expect(text).not.toContain(token);
  expect(text).not.toContain(token.split('.').at(-1));
  expect(text).not.toContain('Basic ');
  expect(text).not.toContain(credentials);
  expect(text).not.toContain('access_token');
}
