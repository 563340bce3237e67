import type { IHubProtocol } from '@microsoft/signalr';
import {
  HubConnectionBuilder,
  HubConnectionState,
  JsonHubProtocol,
  LogLevel,
} from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { afterEach, describe, expect, it } from 'vitest';
import type { CuttingProxy } from '../../support/cutting-proxy.js';
import { startCuttingProxy } from '../../support/cutting-proxy.js';
import type { HubServer } from './hub-server.js';
import { startHubServer } from './hub-server.js';

const MESSAGES = 400;
const numbers = Array.from({ length: MESSAGES }, (_, n) => n);
const json = (): IHubProtocol => new JsonHubProtocol();
const messagePack = (): IHubProtocol => new MessagePackHubProtocol();

const running: (HubServer | CuttingProxy)[] = [];
afterEach(async () => {
  // The proxy first: without it the server waits for nobody.
  for (const one of running.splice(0).toReversed()) await one.stop();
});

/** A hub behind a network that can be cut, and a stateful client of it. */
async function behindProxy(protocol: () => IHubProtocol) {
  const hubServer = await startHubServer({ allowStatefulReconnects: true });
  const proxy = await startCuttingProxy(Number(new URL(hubServer.hub).port));
  running.push(hubServer, proxy);
  const client = new HubConnectionBuilder()
    .withUrl(`http://127.0.0.1:${proxy.port}/hub`, { accessTokenFactory: () => 'token-a' })
    .withHubProtocol(protocol())
    .withStatefulReconnect()
    .configureLogging(LogLevel.None)
    .build();
  return { ...hubServer, proxy, client };
}

describe('stateful reconnect with the official client', () => {
  it.each([
    [1, 'json', json],
    [2, 'json', json],
    [3, 'json', json],
    [4, 'messagepack', messagePack],
    [5, 'messagepack', messagePack],
    [6, 'messagepack', messagePack],
  ])(
    'cuts at random places lose nothing and double nothing, either way (seed %d, %s)',
    async (seed, _name, protocol) => {
      const random = seeded(seed);
      const { server, notes, proxy, client } = await behindProxy(protocol);
      const news: unknown[] = [];
      client.on('news', (n: unknown) => {
        news.push(n);
      });
      await client.start();
      const results: Promise<unknown>[] = [];
      for (const n of numbers) {
        const cutsBefore = proxy.cuts;
        server.clients.all().send('news', n);
        results.push(client.invoke('Note', n));
        if (random() < 0.7) continue;
        await results.at(-1);
        // The client gives up when it is cut while it repeats itself; here it has done so.
        if (proxy.cuts === cutsBefore) proxy.cutAfter(Math.floor(random() * 500));
      }
      expect(await Promise.all(results)).toEqual(numbers);
      await expect.poll(() => news.length).toBe(MESSAGES);
      expect(news).toEqual(numbers);
      expect(notes).toEqual(numbers);
      expect(proxy.cuts).toBeGreaterThan(5);
      expect(server.connectionCount).toBe(1);
      await client.stop();
      await expect.poll(() => server.connectionCount).toBe(0);
    },
  );

  it('a client that sends poison is closed for good, and does not come back in a loop', async () => {
    const { server, client } = await behindProxy(json);
    await client.start();
    const closed = new Promise<void>((resolve) => {
      client.onclose(() => resolve());
    });
    const sent = client.send('Note', 'x'.repeat(40_000)).then(
      () => 'sent',
      () => 'failed',
    );
    await closed;
    expect(client.state).toBe(HubConnectionState.Disconnected);
    await expect.poll(() => server.connectionCount).toBe(0);
    expect(['sent', 'failed']).toContain(await sent);
  });
});

/** Numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
