import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionManager } from '../../../src/signalr/connections/connection-manager.js';
import { FlushScheduler } from '../../../src/signalr/connections/flush-scheduler.js';
import { Heartbeat } from '../../../src/signalr/connections/heartbeat.js';
import { peerOf } from '../../../src/signalr/connections/peer.js';
import { readHubRequest } from '../../../src/signalr/connections/hub-request.js';
import { originAllowed } from '../../../src/signalr/connections/origin-policy.js';
import { MessageRate } from '../../../src/signalr/hub/message-rate.js';
import { completeOptions, defaultOptions } from '../../../src/signalr/hub/options.js';
import { drainConnections } from '../../../src/signalr/hub/drain.js';
import { noMetrics } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';

describe('pending negotiations', () => {
  it('are forgotten when nobody opened them for 15 s', () => {
    const manager = new ConnectionManager(defaultOptions);
    for (const [token, since] of Object.entries({ early: 0, late: 1_000 })) {
      manager.addPending({ id: token, token, userId: 'u', stateful: false, since });
    }
    manager.reapPending(15_000);
    expect(manager.pendingCount).toBe(2);
    manager.reapPending(16_000);
    expect(manager.lookUp('early').state).toBe('unknown');
    expect(manager.lookUp('late').state).toBe('pending');
  });

  it('are bounded, however many are asked for', () => {
    const manager = new ConnectionManager({ ...defaultOptions, maximumPendingNegotiations: 10 });
    const taken = Array.from({ length: 1_000 }, (_, n) =>
      manager.addPending({ id: `${n}`, token: `${n}`, userId: 'u', stateful: false, since: 0 }),
    );
    expect(taken.filter(Boolean)).toHaveLength(10);
    expect(manager.pendingCount).toBe(10);
  });
});

describe('heartbeat', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('beats every second with the time since its start', () => {
    const beats: number[] = [];
    const heartbeat = new Heartbeat((time) => beats.push(time), Date.now);
    heartbeat.start();
    vi.advanceTimersByTime(3_000);
    heartbeat.stop();
    vi.advanceTimersByTime(3_000);
    expect(beats).toEqual([1_000, 2_000, 3_000]);
  });

  it('knows the time between beats', () => {
    const heartbeat = new Heartbeat(() => {}, Date.now);
    heartbeat.start();
    vi.advanceTimersByTime(1_300);
    expect(heartbeat.time).toBe(1_300);
    heartbeat.stop();
  });

  it.each([
    ['forwards', 60_000, 2_000],
    ['backwards', -60_000, 0],
  ])('does not follow a wall clock that jumps %s', (_name, jump, time) => {
    const heartbeat = new Heartbeat(() => {}, Date.now);
    heartbeat.start();
    vi.setSystemTime(Date.now() + jump);
    vi.advanceTimersByTime(1_000);
    heartbeat.stop();
    expect(heartbeat.time).toBe(time);
  });
});

describe('flush scheduler', () => {
  it('flushes everybody who asked in one turn, together', async () => {
    const flushed: string[] = [];
    const scheduler = new FlushScheduler(noMetrics, () => 5);
    const connection = (name: string) => ({
      flush: (now: number) => void flushed.push(`${name}${now}`),
    });
    scheduler.ask(connection('a'));
    scheduler.ask(connection('b'));
    expect(flushed).toEqual([]);
    await settle();
    expect(flushed).toEqual(['a5', 'b5']);
  });
});

const read = (url: string, authorization?: string) =>
  readHubRequest({
    method: 'GET',
    url,
    headers: { authorization },
    socket: { remoteAddress: '::1' },
  });

describe('hub request', () => {
  it('keeps credentials out of the query', () => {
    const request = read('/hub?Id=secret&ACCESS_TOKEN=t&Snapshot=1&snapshot=2');
    expect([...request.query]).toEqual([['snapshot', '1']]);
    expect([request.id, request.token]).toEqual(['secret', 't']);
  });

  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['Basic abc', 'from-query'],
    [undefined, 'from-query'],
  ])('%s: the header comes before the query', (header, token) => {
    expect(read('/hub?access_token=from-query', header).token).toBe(token);
  });
});

