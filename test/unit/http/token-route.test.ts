import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ids } from '../directory/directory-fixture.js';
import { basic, tokenServer } from './token-fixture.js';

const answerSchema = z.object({ WssEndpoint: z.string(), Token: z.string(), Url: z.string() });

async function get(path: string, headers: Record<string, string>, changes = {}) {
  const { server, verifier, logins } = await tokenServer(changes);
  const response = await server.inject({
    url: path,
    headers: { host: 'hub.test:8080', ...headers },
  });
  return { response, verifier, logins };
}

describe('whose token', () => {
  it.each([
    ['me', '/token/me/rte/', 'anna', ids.anna],
    ['me in capitals', '/token/ME/rte', 'anna', ids.anna],
    ['the own id', `/token/${ids.anna}/rte/`, 'anna', ids.anna],
    ['the own id in capitals', `/token/${ids.anna.toUpperCase()}/rte`, 'anna', ids.anna],
    ['the path in capitals', '/TOKEN/me/RTE/', 'ANNA', ids.anna],
    ["a user of the admin's organization", `/token/${ids.anna}/rte/`, 'ben', ids.anna],
  ])('%s gives a token for that user', async (_who, path, userName, subject) => {
    const { response, verifier, logins } = await get(path, basic(userName));
    expect(response.statusCode).toBe(200);
    const { Token: token } = answerSchema.parse(response.json());
    expect(await verifier.verify(token)).toMatchObject({ ok: true, claims: { sub: subject } });
    expect(logins).toEqual(['accepted']);
  });

  it.each([
    ['an agent asks for another user', ids.ben, 'anna', 403],
    ['an agent asks for nobody', 'cccccccc-0000-4000-8000-000000000001', 'anna', 403],
    ['an agent asks for something malformed', 'xyz', 'anna', 403],
    ['an admin asks for a user of another organization', ids.anna, 'olga', 403],
    ['an admin asks for nobody', 'cccccccc-0000-4000-8000-000000000001', 'ben', 404],
  ])('%s: %s by %s is %i', async (_case, id, userName, status) => {
    const { response, logins } = await get(`/token/${id}/rte/`, basic(userName));
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
    expect(response.json()).toMatchObject({ status });
    expect(logins).toEqual(['accepted', 'forbidden']);
  });

  it('what an agent hears about a foreign id does not depend on whether it exists', async () => {
    const existing = await get(`/token/${ids.olga}/rte/`, basic('anna'));
    const missing = await get('/token/cccccccc-0000-4000-8000-000000000001/rte/', basic('anna'));
    expect(existing.response.body).toBe(missing.response.body);
  });
});

describe('who is not let in', () => {
  it.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['a wrong password', basic('anna', 'wrong')],
    ['an unknown name', basic('nobody')],
    ['another scheme', { authorization: 'Bearer abc' }],
    ['malformed credentials', { authorization: 'Basic !!!' }],
  ])('%s gets 401 with a challenge', async (_who, headers) => {
    const { response } = await get('/token/me/rte/', headers);
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Basic realm="rte-hub", charset="UTF-8"');
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('a wrong password and an unknown name are answered alike', async () => {
    const wrong = await get('/token/me/rte/', basic('anna', 'wrong'));
    const unknown = await get('/token/me/rte/', basic('nobody'));
    expect(wrong.response.body).toBe(unknown.response.body);
  });

  it('the eleventh attempt in a minute is 429 with Retry-After', async () => {
    const { server } = await tokenServer();
    const attempt = () => server.inject({ url: '/token/me/rte/', headers: basic('anna', 'wrong') });
    for (let i = 0; i < 10; i += 1) expect((await attempt()).statusCode).toBe(401);
    const response = await attempt();
    expect(response.statusCode).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(response.headers['retry-after'])).toBeLessThanOrEqual(60);
  });
});

describe('behind a reverse proxy', () => {
  const PROXY = '10.1.2.3';

  /** The server as the proxies given see it, and an attempt that a proxy hands on for a client. */
  async function behind(trustedProxies: readonly string[]) {
    const { server } = await tokenServer({}, trustedProxies);
    return (client: string, password: string, headers = {}) =>
      server.inject({
        url: '/token/me/rte/',
        remoteAddress: PROXY,
        headers: { ...basic('anna', password), 'x-forwarded-for': client, ...headers },
      });
  }

  it.each([[PROXY], ['10.0.0.0/8'], ['::ffff:10.1.2.3']])(
    'that is trusted as %s, failed logins of one client are not held against another',
    async (trusted) => {
      const attempt = await behind([trusted]);
      for (let i = 0; i < 10; i += 1) await attempt('192.0.2.1', 'wrong');
      expect((await attempt('192.0.2.1', 'secret')).statusCode).toBe(429);
      expect((await attempt('192.0.2.2', 'secret')).statusCode).toBe(200);
    },
  );

  it.each([[[]], [['10.9.0.0/16']]])(
    'that is not among %j, what it says of its clients is not believed',
    async (trusted) => {
      const attempt = await behind(trusted);
      for (let i = 0; i < 10; i += 1) await attempt(`192.0.2.${String(i)}`, 'wrong');
      const response = await attempt('192.0.2.99', 'secret');
      expect(response.statusCode).toBe(429);
    },
  );

  it('that is trusted, the addresses handed out are those of the proxy', async () => {
    const attempt = await behind([PROXY]);
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'rte.example' };
    const response = await attempt('192.0.2.1', 'secret', forwarded);
    expect(response.json()).toMatchObject({
      WssEndpoint: 'wss://rte.example/rte',
      Url: 'https://rte.example/rte',
    });
  });
});

describe('the answer', () => {
  it('has exactly the documented fields and is not to be stored', async () => {
    const { response } = await get('/token/me/rte/', basic('anna'));
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(response.json()))).toEqual([
      'WssEndpoint',
      'Token',
      'Url',
      'ExpiresIn',
    ]);
    expect(response.json()).toMatchObject({ ExpiresIn: 600 });
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['content-type']).toMatch(/^application\/json/u);
  });

  it.each([
    ['wss', 'https://rte.example', 'wss://rte.example/rte', 'https://rte.example/rte'],
    ['wss', 'http://rte.example', 'ws://rte.example/rte', 'http://rte.example/rte'],
    ['wss', 'https://rte.example/b', 'wss://rte.example/b/rte', 'https://rte.example/b/rte'],
    ['wss', undefined, 'ws://hub.test:8080/rte', 'http://hub.test:8080/rte'],
    ['https', 'https://rte.example', 'https://rte.example/rte', 'https://rte.example/rte'],
    ['https', 'http://rte.example', 'http://rte.example/rte', 'http://rte.example/rte'],
    ['https', undefined, 'http://hub.test:8080/rte', 'http://hub.test:8080/rte'],
  ])('scheme %s and public URL %s give %s and %s', async (scheme, publicUrl, endpoint, url) => {
    const changes = { endpointScheme: scheme, publicUrl };
    const { response } = await get('/token/me/rte/', basic('anna'), changes);
    expect(response.json()).toMatchObject({ WssEndpoint: endpoint, Url: url });
  });

  it('has the old spelling too when asked for', async () => {
    const { response } = await get('/token/me/rte/', basic('anna'), { legacyWssEndpoint: true });
    expect(response.json()).toMatchObject({ WSSEndpoint: 'ws://hub.test:8080/rte' });
  });

  it('a Host header that is no host is 400', async () => {
    const { response } = await get('/token/me/rte/', { ...basic('anna'), host: 'a/b@c' });
    expect(response.statusCode).toBe(400);
  });
});
