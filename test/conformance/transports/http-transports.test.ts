import { request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ALICE, BOB, http, negotiate, negotiated } from '../raw/http.js';
import { connectPoller, openPoller } from '../raw/long-polling.js';
import { call, HANDSHAKE, RS } from '../raw/records.js';
import { connectEventStream } from '../raw/server-sent-events.js';
import { connect, upgrade } from '../raw/web-socket.js';
import type { HubServer } from './hub-server.js';
import { startHubServer, userOf } from './hub-server.js';

const ORIGIN = 'https://app.example';
const EVENTS = { ...ALICE, accept: 'text/event-stream' };

const started: HubServer[] = [];
const start: typeof startHubServer = async (...settings) => {
  const one = await startHubServer({ closeTimeoutMs: 1, ...settings[0] }, settings[1]);
  started.push(one);
  return one;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
});

describe('POST', () => {
  it('parallel ones are handled in order of arrival, however long it takes to know the sender', async () => {
    const waiting: (() => void)[] = [];
    let held = false;
    const { hub, notes } = await start(
      {},
      {
        authenticate: async ({ token = '' }) => {
          if (held) await new Promise<void>((resolve) => waiting.push(resolve));
          return userOf(token);
        },
      },
    );
    const poller = await connectPoller(hub);
    held = true;
    const posts: Promise<{ status: number }>[] = [];
    for (let n = 0; n < 10; n += 1) {
      posts.push(poller.post(call('Note', [n])));
      // They travel on different TCP connections; each has arrived once its sender is asked for.
      await expect.poll(() => waiting.length, { interval: 1 }).toBe(n + 1);
    }
    held = false;
    // The later the request, the sooner its sender is known.
    for (const known of waiting.toReversed()) {
      known();
      await setImmediate();
    }
    expect((await Promise.all(posts)).map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(notes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    ['announced', (body: string) => ({ 'content-length': body.length })],
    ['in chunks', () => ({ 'transfer-encoding': 'chunked' })],
  ])('a body over the bound is 413, %s, and the connection lives', async (_name, headersOf) => {
    const { hub, notes } = await start({ maximumTransportMessageSize: 40_000 });
    const poller = await connectPoller(hub);
    const body = call('Note', ['x'.repeat(40_000)]);
    expect(await rawPost(poller.url, headersOf(body), body)).toBe(413);
    expect((await poller.post(call('Note', ['alive']))).status).toBe(200);
    expect(notes).toEqual(['alive']);
  });

  it('a message over its bound ends the connection with a reason', async () => {
    const { hub } = await start();
    const poller = await connectPoller(hub);
    await poller.post(call('Note', ['x'.repeat(33_000)]));
    const text = '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}';
    expect((await poller.poll()).body).toBe(text + RS);
  });

  it('one that is cut off leaves nothing behind, and holds up nobody', async () => {
    let asked = 0;
    const { hub, notes } = await start(
      {},
      {
        authenticate: ({ token = '' }) => {
          asked += 1;
          return Promise.resolve(userOf(token));
        },
      },
    );
    const { stream, url } = await connectEventStream(hub);
    const askedBefore = asked;
    const cut = request(url, { method: 'POST', headers: { ...ALICE, 'content-length': 1_000 } });
    cut.on('error', () => {
      // It is cut off on purpose.
    });
    cut.write(call('Note', ['half']));
    await expect.poll(() => asked, { interval: 1 }).toBe(askedBefore + 1);
    cut.destroy();
    expect(await stream.send(call('Note', ['whole']))).toBe(200);
    expect(notes).toEqual(['whole']);
  });

  it('further ones are 429 when too many wait', async () => {
    const { hub } = await start({ maximumWaitingPosts: 1 });
    const { stream, url } = await connectEventStream(hub);
    const first = request(url, { method: 'POST', headers: { ...ALICE, 'content-length': 10 } });
    const answered = new Promise<number | undefined>((resolve) => {
      first.once('response', ({ statusCode }) => resolve(statusCode));
    });
    first.write('     ');
    await expect.poll(() => stream.send(call('Note', [1]))).toBe(429);
    first.end(`    ${RS}`);
    expect(await answered).toBe(200);
  });

  it('before the first GET is 409', async () => {
    const { hub } = await start();
    const { url } = await negotiated(hub);
    expect((await http('POST', url, ALICE, HANDSHAKE)).status).toBe(409);
    expect((await http('DELETE', url)).status).toBe(400);
  });
});

describe('one connection, one user', () => {
  it("every request with somebody else's token is 404, and changes nothing", async () => {
    const { hub, notes } = await start();
    const poller = await connectPoller(hub);
    const { stream, url } = await connectEventStream(hub);
    const statuses = [
      (await poller.poll(BOB)).status,
      (await poller.post(call('Note', ['foreign']), BOB)).status,
      (await http('DELETE', poller.url, BOB)).status,
      (await http('POST', url, BOB, call('Note', ['foreign']))).status,
      (await http('GET', url, { ...EVENTS, ...BOB })).status,
    ];
    expect(statuses).toEqual([404, 404, 404, 404, 404]);
    await poller.post(call('Note', ['own']));
    expect(await stream.send(call('Note', ['own, too']))).toBe(200);
    expect(notes).toEqual(['own', 'own, too']);
  });

  it('the expiry of the token ends an event stream, with leave to reconnect', async () => {
    const { hub } = await start(
      { closeOnAuthenticationExpiration: true },
      { authenticate: () => Promise.resolve({ id: 'alice', expiresAt: Date.now() }) },
    );
    const { stream } = await connectEventStream(hub);
    expect(await stream.next()).toBe('{"type":7,"allowReconnect":true}');
    await stream.ended;
  });

  it('a poll with a newer token moves the expiry', async () => {
    let expiresAt = Date.now() + 60_000;
    const { hub } = await start(
      { closeOnAuthenticationExpiration: true },
      { authenticate: () => Promise.resolve({ id: 'alice', expiresAt }) },
    );
    const poller = await connectPoller(hub);
    expiresAt = 0;
    expect((await poller.poll()).body).toBe(`{"type":7,"allowReconnect":true}${RS}`);
  });
});

describe('SSE and Long Polling', () => {
  it('carry the headers of CORS on everything, and refuse foreign origins', async () => {
    const { hub } = await start({ allowedOrigins: [ORIGIN] });
    const poller = await openPoller(hub);
    await poller.post(HANDSHAKE);
    const headers = { ...ALICE, origin: ORIGIN };
    const cors = {
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    };
    const { url } = await negotiated(hub);
    const answers = [
      await poller.poll(headers),
      await poller.post(call('Note', [1]), headers),
      await http('GET', `${hub}?id=nope`, headers),
      await http('DELETE', poller.url, headers),
    ];
    for (const answer of answers) expect(answer.headers).toMatchObject(cors);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 202]);
    const foreign = { ...EVENTS, origin: `${ORIGIN}.evil` };
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect((await http(method, url, foreign)).status).toBe(403);
    }
  });

  it('tell nginx not to buffer events', async () => {
    const { hub } = await start();
    const { stream } = await connectEventStream(hub);
    expect(stream.response.headers).toMatchObject({
      'x-accel-buffering': 'no',
      'content-encoding': 'identity',
    });
  });

  it('are 503 when the hub is full', async () => {
    const { hub } = await start({ maximumConnections: 1 });
    await connectEventStream(hub);
    const { url } = await negotiated(hub);
    expect((await http('GET', url, EVENTS)).status).toBe(503);
    expect((await http('GET', url)).status).toBe(503);
  });

  it('refuse a WebSocket on their connection with 400', async () => {
    const { hub } = await start();
    const poller = await openPoller(hub);
    expect(await upgrade(poller.url)).toMatchObject({ status: 400 });
  });

  it.each(['SSE', 'Long Polling'])('leave nothing behind: %s', async (name) => {
    const { hub, server } = await start();
    if (name === 'SSE') (await connectEventStream(hub)).stream.cut();
    else await (await connectPoller(hub)).delete();
    const nothing = { connections: 0, pendingNegotiations: 0, groups: 0, outboundBytes: 0 };
    await expect.poll(() => server.stats()).toMatchObject(nothing);
  });

  it('are told of a drain, with leave to reconnect', async () => {
    const { hub, server } = await start({ closeTimeoutMs: 5_000 });
    const { stream } = await connectEventStream(hub);
    const poller = await connectPoller(hub);
    const held = poller.poll();
    const drained = server.drain();
    const close = '{"type":7,"allowReconnect":true}';
    expect([await stream.next(), (await held).body]).toEqual([close, close + RS]);
    await stream.ended;
    expect((await poller.poll()).status).toBe(204);
    await drained;
    expect(server.connectionCount).toBe(0);
  });
});