const peer = (headers: Record<string, string>) =>
  peerOf(readHubRequest({ headers, socket: { remoteAddress: '::1' } }));

describe('who is at the other end', () => {
  it.each([
    [{ 'user-agent': 'Mozilla/5.0' }, 'Mozilla/5.0'],
    [
      { 'user-agent': 'node', 'x-signalr-user-agent': 'Microsoft SignalR/10.0' },
      'Microsoft SignalR/10.0',
    ],
    [{ 'user-agent': 'x'.repeat(500) }, 'x'.repeat(200)],
    [{}, undefined],
  ])('is named by %j', (headers, userAgent) => {
    expect(peer(headers)).toEqual({ remoteAddress: '::1', userAgent });
  });
});

describe('origins', () => {
  it.each([
    [undefined, true],
    ['https://a.example', true],
    ['https://a.example:8443', false],
    ['http://a.example', false],
    ['https://b.a.example', false],
    ['https://a.example.evil', false],
    ['null', false],
  ])('%s against the list of https://a.example: %s', (origin, allowed) => {
    const headers = origin === undefined ? {} : { origin };
    expect(originAllowed(headers, ['https://a.example'])).toBe(allowed);
  });
});

describe('message rate', () => {
  it('takes a burst, then as much as time gives back', () => {
    const rate = new MessageRate({ perSecond: 10, burst: 2 }, 5, 0);
    expect([rate.count(0), rate.count(0), rate.count(0)]).toEqual(['take', 'take', 'refuse']);
    expect([rate.count(100), rate.count(100)]).toEqual(['take', 'refuse']);
  });

  it('closes who goes on, and forgives who paused', () => {
    const rate = new MessageRate({ perSecond: 10, burst: 1 }, 1, 0);
    expect([rate.count(0), rate.count(0)]).toEqual(['take', 'refuse']);
    expect([rate.count(1_000), rate.count(1_000)]).toEqual(['take', 'refuse']);
    expect(rate.count(1_000)).toBe('close');
  });

  it('can be switched off', () => {
    const rate = new MessageRate({ perSecond: Infinity, burst: Infinity }, 1, 0);
    expect(Array.from({ length: 500 }, () => rate.count(0)).every((one) => one === 'take')).toBe(
      true,
    );
  });
});

describe('options', () => {
  it.each([
    [{ handshakeTimeoutMs: 0 }, 'handshakeTimeoutMs'],
    [{ maximumOutboundBytes: Number.NaN }, 'maximumOutboundBytes'],
    [{ maximumTransportMessageSize: 100 }, 'maximumTransportMessageSize'],
    [{ transports: [] }, 'transports'],
  ])('%j is refused by name', (given, name) => {
    expect(() => completeOptions(given)).toThrow(name);
  });
});

/** Connections that leave when told, or never. */
function crowd(size: number, leaves: boolean) {
  const left: string[] = [];
  const waiting: (() => void)[] = [];
  const leave = (how: string) => {
    left.push(how);
    if (left.filter((one) => leaves || one === 'cut').length === size) {
      for (const resolve of waiting) resolve();
    }
  };
  const connections = Array.from({ length: size }, () => ({
    close: () => leave('closed'),
    terminate: () => leave('cut'),
  }));
  const whenEmpty = () => new Promise<void>((resolve) => waiting.push(resolve));
  return {
    left,
    plan: { connections: () => (leaves && left.length > 0 ? [] : connections), whenEmpty },
  };
}

describe('drain', () => {
  it('tells all of many batches and ends as soon as they are gone', async () => {
    const { left, plan } = crowd(500, true);
    await drainConnections({ ...plan, withinMs: 60_000 });
    expect(left).toHaveLength(500);
  });

  it('cuts off who does not go in time', async () => {
    const { left, plan } = crowd(3, false);
    await drainConnections({ ...plan, withinMs: 10 });
    expect(left).toEqual(['closed', 'closed', 'closed', 'cut', 'cut', 'cut']);
  });
});
