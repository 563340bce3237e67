import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../../support/e2e-directory.js';
import { startTestHub, type TestHub } from '../../support/test-hub.js';

const UI = 'https://ui.example';
const STRANGER = 'https://elsewhere.example';

let hub: TestHub;
let closed: TestHub;

beforeAll(async () => {
  hub = await startTestHub({ RTE_SOURCES: 'simulator', RTE_ALLOWED_ORIGINS: UI });
  closed = await startTestHub({ RTE_SOURCES: 'simulator' });
});

afterAll(async () => {
  await hub.stop();
  await closed.stop();
});

function ask(path: string, init: { method?: string; headers?: Record<string, string> } = {}) {
  return fetch(`${hub.url}${path}`, init);
}

function preflight(path: string, origin: string, method: string, headers: string) {
  return ask(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': headers,
    },
  });
}

function as(userName: string, password = PASSWORD) {
  return {
    authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
  };
}

describe('a page of an origin in RTE_ALLOWED_ORIGINS', () => {
  it.each([
    ['/token/me/rte/', 'GET', 'authorization'],
    ['/token/me/rte/', 'GET', 'x-auth-token'],
    ['/authuser/agent/', 'POST', 'content-type'],
    ['/users/me/status', 'GET', 'authorization'],
    ['/callbacks/aaaaaaaa-0000-4000-8000-000000000301', 'PATCH', 'authorization,if-match'],
    ['/users/me/availability/current', 'DELETE', 'authorization,x-json-serializer'],
  ])('may ask for %s with %s and %s', async (path, method, headers) => {
    const answer = await preflight(path, UI, method, headers);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
    expect(answer.headers.get('access-control-allow-methods')?.split(', ')).toContain(method);
    expect(answer.headers.get('access-control-allow-headers')).toBe(headers);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each([
    ['a token', '/token/me/rte/', as('agent'), 200],
    ['why it gets none', '/token/me/rte/', as('agent', 'wrong'), 401],
    ['an answer of REST', '/users/me', as('agent'), 200],
    ['what is wrong with its request', '/users?Limit=none', as('agent'), 400],
    ['that there is nothing', '/nothing', {}, 404],
  ])('can read %s', async (_what, path, headers, status) => {
    const answer = await ask(path, { headers: { origin: UI, ...headers } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
    expect(answer.headers.get('access-control-expose-headers')?.split(', ')).toEqual(
      expect.arrayContaining(['ETag', 'Date', 'Retry-After', 'Link']),
    );
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it("is answered by the hub itself on the hub's paths", async () => {
    const answer = await preflight('/rte/negotiate', UI, 'POST', 'authorization');
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    const { Token } = await hub.token('agent');
    const negotiated = await ask('/rte/negotiate?negotiateVersion=1', {
      method: 'POST',
      headers: { origin: UI, authorization: `Bearer ${Token}` },
    });
    expect(negotiated.status).toBe(200);
    expect(negotiated.headers.get('access-control-allow-origin')).toBe(UI);
    expect(negotiated.headers.get('access-control-expose-headers')).toBe('Retry-After');
  });
});

describe('everybody else', () => {
  it('a page of another origin gets nothing that would let it read an answer', async () => {
    const asked = await preflight('/token/me/rte/', STRANGER, 'GET', 'authorization');
    expect(asked.status).toBe(405);
    const answer = await ask('/users/me', { headers: { origin: STRANGER, ...as('agent') } });
    expect(answer.status).toBe(200);
    for (const { headers } of [asked, answer]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      // A cache must not give this answer to the page that may read it.
      expect(headers.get('vary')).toContain('Origin');
    }
  });

  it("the hub's own pages and other clients are answered as ever", async () => {
    for (const headers of [{}, { origin: hub.url }]) {
      const answer = await ask('/users/me', { headers: { ...headers, ...as('agent') } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    const options = await ask('/users/me', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('without the setting no page of another origin is let in, and nothing varies', async () => {
    const answer = await fetch(`${closed.url}/users/me`, {
      headers: { origin: UI, ...as('agent') },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('vary') ?? '').not.toContain('Origin');
  });
});
