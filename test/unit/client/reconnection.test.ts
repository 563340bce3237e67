import { describe, expect, it, vi } from 'vitest';
import { ConnectError } from '../../../src/client/failures.js';
import { statusIs } from '../../support/client-status.js';
import { FakeHub, problem, resumed, tokenAnswer } from './fake-hub.js';

describe('a client that can not connect', () => {
  it.each([
    [
      'nothing answers',
      () => Promise.reject(new TypeError('fetch failed')),
      'hub-unreachable',
      1000,
    ],
    ['the hub fails', () => problem(500, 'failed'), 'hub-failed', 1000],
    ['there is no hub', () => new Response('<html>', { status: 200 }), 'hub-failed', 1000],
    ['a proxy is alone', () => new Response('<html>', { status: 502 }), 'hub-failed', 1000],
    ['too many logins', () => problem(429, 'wait', { 'retry-after': '7' }), 'hub-busy', 7000],
    ['the hub drains', () => problem(503, 'wait', { 'retry-after': '5' }), 'hub-busy', 5000],
    [
      'less is asked for than a second',
      () => problem(503, '', { 'retry-after': '0' }),
      'hub-busy',
      1000,
    ],
  ])('tries again when %s', async (_case, answer, reason, pause) => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.onToken = answer;
    const connected = client.start();
    const status = await statusIs(client, 'reconnecting');
    expect(status).toMatchObject({ attempt: 1, reason, since: hub.timers.now() });
    expect(status.nextAttemptAt - hub.timers.now()).toBe(pause);

    hub.onToken = () => tokenAnswer();
    hub.timers.advance(pause - 1);
    expect(hub.tokenRequests).toHaveLength(1);
    hub.timers.advance(1);
    expect(await connected).toEqual({ state: 'connected', since: hub.timers.now() });
    expect(client.status.state).toBe('connected');
    await client.stop();
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
  ])('stops when its credentials are answered %i, and says why', async (status, reason) => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.onToken = () => problem(status, 'The user name or the password is wrong.');
    const detail = 'The user name or the password is wrong.';
    expect(await client.start()).toEqual({ state: 'refused', reason, detail });
    expect(hub.timers.delays()).toEqual([]);

    hub.onToken = () => tokenAnswer();
    expect(await client.start()).toMatchObject({ state: 'connected' });
    await client.stop();
  });

  it('asks a function for credentials each time, and again when it fails', async () => {
    const hub = new FakeHub();
    const given = [{ bearer: 'one' }, { wazoToken: 'two' }];
    const client = hub.client({
      credentials: () => {
        const next = given.shift();
        if (next === undefined) throw new Error('nobody is logged in');
        return next;
      },
    });
    await client.start();
    hub.link.cut();
    await statusIs(client, 'reconnecting');
    hub.timers.advance(1000);
    await statusIs(client, 'connected');
    expect(hub.tokenRequests.map((headers) => headers.get('authorization'))).toEqual([
      'Bearer one',
      null,
    ]);
    expect(hub.tokenRequests[1]?.get('x-auth-token')).toBe('two');
    hub.link.cut();
    await statusIs(client, 'reconnecting');
    hub.timers.advance(1000);
    const reason = 'credentials-unavailable';
    await untilReason(client, reason);
    expect(client.status).toMatchObject({ attempt: 3, reason, detail: 'nobody is logged in' });
    await client.stop();
  });

  it('does not give up its credentials because a hub does not know its own token', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    const detail = 'Unauthorized';
    hub.refusal = new ConnectError({ kind: 'passing', reason: 'token-refused', detail });
    const connected = client.start();
    expect(await statusIs(client, 'reconnecting')).toMatchObject({ reason: 'token-refused' });
    hub.refusal = undefined;
    hub.timers.advance(1000);
    expect(await connected).toMatchObject({ state: 'connected' });
    await client.stop();
  });

  it('is stopped in the middle of an attempt, and can be started again', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.onToken = () => new Promise(() => undefined);
    const started = client.start();
    expect(client.status).toEqual({ state: 'connecting' });
    await client.stop();
    expect(await started).toEqual({ state: 'stopped' });
    expect(hub.timers.delays()).toEqual([]);
    hub.onToken = () => tokenAnswer();
    expect(await client.start()).toMatchObject({ state: 'connected' });
    const stopped = client.stop();
    expect(await client.start()).toMatchObject({ state: 'connected' });
    await stopped;
    expect(hub.links.map(({ isUp }) => isUp)).toEqual([false, true]);
    await client.stop();
  });

  it('takes a hub that does not answer within 15 s for one that is not there', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.onToken = () => new Promise(() => undefined);
    void client.start();
    await Promise.resolve();
    hub.timers.advance(15_000);
    expect(await statusIs(client, 'reconnecting')).toMatchObject({ reason: 'hub-unreachable' });
    await client.stop();
  });
});

