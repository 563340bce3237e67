import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnServer } from '../target/own-server.js';
import { startOwnServer } from '../target/own-server.js';
import { clientOf, cuttableWebSockets, ways } from './client.js';

let server: OwnServer;
beforeAll(async () => {
  server = await startOwnServer();
});
afterAll(() => server.stop());

describe('a Close that allows to come back', () => {
  it.concurrent.each(ways)('is followed over $name', async (way) => {
    let asked = 0;
    const accessTokenFactory = (): string => {
      asked += 1;
      // The first token is over in a moment; the server then sends everybody of it away.
      return asked <= tokensOfStart(way.options.transport) ? soon : 'token-a';
    };
    const soon = `expires-${Date.now() + 500}`;
    const client = clientOf(`${server.url}/brief`, way, { accessTokenFactory });
    const reconnected = new Promise<string | undefined>((resolve) => {
      client.onreconnected(resolve);
    });
    await client.start();
    await reconnected;
    expect(await client.invoke('Echo', 'again')).toBe('again');
    await client.stop();
  });
});

/** How often a start() asks for a token: for negotiate, and again for a WebSocket or a stream. */
function tokensOfStart(transport: unknown): number {
  return transport === HttpTransportType.LongPolling ? 1 : 2;
}

describe.each(ways.filter(({ name }) => name.startsWith('WebSockets')))(
  'the official client over $name',
  (way) => {
    it('comes back when its socket is cut', async () => {
      const sockets = cuttableWebSockets();
      const options = { ...way.options, WebSocket: sockets.WebSocket };
      const client = clientOf(`${server.url}/hub`, way, options);
      await client.start();
      const reconnected = new Promise<void>((resolve) => {
        client.onreconnected(() => resolve());
      });
      sockets.cut();
      await reconnected;
      expect(await client.invoke('Echo', 'again')).toBe('again');
      await client.stop();
    });
  },
);

/** What a proxy that lets no WebSocket through looks like to the client. */
function blocked(): never {
  throw new Error('blocked by a proxy');
}

describe('the official client', () => {
  it('falls back to the next transport when the first does not work', async () => {
    const options = { accessTokenFactory: () => 'token-a', WebSocket: blocked };
    const client = new HubConnectionBuilder()
      .withUrl(`${server.url}/hub`, options)
      .configureLogging(LogLevel.None)
      .build();
    await client.start();
    expect(await client.invoke('Echo', 'by other means')).toBe('by other means');
    await client.stop();
  });

  it('shows the status text of a refused negotiation', async () => {
    const [way] = ways;
    if (way === undefined) throw new Error('no ways');
    const client = clientOf(`${server.url}/hub`, way, { accessTokenFactory: () => 'nobody' });
    await expect(client.start()).rejects.toThrow("Unauthorized: Status code '401'");
  });
});