describe('redirect', () => {
  it('is what the host says, to whom it says so', async () => {
    const { hub } = await start(
      {},
      {
        negotiate: ({ user, query }) =>
          Promise.resolve(
            user.id === 'bob'
              ? { url: `https://other.example/hub?room=${query.get('room')}`, accessToken: 'new' }
              : undefined,
          ),
      },
    );
    expect(await negotiate(hub, 'negotiateVersion=1&Room=7', BOB)).toEqual({
      negotiateVersion: 1,
      url: 'https://other.example/hub?room=7',
      accessToken: 'new',
    });
    (await connect((await negotiated(hub)).url)).cut();
  });

  it('is 500 without detail when the host fails', async () => {
    const { hub } = await start({}, { negotiate: () => Promise.reject(new Error('secret')) });
    const answer = await http('POST', `${hub}/negotiate?negotiateVersion=1`);
    expect([answer.status, answer.body]).toEqual([500, '']);
  });
});

/** A POST whose headers are exactly those given. @returns the status */
function rawPost(url: string, headers: Record<string, string | number>, body: string) {
  const asking = request(url, { method: 'POST', headers: { ...ALICE, ...headers }, agent: false });
  const status = new Promise<number>((resolve, reject) => {
    asking.once('response', (answer) => {
      resolve(z.number().parse(answer.statusCode));
      answer.resume();
    });
    asking.once('error', reject);
  });
  asking.on('error', () => {
    // The server may close before all was sent; what counts is its answer.
  });
  asking.end(body);
  return status;
}

