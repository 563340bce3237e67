import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { connectPoller } from '../conformance/raw/long-polling.js';
import { call, record, RS } from '../conformance/raw/records.js';
import { connectEventStream } from '../conformance/raw/server-sent-events.js';
import type { RawSocket } from '../conformance/raw/web-socket.js';
import { connect } from '../conformance/raw/web-socket.js';
import { startHardened } from './hardened-hub.js';

const PING = `{"type":6}${RS}`;

describe('liveness', () => {
  it('17: what the server sends is no sign of life of the client', async () => {
    const { hub, server, counted } = await startHardened({ clientTimeoutMs: 1_500 });
    const socket = await connect(hub);
    socket.send(PING);
    const sending = setInterval(() => server.clients.all().send('tick'), 50);
    await expect.poll(() => server.connectionCount).toBe(0);
    clearInterval(sending);
    expect(counted).toContain('connectionClosed WebSockets client_timeout');
    await socket.closed;
  });

  it('18: a peer whose packets are dropped is gone from every map soon after its time-out', async () => {
    const options = { clientTimeoutMs: 1_000, closeTimeoutMs: 500, sendTimeoutMs: 1_000 };
    const { hub, server } = await startHardened(options);
    const socket = await connect(hub);
    socket.send(call('JoinGroup', ['g'], '1') + PING);
    await socket.next();
    socket.pause();
    const none = { connections: 0, pendingNegotiations: 0, groups: 0, outboundBytes: 0 };
    await expect.poll(() => server.stats()).toMatchObject(none);
    expect(server.clients.callers()).toEqual([]);
    socket.cut();
  });

  it('19: a connection has no timer of its own', async () => {
    const { hub } = await startHardened();
    const sockets = [await connect(hub)];
    const before = timers();
    for (let n = 0; n < 50; n += 1) sockets.push(await connect(hub));
    // The raw client's patience is the only timer that may be running.
    expect(timers() - before).toBeLessThanOrEqual(1);
    for (const socket of sockets) socket.cut();
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

describe('slow consumers', () => {
  it('20: one that stops reading does not delay the others', async () => {
    const { hub, server } = await startHardened({ maximumOutboundBytes: 50_000_000 });
    const readers = [];
    for (let n = 0; n < 20; n += 1) readers.push(await connect(hub));
    const quick = await slowestOf(readers, () => server.clients.all().send('news', filler));
    const stalled = await connect(hub);
    stalled.pause();
    const beside = await slowestOf(readers, () => server.clients.all().send('news', filler));
    // The rule is 1.5 times at the 99th percentile; a shared machine needs a floor under that.
    expect(beside).toBeLessThan(Math.max(1.5 * quick, 250));
    for (const socket of [...readers, stalled]) socket.cut();
  });

  it('21: what waits for it is bounded, counting what is to be added; it is told why', async () => {
    const { hub, server, counted, log } = await startHardened({
      maximumOutboundBytes: 200_000,
      closeTimeoutMs: 500,
    });
    const stalled = await connect(hub);
    stalled.pause();
    const big = 'x'.repeat(100_000);
    for (let n = 0; n < 500 && server.stats().connections > 0; n += 1) {
      server.clients.all().send('news', big);
      expect(server.stats().outboundBytes).toBeLessThanOrEqual(200_000 + 1_000);
      await new Promise(setImmediate);
    }
    await expect.poll(() => server.connectionCount).toBe(0);
    expect(counted).toContain('connectionClosed WebSockets slow_consumer');
    expect(log()).toContain('slow_consumer');
    stalled.cut();
  });

  it('22: a write that is not taken in time ends the connection', async () => {
    const { hub, server, counted } = await startHardened({
      maximumOutboundBytes: 100_000_000,
      sendTimeoutMs: 1_000,
      closeTimeoutMs: 500,
    });
    const stalled = await connect(hub);
    stalled.pause();
    for (let n = 0; n < 200; n += 1) server.clients.all().send('news', 'x'.repeat(100_000));
    await expect.poll(() => server.connectionCount).toBe(0);
    expect(counted).toContain('connectionClosed WebSockets send_timeout');
    stalled.cut();
  });

  it('23: a broadcast is encoded once for each protocol in use', async () => {
    const { hub, server } = await startHardened();
    const sockets: RawSocket[] = [];
    for (let n = 0; n < 10; n += 1) sockets.push(await connect(hub));
    let encoded = 0;
    const value = {
      toJSON: () => {
        encoded += 1;
        return 'value';
      },
    };
    server.clients.all().send('news', value);
    for (const socket of sockets) expect(await socket.next()).toContain('["value"]');
    expect(encoded).toBe(1);
    for (const socket of sockets) socket.cut();
  });
});

const filler = 'x'.repeat(10_000);

/** Sends 50 times, and gives the longest time in ms until all have it. */
async function slowestOf(readers: readonly RawSocket[], send: () => void): Promise<number> {
  let slowest = 0;
  for (let n = 0; n < 50; n += 1) {
    const since = performance.now();
    send();
    await Promise.all(readers.map((reader) => reader.next()));
    slowest = Math.max(slowest, performance.now() - since);
  }
  return slowest;
}

describe('churn', () => {
  it('37: random bytes on every transport leave nothing behind and break nothing', async () => {
    const faults: unknown[] = [];
    const note = (fault: unknown): void => void faults.push(fault);
    process.on('unhandledRejection', note).on('uncaughtExceptionMonitor', note);
    const { hub, server } = await startHardened({ disconnectTimeoutMs: 1_000 });
    const random = seeded(3);
    for (let n = 0; n < 150; n += 1) {
      const bytes = mutated(MESSAGES[n % MESSAGES.length] ?? '', random);
      await VISITS[n % VISITS.length]?.(hub, bytes, n);
    }
    await expect.poll(() => server.connectionCount).toBe(0);
    process.off('unhandledRejection', note).off('uncaughtExceptionMonitor', note);
    expect(faults).toEqual([]);
    const after = await connect(hub);
    after.send(call('Echo', ['alive'], '1'));
    expect(JSON.parse(await after.next())).toMatchObject({ result: 'alive' });
    after.cut();
  });
});

/** One connection that sends the bytes, and goes in one way or another. */
const VISITS: readonly ((hub: string, bytes: string, n: number) => Promise<void>)[] = [
  async (hub, bytes, n) => {
    const socket = await connect(hub);
    socket.send(bytes, { binary: n % 2 === 0 });
    if (n % 4 === 0) void socket.close();
    else socket.cut();
  },
  async (hub, bytes) => {
    const { stream } = await connectEventStream(hub);
    await stream.send(bytes);
    stream.cut();
  },
  async (hub, bytes, n) => {
    const poller = await connectPoller(hub);
    await poller.post(bytes);
    // The others are not polled any more, and forgotten.
    if (n % 2 === 0) await poller.delete();
  },
];

const MESSAGES = [
  call('Echo', [{ a: [1, 2, 3] }], '1'),
  record({ type: 4, invocationId: '1', target: 'StreamEndless', arguments: ['x'] }),
  record({ type: 1, invocationId: '1', target: 'Upload', arguments: [], streamIds: ['s'] }),
  call('AskInVain', ['x']) + call('Delay', [50, 1], '2'),
];

/** Changes one character in about half of all cases. */
function mutated(text: string, random: () => number): string {
  if (random() < 0.5) return text;
  const at = Math.floor(random() * text.length);
  return text.slice(0, at) + String.fromCodePoint(Math.floor(random() * 256)) + text.slice(at + 1);
}

/** A generator of numbers in [0, 1) that gives the same row for the same seed (xorshift). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
