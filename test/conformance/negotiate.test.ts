import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { HubUnderTest } from './hub-under-test.js';
import { ALLOWED_ORIGIN, startHub } from './hub-under-test.js';
import { http, open, upgrade } from './raw-client.js';

const reply = z.object({
  negotiateVersion: z.number().optional(),
  connectionId: z.string().optional(),
  connectionToken: z.string().optional(),
  availableTransports: z.unknown().optional(),
  useStatefulReconnect: z.unknown().optional(),
  error: z.string().optional(),
});

let hub: HubUnderTest;
let base: string;
beforeAll(async () => {
  hub = await startHub();
  base = `${hub.url}/hub`;
});
afterAll(() => hub.stop());

async function negotiate(query = '?negotiateVersion=1', path = '/hub/negotiate') {
  const answer = await http('POST', `${hub.url}${path}${query}`);
  expect(answer.status).toBe(200);
  return reply.parse(JSON.parse(answer.body));
}

describe('negotiate', () => {
  it('1, 12: version 1 gives a secret token, as JSON with a length', async () => {
    const answer = await http('POST', `${base}/negotiate?negotiateVersion=1`);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(answer.body.length),
    });
    const { negotiateVersion, connectionId, connectionToken } = reply.parse(
      JSON.parse(answer.body),
    );
    expect(negotiateVersion).toBe(1);
    expect(connectionToken).not.toBe(connectionId);
  });

  it('2: without a version it is version 0, whose id is the token', async () => {
    const { negotiateVersion, connectionId, connectionToken } = await negotiate('');
    expect([negotiateVersion, connectionToken]).toEqual([0, undefined]);
    const socket = await open(`${base}?id=${connectionId}`);
    await socket.close();
  });

  it.each([
    ['3: a version too new', '?negotiateVersion=9', { negotiateVersion: 1 }],
    [
      '4: no number',
      '?negotiateVersion=abc',
      { error: 'The client requested a non-integer protocol version.' },
    ],
    [
      'a version too old',
      '?negotiateVersion=-1',
      {
        error: "The client requested version '-1', but the server does not support this version.",
      },
    ],
    ['5: query names in any case', '?NEGOTIATEVERSION=1', { negotiateVersion: 1 }],
    ['7: a left-over id', '?negotiateVersion=1&id=left-over', { negotiateVersion: 1 }],
  ])('%s', async (_name, query, expected) => {
    expect(await negotiate(query)).toMatchObject(expected);
  });

  it('6: only POST is allowed', async () => {
    const answer = await http('GET', `${base}/negotiate`);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST, OPTIONS']);
  });

  it('7: an empty body declared as JSON is no fault', async () => {
    const headers = { authorization: 'Bearer token-a', 'content-type': 'application/json' };
    expect((await http('POST', `${base}/negotiate`, headers)).status).toBe(200);
  });

  it('8: ids are 128 bits in base64url and never repeat', async () => {
    const ids = new Set<string | undefined>();
    for (let n = 0; n < 50; n += 1) {
      const { connectionId, connectionToken } = await negotiate();
      expect(connectionId).toMatch(/^[\w-]{22}$/);
      expect(connectionToken).toMatch(/^[\w-]{22,}$/);
      ids.add(connectionId).add(connectionToken);
    }
    expect(ids.size).toBe(100);
  });

  it('9, 10, 11: lists what is served, and no stateful reconnect', async () => {
    const { availableTransports, useStatefulReconnect } = await negotiate(
      '?negotiateVersion=1&useStatefulReconnect=true',
    );
    expect(availableTransports).toEqual([
      { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
      { transport: 'ServerSentEvents', transferFormats: ['Text'] },
      { transport: 'LongPolling', transferFormats: ['Text', 'Binary'] },
    ]);
    expect(useStatefulReconnect).toBeUndefined();
  });

  it.each(['/HUB/Negotiate', '/hub/negotiate/'])('21: the path may be written %s', async (path) => {
    expect(await negotiate('?negotiateVersion=1', path)).toMatchObject({ negotiateVersion: 1 });
  });
});