describe('what operators see', () => {
  it('is every connection with its transport, and where it comes from', async () => {
    const { hub, server } = await start(
      {},
      { remoteAddress: ({ headers }) => String(headers['x-forwarded-for'] ?? 'direct') },
    );
    await connectPoller(hub);
    await connectEventStream(hub);
    const seen: string[] = [];
    for await (const { transport, protocol, remoteAddress } of server.connections()) {
      seen.push(`${transport} ${protocol} ${remoteAddress}`);
    }
    expect(seen).toEqual(['LongPolling json direct', 'ServerSentEvents json direct']);
  });

  it('is every refused request, with who asked where that is known', async () => {
    const refused: string[] = [];
    const { hub } = await start(
      {},
      {
        onRequestRefused: ({ status, reason, token, user }) => {
          refused.push(`${status} ${reason} ${String(token)} ${String(user?.id)}`);
          throw new Error('a fault of the host');
        },
      },
    );
    const nobody = { authorization: 'Bearer wrong' };
    expect((await http('POST', `${hub}/negotiate`, nobody)).status).toBe(401);
    expect((await http('GET', `${hub}?id=unknown`)).status).toBe(404);
    expect(refused).toEqual(['401 unauthorized wrong undefined', '404 unknown_id token-a alice']);
  });
});
