import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventNames, extensionEventNames } from '../../../src/rte/events/event-catalogue.js';
import { eventJsonSchema } from '../../../src/rte/events/event-json-schema.js';
import { type RestHub, startRestHub } from './rest-fixture.js';

// Paths that need no login.

let hub: RestHub;
beforeEach(async () => {
  hub = await startRestHub();
});
afterEach(() => hub.stop());

describe('the catalogue of events', () => {
  it('has all events, with what is to be known of each', async () => {
    const response = await hub.ask(undefined, '/events/');
    const entries = z.array(z.looseObject({ Name: z.string() })).parse(response.json());
    expect(entries.map(({ Name }) => Name)).toEqual([...eventNames, ...extensionEventNames]);
    expect(entries.find(({ Name }) => Name === 'QueueStatus')).toEqual({
      Name: 'QueueStatus',
      EntityType: 'Queue',
      Kind: 'state',
      MessageTTLSeconds: 60,
      IsExtension: false,
      Description: 'The counters of a queue; sent when one of them has changed.',
      Schema: '/events/QueueStatus',
    });
  });

  it('has the JSON Schema of each, by its name in any letter case', async () => {
    const response = await hub.ask(undefined, '/events/queuestatus/');
    expect(response.json()).toEqual(eventJsonSchema('QueueStatus'));
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('does not have others', async () => {
    expect((await hub.ask(undefined, '/events/Nothing')).statusCode).toBe(404);
  });
});

/** Asks where the services of a user are. */
function find(url: string, payload?: object) {
  const headers = { host: 'hub.test:8080' };
  const more = payload === undefined ? {} : { method: 'POST' as const, payload };
  return hub.ask(undefined, url, { headers, ...more });
}

/** Asks for a user from an address. */
function findFrom(remoteAddress: string, name: string) {
  return hub.ask(undefined, `/api/user?user=${name}@example.com`, { remoteAddress });
}

describe('discovery', () => {
  const found = [{ username: 'Ann@example.com', apiEndpoint: 'http://hub.test:8080' }];

  it.each<[string, string, object | undefined]>([
    ['in the query', '/api/user?user=Ann@example.com', undefined],
    ['in the query, with a slash', '/api/user/?user=Ann%40example.com', undefined],
    ['in the body', '/api/user', { user: 'Ann@example.com' }],
    ['in the body, with more', '/api/user', { user: 'Ann@example.com', version: 2 }],
    ['in the query of a POST', '/api/user?user=Ann@example.com', {}],
  ])('finds who is named %s', async (_where, url, payload) => {
    const known = { ...hub.directory.current };
    const ann = known.userByName('ann@example.com');
    hub.directory.replace({
      ...known,
      userByName: (name) => (/^ann@/iu.test(name) ? ann : undefined),
    });
    expect((await find(url, payload)).json()).toEqual(found);
  });

  it('finds nobody who is not there, and says so by an empty list', async () => {
    const response = await find('/api/user?user=nobody@example.com');
    expect([response.statusCode, response.json()]).toEqual([200, []]);
  });

  it('tells the public address where there is one', async () => {
    const named = await startRestHub({ publicUrl: 'https://rte.example/hub' });
    const response = await named.ask(undefined, '/api/user?user=ann@example.com');
    expect(response.json()).toMatchObject([{ apiEndpoint: 'https://rte.example/hub' }]);
    await named.stop();
  });

  it.each([
    ['nobody in the query', '/api/user', undefined, 'user'],
    ['nobody in the body', '/api/user', {}, 'user'],
    ['another type', '/api/user', { user: 7 }, 'user'],
    ['more', '/api/user?user=a&users=b', undefined, 'users'],
  ])('refuses %s', async (_what, url, payload, field) => {
    const response = await find(url, payload);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ field }] });
  });

  it('refuses to make an address of a Host header that is none', async () => {
    const headers = { host: 'a b' };
    const response = await hub.ask(undefined, '/api/user?user=ann@example.com', { headers });
    expect(response.statusCode).toBe(400);
  });

  it('has who asks for many that are not there wait, and nobody else', async () => {
    for (let i = 0; i < 30; i += 1) {
      expect((await findFrom('192.0.2.1', `nobody${String(i)}`)).statusCode).toBe(200);
    }
    const response = await findFrom('192.0.2.1', 'ann');
    expect(response.statusCode).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    expect((await findFrom('192.0.2.2', 'ann')).json()).toHaveLength(1);
  });
});
