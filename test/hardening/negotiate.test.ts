import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ALICE, BOB, http, negotiate, negotiated, pooledHttp } from '../conformance/raw/http.js';
import { call, HANDSHAKE, RS } from '../conformance/raw/records.js';
import { connect, open, upgrade } from '../conformance/raw/web-socket.js';
import { createSignalRServer, type HubUser, type SignalRServer } from '../../src/signalr/index.js';
import { noLogger } from '../support/no-logger.js';
import { startHardened, tally } from './hardened-hub.js';

describe('negotiate, upgrade, handshake', () => {
  it('2: a token is good for one connection, also when that is over', async () => {
    const { hub, server } = await startHardened();
    const { url } = await negotiated(hub);
    const socket = await connect(url);
    expect(await upgrade(url)).toMatchObject({ status: 409 });
    socket.cut();
    await expect.poll(() => server.connectionCount).toBe(0);
    expect(await upgrade(url)).toMatchObject({ status: 404 });
  });

  it('3: the token is logged nowhere and shown to nobody, the id is', async () => {
    const { hub, log } = await startHardened();
    const watcher = await connect(hub);
    watcher.send(call('Watch', [], '1'));
    await watcher.next();
    const { connectionToken = '', connectionId = '' } = await negotiate(hub);
    (await connect(`${hub}?id=${connectionToken}`)).cut();
    const seen = `${await watcher.next()}${await watcher.next()}`;
    expect(seen).toContain(connectionId);
    expect(seen).not.toContain(connectionToken);
    expect(log()).toContain(connectionId);
    expect(log()).not.toContain(connectionToken);
    watcher.cut();
  });

  it('4: negotiations that nobody opens are bounded', async () => {
    const { hub, server } = await startHardened({ maximumPendingNegotiations: 100 });
    const statuses: number[] = [];
    for (let n = 0; n < 500; n += 1) {
      statuses.push((await pooledHttp('POST', `${hub}/negotiate?negotiateVersion=1`)).status);
    }
    expect(tally(statuses)).toEqual({ 200: 100, 429: 400 });
    expect(server.stats().pendingNegotiations).toBe(100);
  });

  it('4: 100,000 negotiations without credentials leave the heap flat', async () => {
    const server = createSignalRServer({
      hub: { methods: {} },
      authenticate: () => Promise.resolve(undefined),
      logger: noLogger,
    });
    const heapAfter = async (negotiations: number): Promise<number> => {
      for (let n = 0; n < negotiations; n += 1) await negotiateInProcess(server);
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = await heapAfter(1_000);
    const after = await heapAfter(100_000);
    // A megabyte is ten bytes a request: nothing can have been kept of each.
    expect(after - before).toBeLessThan(1_000_000);
    expect(server.stats()).toMatchObject({ connections: 0, pendingNegotiations: 0 });
    await server.drain();
  });

  it('5: a handshake over its bound ends the connection', async () => {
    const { hub, log } = await startHardened();
    const socket = await open(hub);
    socket.send('x'.repeat(5_000));
    expect(JSON.parse(await socket.next())).toEqual({ error: 'Handshake was canceled.' });
    await socket.closed;
    await expect.poll(log).toContain('maximum message size of 4096');
  });

  it('7: a version below the minimum is told so', async () => {
    const { hub } = await startHardened({ minimumNegotiateVersion: 1 });
    expect(await negotiate(hub, '')).toEqual({
      error: "The client requested version '0', but the server does not support this version.",
    });
  });

  it('24: a full server refuses before the upgrade and counts it', async () => {
    const { hub, counted } = await startHardened({ maximumConnections: 1 });
    const socket = await connect(hub);
    expect(await upgrade(hub)).toMatchObject({ status: 503 });
    expect(counted.some((line) => line.startsWith('requestRefused 503'))).toBe(true);
    socket.cut();
  });
});

describe('origin and credentials', () => {
  it('27: a foreign origin is refused on negotiate, upgrade, streams, polls and posts', async () => {
    const { hub, log } = await startHardened({
      allowedOrigins: ['https://app.example'],
      originSettingHint: 'Set HUB_ORIGINS.',
    });
    const { url } = await negotiated(hub);
    for (const origin of ['https://app.example.evil', 'http://app.example', 'null']) {
      const headers = { ...ALICE, origin };
      expect((await http('POST', `${hub}/negotiate`, headers)).status).toBe(403);
      expect(await upgrade(url, headers)).toMatchObject({ status: 403 });
      const stream = { ...headers, accept: 'text/event-stream' };
      expect((await http('GET', url, stream)).status).toBe(403);
      expect((await http('GET', url, headers)).status).toBe(403);
      expect((await http('POST', url, headers, HANDSHAKE)).status).toBe(403);
    }
    expect(log()).toContain('https://app.example.evil');
    expect(log()).toContain('Set HUB_ORIGINS.');
  });

  it('28: a cookie is no credential, and no answer allows every origin', async () => {
    const { hub } = await startHardened({ allowedOrigins: ['https://app.example'] });
    const cookie = { cookie: 'access_token=token-a; token=token-a', origin: 'https://app.example' };
    const answer = await http('POST', `${hub}/negotiate`, cookie);
    expect(answer.status).toBe(401);
    expect(answer.headers['access-control-allow-origin']).toBe('https://app.example');
    expect(await upgrade(hub, { cookie: 'access_token=token-a' })).toMatchObject({ status: 401 });
  });

  it('29: no log line or metric holds a credential, whatever it is used for', async () => {
    const { hub, log, counted } = await startHardened();
    const secret = 'token-of-nobody';
    await http('POST', `${hub}/negotiate?access_token=${secret}`, {});
    await http('GET', `${hub}?id=x&access_token=token-a`, {});
    await upgrade(`${hub}?access_token=${secret}`, {});
    (await connect(`${hub}?access_token=token-a`, {})).send(`garbage${RS}`);
    await expect.poll(log).toContain('protocol_error');
    expect(log() + counted.join()).not.toMatch(/token-a|token-of-nobody/);
  });

  it("2: somebody else's negotiated token opens nothing", async () => {
    const { hub } = await startHardened();
    const { url } = await negotiated(hub);
    expect(await upgrade(url, BOB)).toMatchObject({ status: 404 });
    expect((await http('GET', url, BOB)).status).toBe(404);
    (await connect(url)).cut();
  });
});

/** Asks without a network, which would take a minute for so many; nobody is known by this. */
async function negotiateInProcess(server: SignalRServer<HubUser>): Promise<void> {
  const request = new IncomingMessage(new Socket());
  request.method = 'POST';
  request.url = '/hub/negotiate?negotiateVersion=1';
  request.headers = { host: 'hub.example' };
  const response = new ServerResponse(request);
  await server.handleRequest(request, response, 'negotiate');
  expect(response.statusCode).toBe(401);
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}
