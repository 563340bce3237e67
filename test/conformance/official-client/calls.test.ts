import { HubConnectionState, Subject } from '@microsoft/signalr';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HubConnection } from '@microsoft/signalr';
import type { OwnServer } from '../target/own-server.js';
import { startOwnServer } from '../target/own-server.js';
import { clientOf, itemsOf, ways } from './client.js';

let server: OwnServer;
beforeAll(async () => {
  server = await startOwnServer();
});
afterAll(() => server.stop());

describe.each(ways)('the official client over $name', (way) => {
  let client: HubConnection;
  beforeEach(async () => {
    client = clientOf(`${server.url}/hub`, way);
    await client.start();
  });
  afterEach(() => client.stop());

  it('invokes and gets results', async () => {
    expect(await client.invoke('add', 1, 2)).toBe(3);
    const value = { a: [1, 'smørrebrød 🍞\r\n', null, { b: true }] };
    expect(await client.invoke('Echo', value)).toEqual(value);
    await client.invoke('Void');
    expect(await client.invoke('Null')).toBeNull();
  });

  it('sends, and is called back in order', async () => {
    const received: number[] = [];
    const last = new Promise<void>((resolve) => {
      client.on('tick', (n: number) => {
        received.push(n);
        if (n === 100) resolve();
      });
    });
    await client.send('CallBack', 'tick', 100);
    await last;
    expect(received).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  });

  it('sees what went wrong, and lives on', async () => {
    await expect(client.invoke('ThrowHubError', 'why')).rejects.toThrow('HubException: why');
    await expect(client.invoke('Throw', 'secret')).rejects.not.toThrow('secret');
    await expect(client.invoke('Secret')).rejects.toThrow('because user is unauthorized');
    expect(client.state).toBe(HubConnectionState.Connected);
  });

  it('takes a stream, and cancels another', async () => {
    expect(await itemsOf(client, 'StreamCount', 5)).toEqual([1, 2, 3, 4, 5]);
    await expect(itemsOf(client, 'StreamThrow', 'x')).rejects.toThrow('while streaming results');
    await new Promise<void>((resolve) => {
      const endless = client.stream('StreamEndless', 'mine').subscribe({
        next: (n: number) => {
          if (n < 3) return;
          endless.dispose();
          resolve();
        },
        complete: () => undefined,
        error: () => undefined,
      });
    });
    expect(await client.invoke('Echo', 'still here')).toBe('still here');
  });

  it('gives a stream', async () => {
    const words = new Subject<string>();
    const all = client.invoke('Upload', words);
    for (let n = 0; n < 30; n += 1) words.next(`${n} `);
    words.complete();
    expect(await all).toBe(Array.from({ length: 30 }, (_, n) => `${n} `).join(''));
  });

  it('gives a result when asked', async () => {
    client.on('question', (n: number) => n * 2);
    expect(await client.invoke('AskClient', 'question', 5)).toBe(10);
    await expect(client.invoke('AskClient', 'nobody answers', 5)).rejects.toThrow('AskClient');
    expect(await client.invoke('Echo', 'still here')).toBe('still here');
  });

  it('is closed without an error, and does not come back', async () => {
    const closed = new Promise<Error | undefined>((resolve) => {
      client.onclose(resolve);
    });
    await client.send('Abort');
    expect(await closed).toBeUndefined();
    expect(client.state).toBe(HubConnectionState.Disconnected);
  });
});
