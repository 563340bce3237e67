import type { IHttpConnectionOptions } from '@microsoft/signalr';
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeReasons } from '../../src/signalr/index.js';
import type { HubUnderTest } from './hub-under-test.js';
import { startHub } from './hub-under-test.js';

let hub: HubUnderTest;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

function client(options: IHttpConnectionOptions = {}) {
  return new HubConnectionBuilder()
    .withUrl(`${hub.url}/hub?Room=1`, {
      accessTokenFactory: () => 'token-a',
      transport: HttpTransportType.WebSockets,
      ...options,
    })
    .withAutomaticReconnect([0, 0, 0])
    .configureLogging(LogLevel.None)
    .build();
}

describe.each([
  ['after negotiation', {}],
  ['without negotiation', { skipNegotiation: true }],
])('the official client %s', (_name, options) => {
  it('invokes, sends and receives', async () => {
    const connection = client(options);
    const received: unknown[] = [];
    const third = new Promise<void>((resolve) => {
      connection.on('tick', (n: number) => {
        received.push(n);
        if (n === 3) resolve();
      });
    });
    await connection.start();
    expect(await connection.invoke('echo', { a: [1, 'é'] })).toEqual({ a: [1, 'é'] });
    expect(await connection.invoke('whoAmI')).toEqual({ user: 'alice', query: { room: '1' } });
    expect(await connection.invoke('nothing')).toBeUndefined();
    await connection.send('callBack', 'tick', 3);
    await third;
    expect(received).toEqual([1, 2, 3]);
    await connection.stop();
  });

  it('sees errors of methods and lives on', async () => {
    const connection = client(options);
    await connection.start();
    await expect(connection.invoke('refuse')).rejects.toThrow('refused for a reason');
    await expect(connection.invoke('nope')).rejects.toThrow("Unknown hub method 'nope'");
    expect(await connection.invoke('echo', 1)).toBe(1);
    await connection.stop();
  });

  it('reconnects after a Close that allows it, and not after a bare one', async () => {
    const connection = client(options);
    await connection.start();
    const reconnected = new Promise<void>((resolve) => {
      connection.onreconnected(() => resolve());
    });
    hub.server.clients.user('alice').close(closeReasons.serverShutdown);
    await reconnected;
    expect(await connection.invoke('echo', 'again')).toBe('again');
    const closed = new Promise<Error | undefined>((resolve) => {
      connection.onclose(resolve);
    });
    await connection.send('abort');
    expect(await closed).toBeUndefined();
  });

  it('is told that it may not', async () => {
    const connection = client({ ...options, accessTokenFactory: () => 'nobody' });
    await expect(connection.start()).rejects.toThrow(/401|WebSocket/);
  });
});

describe('the official client', () => {
  it('shows the status text of a refused negotiation', async () => {
    const connection = client({ accessTokenFactory: () => 'nobody' });
    await expect(connection.start()).rejects.toThrow("Unauthorized: Status code '401'");
  });
});