describe('a client whose connection ends', () => {
  it('says since when, why, and how often it has tried; a good connection forgives', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    await client.start();
    hub.timers.advance(60_000);
    const lostAt = hub.timers.now();
    hub.onToken = () => problem(500, 'starting');
    hub.link.cut();
    expect(await statusIs(client, 'reconnecting')).toMatchObject({
      attempt: 1,
      reason: 'connection-lost',
      since: lostAt,
    });
    hub.timers.advance(1000);
    await untilReason(client, 'hub-failed');
    expect(client.status).toMatchObject({ attempt: 2, since: lostAt });

    hub.onToken = () => tokenAnswer();
    hub.timers.advance(1000);
    await statusIs(client, 'connected');
    hub.link.cut();
    expect(await statusIs(client, 'reconnecting')).toMatchObject({ attempt: 3 });
    hub.timers.advance(1000);
    await statusIs(client, 'connected');
    hub.timers.advance(10_000);
    hub.link.cut({ kind: 'passing', reason: 'hub-closed', detail: '' });
    expect(await statusIs(client, 'reconnecting')).toMatchObject({
      attempt: 1,
      reason: 'hub-closed',
      since: hub.timers.now(),
    });
    await client.stop();
  });

  it('is stopped at once by who is told that it tries again', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    await client.start();
    client.onStatus(({ state }) => {
      if (state === 'reconnecting') void client.stop();
    });
    hub.link.cut();
    await statusIs(client, 'stopped');
    expect(hub.timers.delays()).toEqual([]);
  });

  it('stops when meanwhile its credentials were refused', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    await client.start();
    hub.link.cut({ kind: 'refused', reason: 'unauthorized', detail: 'revoked' });
    expect(await statusIs(client, 'refused')).toMatchObject({ detail: 'revoked' });
    expect(hub.timers.delays()).toEqual([]);
  });

  it('is started anew by who is told that they were refused', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    await client.start();
    client.onStatus(({ state }) => {
      if (state === 'refused') void client.start();
    });
    hub.link.cut({ kind: 'refused', reason: 'unauthorized', detail: 'revoked' });
    await statusIs(client, 'refused');
    expect(await statusIs(client, 'connected')).toMatchObject({ since: hub.timers.now() });
    await client.stop();
  });
});

describe('the network is back, or the machine awake', () => {
  it('tries at once', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    await client.start();
    hub.link.cut();
    await statusIs(client, 'reconnecting');
    hub.wake();
    await statusIs(client, 'connected');
    expect(hub.timers.delays()).toEqual([]);
    await client.stop();
  });

  it('but not before a time that the hub asked for', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.onToken = () => problem(429, 'wait', { 'retry-after': '60' });
    void client.start();
    await statusIs(client, 'reconnecting');
    hub.wake();
    expect(hub.tokenRequests).toHaveLength(1);
    expect(hub.timers.delays()).toEqual([60_000]);
    await client.stop();
  });

  it('asks the hub for its time, as the clock may have been set', async () => {
    const hub = new FakeHub();
    const hubTime = hub.timers.now();
    hub.onToken = () => tokenAnswer({}, { date: new Date(hubTime).toUTCString() });
    hub.method('AvailableSubscriptions', () => []);
    const client = hub.client();
    await client.start();
    expect(client.clockOffsetMs).toBe(500);
    hub.timers.advance(3_600_000);
    hub.wake();
    await vi.waitFor(() => expect(client.clockOffsetMs).toBe(500 - 3_600_000));
    await client.stop();
  });

  it('finds out whether the connection still is one', async () => {
    const hub = new FakeHub();
    const client = hub.client();
    hub.method('Resume', (_id, items) => resumed(items, 'a'));
    hub.method('AvailableSubscriptions', () => []);
    await client.start();
    hub.wake();
    hub.wake();
    await client.subscribe([{ entityId: '*', eventName: 'UserStatus' }]);
    await vi.waitFor(() => expect(hub.timers.delays()).toEqual([]));

    hub.method('AvailableSubscriptions', () => new Promise(() => undefined));
    hub.wake();
    hub.timers.advance(5_000);
    expect(await statusIs(client, 'reconnecting')).toMatchObject({ reason: 'connection-lost' });
    expect(hub.link.isUp).toBe(false);
    await client.stop();
  });
});

async function untilReason(client: Parameters<typeof statusIs>[0], reason: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = client.onStatus((status) => {
      if (status.state !== 'reconnecting' || status.reason !== reason) return;
      stop();
      resolve();
    });
  });
}
