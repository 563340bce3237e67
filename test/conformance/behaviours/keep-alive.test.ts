import { describe, expect } from 'vitest';
import { negotiated } from '../raw/http.js';
import { call, HANDSHAKE, RS } from '../raw/records.js';
import { connect, open } from '../raw/web-socket.js';
import { behaviour, useTarget } from '../target/behaviour.js';
import { watch } from '../target/watcher.js';
import { textLike } from '../target/expectations.js';
import { HEARTBEAT_MS } from '../target/target.js';

useTarget();

const PING = '{"type":6}';

describe('keep-alive', () => {
  behaviour(92, 'an idle connection gets a ping about every interval', async (target) => {
    const { hub, times } = await target.brief();
    const socket = await connect(hub);
    let since = Date.now();
    for (let n = 0; n < 2; n += 1) {
      expect(await socket.next(2 * times.keepAlive + 5_000)).toBe(PING);
      // The server's heartbeat is one second; pings may come that much early or late.
      expect(Date.now() - since).toBeLessThan(times.keepAlive + 2_500);
      since = Date.now();
    }
    socket.cut();
  });

  behaviour(92, 'a connection with traffic gets none', async (target) => {
    const { hub, times } = await target.brief();
    const socket = await connect(hub);
    const until = Date.now() + 2.5 * times.keepAlive;
    let pings = 0;
    for (let n = 0; Date.now() < until; n += 1) {
      socket.send(call('Delay', [times.keepAlive / 20, n], String(n)));
      if ((await socket.next()) === PING) pings += 1;
    }
    expect(pings).toBe(0);
    socket.cut();
  });

  behaviour(93, 'a client that never pings is not cut off', async (target) => {
    const { hub, times } = await target.brief();
    const socket = await connect(hub);
    const until = Date.now() + 1.75 * times.clientTimeout;
    while (Date.now() < until) expect(await socket.next(times.keepAlive + 5_000)).toBe(PING);
    socket.send(call('Echo', ['alive'], '1'));
    let text = await socket.next();
    while (text === PING) text = await socket.next();
    expect(JSON.parse(text)).toMatchObject({ result: 'alive' });
    socket.cut();
  });

  behaviour(93, 'one that pinged once and fell silent is', async (target) => {
    const { hub, times } = await target.brief();
    const watcher = await watch(hub);
    const { url, id } = await negotiated(hub);
    const socket = await connect(url);
    const since = Date.now();
    socket.send(PING + RS);
    let text = await socket.next();
    while (text === PING) text = await socket.next(times.clientTimeout + 5_000);
    expect(JSON.parse(text)).toMatchObject({
      type: 7,
      error: textLike(/^Connection closed with an error\./),
      allowReconnect: true,
    });
    expect(Date.now() - since).toBeGreaterThanOrEqual(times.clientTimeout - HEARTBEAT_MS);
    expect(Date.now() - since).toBeLessThan(times.clientTimeout + 3_000);
    expect(await watcher.until('disconnected', id)).toEqual([true]);
    watcher.stop();
  });
});

describe('closing', () => {
  behaviour(95, 'OnConnected that throws closes with an error, without leave', async (target) => {
    const socket = await open(await target.hub('rejecting'));
    socket.send(HANDSHAKE);
    expect(await socket.next()).toBe('{}');
    const close = await socket.next();
    expect(JSON.parse(close)).toMatchObject({ type: 7, error: textLike(/error/) });
    expect(close).not.toMatch(/"allowReconnect":true|not today/);
    await socket.closed;
  });
});
