import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from '../rte/fixtures/directory.js';
import { basic, type RestHub, startRestHub } from './rest-fixture.js';

// What all paths of the REST interface have in common.

let hub: RestHub;
beforeAll(async () => {
  hub = await startRestHub({
    logins: {
      stranger: { kind: 'not-admitted', reason: 'not in the directory', detail: 'Who are you?' },
      guesser: { kind: 'throttled', retryAfterSeconds: 7 },
      unlucky: { kind: 'unavailable', retryAfterSeconds: 5, reason: 'wazo-auth is away' },
    },
  });
});
afterAll(() => hub.stop());

describe('who is not let in', () => {
  it.each([
    ['nobody', 401, {}, undefined],
    ['a wrong password', 401, basic('ann', 'wrong'), undefined],
    ['who is known but not of the directory', 403, basic('stranger'), undefined],
    ['who guessed too often', 429, basic('guesser'), '7'],
    ['who cannot be checked now', 503, basic('unlucky'), '5'],
  ] as const)('%s gets %i', async (_who, status, headers, retryAfter) => {
    const response = await hub.ask(undefined, '/users', { headers });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['www-authenticate'] !== undefined).toBe(status === 401);
    expect(response.headers['retry-after']).toBe(retryAfter);
  });

  it('learns nothing of a wrong request, nor is it read', async () => {
    const more = { method: 'POST', payload: { EventTypeID: 99 } } as const;
    const response = await hub.ask(undefined, '/users/me/availability?x=1', more);
    expect(response.statusCode).toBe(401);
  });
});

describe('conditional requests', () => {
  it.each(['/users', `/users/${ids.ann}`, '/queues', '/users/me/availability/current', '/events'])(
    'of %s are 304 until something changes',
    async (url) => {
      const first = await hub.ask('ann', url);
      const tag = String(first.headers.etag);
      expect(tag).toMatch(/^"[\w-]{27}"$/u);
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await hub.ask('ann', url, { headers: { 'if-none-match': known } });
        expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag]);
      }
      const other = await hub.ask('ann', url, { headers: { 'if-none-match': '"other"' } });
      expect([other.statusCode, other.body]).toEqual([200, first.body]);
    },
  );

  it('tell of a change', async () => {
    const url = '/users/me/availability/current';
    const { headers } = await hub.ask('ann', url);
    const payload = { EventTypeID: 6 };
    await hub.ask('ann', '/users/me/availability', { method: 'POST', payload });
    const changed = await hub.ask('ann', url, {
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(changed.statusCode).toBe(200);
  });
});

describe('methods', () => {
  it.each(['/users', '/events/QueueStatus', '/users/me/status'])(
    'HEAD of %s is GET without the body',
    async (url) => {
      const get = await hub.ask('ann', url);
      const head = await hub.ask('ann', url, { method: 'HEAD' });
      expect([head.statusCode, head.body]).toEqual([200, '']);
      expect(head.headers['content-length']).toBe(get.headers['content-length']);
      expect(head.headers.etag).toBe(get.headers.etag);
    },
  );

  it.each([
    ['DELETE', '/users', 'GET, HEAD'],
    ['POST', '/users/', 'GET, HEAD'],
    ['PUT', '/API/user', 'GET, HEAD, POST'],
    ['GET', '/users/me/availability', 'POST'],
    ['OPTIONS', '/users/me/availability/x', 'DELETE'],
    ['PATCH', '/queues/x/status?a=b', 'GET, HEAD'],
  ] as const)('%s of %s is 405, and told what is taken', async (method, url, allow) => {
    const response = await hub.ask('ann', url, { method });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe(allow);
    expect(response.json()).toMatchObject({ detail: `This path takes ${allow}.` });
  });

  it('of a path that is not there are 404', async () => {
    expect((await hub.ask('ann', '/users/me/nothing', { method: 'POST' })).statusCode).toBe(404);
  });
});

describe('media types', () => {
  it.each([
    ['text/html', 406],
    ['application/json;q=0, */*', 406],
    ['application/xml, text/*', 406],
    ['application/xml, */*;q=0.1', 200],
    ['application/*', 200],
    ['APPLICATION/JSON; charset=utf-8', 200],
    ['', 200],
  ])('Accept %j is %i', async (accept, status) => {
    expect((await hub.ask('ann', '/users', { headers: { accept } })).statusCode).toBe(status);
  });

  it.each([
    ['text/plain', 'x', 415],
    ['application/xml', '<x/>', 415],
    ['application/x-www-form-urlencoded', 'EventTypeID=3', 415],
    ['application/json', '{"EventTypeID":', 400],
    ['application/json', '{"__proto__":{"a":1},"EventTypeID":3}', 400],
    ['application/json', '', 400],
    ['application/json', 'null', 400],
    ['application/json; charset=utf-8', '{"EventTypeID":3}', 200],
  ])('a body of type %s with %s is %i', async (type, payload, status) => {
    const more = { method: 'POST', payload, headers: { 'content-type': type } } as const;
    const response = await hub.ask('ann', '/users/me/availability', more);
    expect(response.statusCode).toBe(status);
    const kind = status === 200 ? 'application/json' : 'application/problem+json';
    expect(response.headers['content-type']).toBe(`${kind}; charset=utf-8`);
  });

  it('of 70 kB is 413', async () => {
    const payload = { EventTypeID: 3, Note: 'x'.repeat(70_000) };
    const response = await hub.ask('ann', '/users/me/availability', { method: 'POST', payload });
    expect(response.statusCode).toBe(413);
  });

  it('named for a body that is not there do no harm', async () => {
    const headers = { 'content-type': 'application/json' };
    const more = { method: 'DELETE', headers } as const;
    const response = await hub.ask('ann', '/users/me/availability/x', more);
    expect(response.statusCode).toBe(404);
  });
});