describe('who is asking', () => {
  it('20: without a token 401 with an empty body and CORS headers', async () => {
    const answer = await http('POST', `${base}/negotiate`, { origin: ALLOWED_ORIGIN });
    expect([answer.status, answer.body]).toEqual([401, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': ALLOWED_ORIGIN,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
  });

  it('401 before the upgrade', async () => {
    expect(await upgrade(base, {})).toMatchObject({ status: 401 });
  });

  it('23: the token may stand in the query, and is logged nowhere', async () => {
    const socket = await open(`${base}?ACCESS_TOKEN=token-a`, {});
    await socket.close();
    expect((await http('POST', `${base}/negotiate?access_token=wrong-token`, {})).status).toBe(401);
    expect(hub.logLines.join()).not.toMatch(/token-a|wrong-token/);
  });

  it('500 without any detail when the host can not tell', async () => {
    const answer = await http('POST', `${base}/negotiate`, { authorization: 'Bearer broken' });
    expect([answer.status, answer.body]).toEqual([500, '']);
  });
});

describe('origin', () => {
  it('18, 19: preflight needs no token and echoes what is asked for', async () => {
    const answer = await http('OPTIONS', `${base}/negotiate`, {
      origin: ALLOWED_ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-requested-with,authorization',
    });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': ALLOWED_ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': 'x-requested-with,authorization',
      vary: 'Origin',
    });
  });

  const foreign = { authorization: 'Bearer token-a', origin: 'https://app.example.evil' };
  it('22: a foreign origin is refused on negotiate and upgrade, and logged with the remedy', async () => {
    const answer = await http('POST', `${base}/negotiate`, foreign);
    expect(answer.status).toBe(403);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(await upgrade(base, foreign)).toMatchObject({ status: 403 });
    expect(hub.logLines.join()).toMatch(/https:\/\/app\.example\.evil.*Set HUB_ORIGINS\./);
  });

  it.each([
    ['its own', (url: string) => url, 200],
    ['another port', () => 'http://127.0.0.1:1', 403],
    ['null', () => 'null', 403],
  ])('same-origin with %s origin', async (_name, originOf, status) => {
    const strict = await startHub({ allowedOrigins: [] });
    const headers = { authorization: 'Bearer token-a', origin: originOf(strict.url) };
    expect((await http('POST', `${strict.url}/hub/negotiate`, headers)).status).toBe(status);
    await strict.stop();
  });
});

describe('statuses before a connection stands', () => {
  it.each([
    ['14: GET without id', 'GET', '', 400],
    ['14: POST without id', 'POST', '', 400],
    ['14: DELETE without id', 'DELETE', '', 400],
    ['15: GET with an unknown id', 'GET', '?id=nope', 404],
    ['15: POST with an unknown id', 'POST', '?id=nope', 404],
    ['15: DELETE with an unknown id', 'DELETE', '?id=nope', 404],
    ['17: PUT', 'PUT', '?id=nope', 405],
  ])('%s', async (_name, method, query, status) => {
    expect((await http(method, base + query)).status).toBe(status);
  });

  it('10: a transport that is not served is 404', async () => {
    const { connectionToken } = await negotiate();
    const own = await startHub({ transports: ['ServerSentEvents'] });
    expect((await http('GET', `${own.url}/hub?id=${connectionToken}`)).status).toBe(404);
    expect(await upgrade(`${own.url}/hub`)).toMatchObject({ status: 404 });
    await own.stop();
  });

  it('16: an upgrade with an unknown id is 404', async () => {
    expect(await upgrade(`${base}?id=nope`)).toMatchObject({ status: 404 });
  });

  it('an upgrade elsewhere is 404', async () => {
    expect(await upgrade(`${hub.url}/other`)).toMatchObject({ status: 404 });
  });

  it('a token negotiated by somebody else is unknown', async () => {
    const { connectionToken } = await negotiate();
    const bob = { authorization: 'Bearer token-b' };
    expect(await upgrade(`${base}?id=${connectionToken}`, bob)).toMatchObject({ status: 404 });
  });

  it('33, 34, 35: what a live connection refuses', async () => {
    const { connectionToken } = await negotiate();
    const url = `${base}?id=${connectionToken}`;
    const socket = await open(url);
    expect(await upgrade(url)).toMatchObject({ status: 409 });
    const statuses = [];
    for (const method of ['POST', 'DELETE', 'GET']) statuses.push((await http(method, url)).status);
    expect(statuses).toEqual([405, 400, 400]);
    await socket.close();
    await expect.poll(() => upgrade(url)).toMatchObject({ status: 404 });
  });

  it('33: of two upgrades with one token at the same time one is refused', async () => {
    const { connectionToken } = await negotiate();
    const url = `${base}?id=${connectionToken}`;
    const outcomes = await Promise.all([upgrade(url), upgrade(url)]);
    expect(outcomes.filter((one) => 'status' in one)).toMatchObject([{ status: 409 }]);
  });

  it('429 when too many negotiations are pending, 503 when the hub is full', async () => {
    const small = await startHub({ maximumPendingNegotiations: 1, maximumConnections: 1 });
    const url = `${small.url}/hub`;
    const statuses = [];
    for (let n = 0; n < 2; n += 1) statuses.push((await http('POST', `${url}/negotiate`)).status);
    expect(statuses).toEqual([200, 429]);
    await open(url);
    expect(await upgrade(url)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    await small.stop();
  });

  it('other routes of the application are untouched', async () => {
    expect(await http('GET', `${hub.url}/other`)).toMatchObject({ status: 200, body: 'other' });
  });
});
