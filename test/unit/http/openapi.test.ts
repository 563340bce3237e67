import { readFile } from 'node:fs/promises';
import { createConfig, lint } from '@redocly/openapi-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { interfaceDocuments } from '../../../scripts/interface-documents.js';
import { ids } from '../rte/fixtures/directory.js';
import { connectionOf } from './console-fixture.js';
import { Contract } from './openapi-contract.js';
import { basic, NOW, type RestHub, startRestHub } from './rest-fixture.js';

const contract = new Contract();
const documents = await interfaceDocuments();

describe.each(documents)('the document of $name', ({ file, text }) => {
  it('is as the source says (else npm run generate)', async () => {
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('has nothing that a linter minds', async () => {
    // Health and figures cannot be asked for in a wrong way.
    const rules = { 'operation-4xx-response': 'off' } as const;
    const config = await createConfig({ extends: ['recommended'], rules });
    const problems = await lint({ ref: file.pathname, config });
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });
});

let hub: RestHub;
beforeAll(async () => {
  hub = await startRestHub({
    logins: {
      stranger: { kind: 'not-admitted', reason: 'not in the directory', detail: 'Who are you?' },
      guesser: { kind: 'throttled', retryAfterSeconds: 7 },
      unlucky: { kind: 'unavailable', retryAfterSeconds: 5, reason: 'wazo-auth is away' },
    },
  });
  const said = { availability: 'Away', note: '', source: 'wazo-chatd' } as const;
  hub.tell({ kind: 'presence-changed', at: NOW, userId: ids.bob, ...said });
});
afterAll(() => hub.stop());

it('the OpenAPI document has every route, and no other', () => {
  const documented = contract.operations.map(({ method, path }) => `${method} ${path}`);
  const served = hub.routes.filter((route) => !route.startsWith('HEAD '));
  expect(documented.toSorted()).toEqual(served.toSorted());
});

type Ask = Parameters<RestHub['ask']>;

/** Sends a request and has the answer checked. */
async function check(id: string, [who, url, more]: Ask): Promise<number> {
  const response = await hub.ask(who, url, more);
  const faults = contract.faults(contract.operation(id), response);
  expect([id, response.statusCode, faults]).toEqual([id, response.statusCode, []]);
  return response.statusCode;
}

const post = (payload: object) => ({ method: 'POST', payload }) as const;
const DELETE = { method: 'DELETE' } as const;
const known = { headers: { 'if-none-match': '*' } };

/** Requests of each operation that end as only it can. */
const OWN: Readonly<Record<string, () => readonly Ask[]>> = {
  discover: () => [[undefined, '/api/user?user=ann@example.com'], ...tooMany()],
  discoverByBody: () => [
    [undefined, '/api/user', { ...post({ user: 'ann@example.com' }), remoteAddress: '192.0.2.7' }],
    ...tooMany().map(([who, url, more]): Ask => [who, url, { ...more, method: 'POST' }]),
  ],
  listUsers: () => [
    ['ann', '/users'],
    ['ann', '/users?Limit=2'],
    ['ann', '/users', known],
  ],
  getUser: () => [
    ['ann', '/users/me'],
    ['ann', `/users/${ids.eve}`],
    ['ann', '/users/me', known],
  ],
  getUserStatus: () => [
    ['ann', '/users/me/status'],
    ['ann', `/users/${ids.eve}/status`],
  ],
  getCurrentAvailability: () => [
    ['ann', '/users/me/availability/current'],
    ['ann', `/users/${ids.bob}/availability/current`],
    ['ann', `/users/${ids.eve}/availability/current`],
    ['ann', '/users/me/availability/current', known],
  ],
  setAvailability: () => [
    ['ann', '/users/me/availability', post({ EventTypeID: 3 })],
    ['ann', '/users/me/availability', post({ EventTypeID: 99, Note: 7 })],
    ['ann', `/users/${ids.bob}/availability`, post({ EventTypeID: 3 })],
    ['ann', `/users/${ids.eve}/availability`, post({ EventTypeID: 3 })],
  ],
  endAvailability: () => [
    ['ann', `/users/${ids.bob}/availability/x`, DELETE],
    ['ann', '/users/me/availability/x', DELETE],
  ],
  listQueues: () => [
    ['adam', '/queues'],
    ['adam', '/queues?Limit=1'],
    ['adam', '/queues', known],
  ],
  getQueue: () => [
    ['ann', `/queues/${ids.sales}`],
    ['ann', `/queues/${ids.support}`],
    ['ann', `/queues/${ids.sales}`, known],
  ],
  getQueueStatus: () => [
    ['ann', `/queues/${ids.sales}/status`],
    ['ann', `/queues/${ids.support}/status`],
  ],
  listQueueHistories: () => [
    ['adam', '/queues/history'],
    ['adam', '/queues/history?Limit=1'],
  ],
  getQueueHistory: () => [
    ['ann', `/queues/${ids.sales}/history`],
    ['ann', `/queues/${ids.support}/history`],
  ],
  listEvents: () => [
    [undefined, '/events'],
    [undefined, '/events', known],
  ],
  getEventSchema: () => [
    [undefined, '/events/QueueStatus'],
    [undefined, '/events/None'],
    [undefined, '/events/QueueStatus', known],
  ],
  getOpenApi: () => [
    [undefined, '/openapi.json'],
    [undefined, '/openapi.json', known],
  ],
  getAsyncApi: () => [
    [undefined, '/asyncapi.json'],
    [undefined, '/asyncapi.json', known],
  ],
  getDocumentation: () => [
    [undefined, '/docs'],
    [undefined, '/docs', known],
  ],
  getToken: () => [
    ['ann', '/token/me/rte'],
    ['ann', '/token/me/rte', { headers: { host: 'a b' } }],
    ['ann', `/token/${ids.bob}/rte`],
    ['adam', `/token/${ids.nobody}/rte`],
  ],
  revokeTokens: () => [
    ['ann', '/token/me/rte', DELETE],
    ['ann', `/token/${ids.bob}/rte`, DELETE],
    ['adam', `/token/${ids.nobody}/rte`, DELETE],
  ],
  revokeToken: () => [
    ['ann', `/token/me/rte/${ids.nobody}`, DELETE],
    ['ann', '/token/me/rte/x', DELETE],
    ['ann', `/token/${ids.bob}/rte/${ids.nobody}`, DELETE],
    ['adam', `/token/${ids.nobody}/rte/${ids.nobody}`, DELETE],
  ],
  getLoginOptions: () => [[undefined, '/login/options']],
  endIssuerLogin: () => [['ann', '/login/issuer', DELETE]],
  beginIssuerLogin: () => [
    [undefined, '/login/issuer', post({})],
    [undefined, '/login/issuer', { ...post({}), headers: { host: 'a b' } }],
    [undefined, '/login/issuer', { ...post({}), headers: { host: 'away.example' } }],
  ],
  finishIssuerLogin: () =>
    ['ann', 'nobody', 'stranger', 'guesser', 'unlucky'].map((State): Ask => {
      const payload = { Response: '?code=x', State, Nonce: 'n', CodeVerifier: 'v' };
      return [undefined, '/login/issuer/code', post(payload)];
    }),
  getSecretKey: () => {
    const url = '/authuser/ann';
    const as = (UserName: string, Password = 'secret'): Ask => [
      undefined,
      `/authuser/${UserName}`,
      post({ UserName, Password }),
    ];
    return [
      as('ann'),
      as('ann', 'wrong'),
      as('stranger'),
      as('guesser'),
      as('unlucky'),
      [undefined, url, post({ UserName: 'bob', Password: 'secret' })],
    ];
  },
  getPublicKeys: () => [[undefined, '/.well-known/jwks.json']],
  listCallLists: () => [
    ['ann', '/calllists'],
    ['ann', '/calllists', known],
  ],
  listConnections: () => [['adam', '/admin/connections?OrderBy=WaitingBytes&Limit=2']],
  getConnection: () => [
    ['adam', `/admin/connections/${connectionOf('ann')}`],
    ['adam', `/admin/connections/${connectionOf('eve')}`],
  ],
  closeConnection: () => [
    ['adam', `/admin/connections/${connectionOf('ann')}?AllowReconnect=false`, DELETE],
    ['adam', `/admin/connections/${connectionOf('eve')}`, DELETE],
  ],
  listSources: () => [
    ['adam', '/admin/sources'],
    ['ann', '/admin/sources'],
  ],
  listRefusals: () => [['adam', '/admin/refusals']],
  checkToken: () => [['adam', '/admin/check-token', post({ Token: 'x' })]],
  checkSubscription: () =>
    [ids.ann, ids.eve].map((UserId) => [
      'adam',
      '/admin/check-subscription',
      post({ UserId, EntityId: ids.sales, EventName: 'QueueStatus' }),
    ]),
  getLiveness: () => [[undefined, '/healthz/live']],
  getReadiness: () => [[undefined, '/healthz/ready']],
  getMetrics: () => [[undefined, '/metrics']],
};

/** What every operation of a kind answers alike. */
function common(id: string): readonly Ask[] {
  const { method, path, responses } = contract.operation(id);
  const url = path.replaceAll(/\{\w+\}/gu, 'me');
  const who = path.startsWith('/admin/') ? 'adam' : 'ann';
  const as = (name: string): Ask => [undefined, url, { method, headers: basic(name) }];
  const plain = { 'content-type': 'text/plain' };
  const requests: Readonly<Record<string, Ask>> = {
    400: [who, `${url}?Nonsense=1`, { method }],
    401: [undefined, url, { method }],
    403: as('stranger'),
    406: [who, url, { method, headers: { accept: 'image/png' } }],
    413: [who, url, { method, payload: { Note: 'x'.repeat(70_000) } }],
    415: [who, url, { method, payload: 'x', headers: plain }],
    429: as('guesser'),
    503: as('unlucky'),
  };
  const isOpen = responses['401'] === undefined;
  return Object.entries(requests)
    .filter(([status]) => responses[status] !== undefined)
    .filter(([status]) => !isOpen || !['403', '429', '503'].includes(status))
    .map(([, request]) => request);
}

/** More unknown users than an address may ask for. */
function tooMany(): Ask[] {
  const one: Ask = [undefined, '/api/user?user=x', { remoteAddress: '192.0.2.8' }];
  return Array.from({ length: 31 }, () => one);
}

describe('every path answers as the OpenAPI document says', () => {
  it.each(contract.operations.map(({ operationId }) => operationId))('%s', async (id) => {
    const statuses = new Set<number>();
    for (const request of [...common(id), ...(OWN[id]?.() ?? [])]) {
      statuses.add(await check(id, request));
    }
    for (const status of await withState(id)) statuses.add(status);
    const documented = Object.keys(contract.operation(id).responses).map(Number);
    expect(statuses).toEqual(new Set(documented));
  });
});

const created = z.object({ Id: z.string() });

const withId = z.object({ CallBackId: z.guid() });

let lastNumber = 0;

/** A new request of Sales, of a number of its own; its path. */
async function newCallback(): Promise<string> {
  lastNumber += 1;
  const payload = { ContactNumber: `+1${String(lastNumber)}` };
  const made = await hub.ask('ann', `/calllists/${ids.salesList}/callbacks`, post(payload));
  return `/callbacks/${withId.parse(made.json()).CallBackId}`;
}

/** The requests that end a change of a callback request in each of its ways. */
async function changesOf(method: 'PATCH' | 'POST', action: string, payload: object) {
  const any = { 'if-match': '*' };
  const ask = (who: 'ann' | 'bob', path: string, headers: object = any): Ask => [
    who,
    `${path}${action}`,
    { method, payload, headers: { ...headers } },
  ];
  const closed = await newCallback();
  await hub.ask('ann', `${closed}/close`, { method: 'POST' });
  return [
    ask('ann', await newCallback()),
    ask('bob', await newCallback()),
    ask('ann', `/callbacks/${ids.nobody}`),
    ask('ann', await newCallback(), { 'if-match': '"9"' }),
    ask('ann', await newCallback(), { 'if-match': '"1", "2"' }),
    ask('ann', closed),
  ];
}

/** Answers that take something to have happened before. */
async function withState(id: string): Promise<readonly number[]> {
  if (id === 'endAvailability') {
    const set = await hub.ask('sue', '/users/me/availability', post({ EventTypeID: 3 }));
    const { Id } = created.parse(set.json());
    return [await check(id, ['sue', `/users/me/availability/${Id}`, DELETE])];
  }
  const changes = await callbackRequests(id);
  if (changes.length > 0) {
    const statuses: number[] = [];
    for (const request of changes) statuses.push(await check(id, request));
    return statuses;
  }
  if (id === 'getReadiness') {
    hub.health.component('wazo').down('RabbitMQ is away');
    return [await check(id, [undefined, '/healthz/ready'])];
  }
  return [];
}

describe('the page', () => {
  it('has every operation and event, and may load nothing but its style', async () => {
    const response = await hub.ask(undefined, '/docs/');
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(String(response.headers['content-security-policy'])).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none';/u,
    );
    for (const { path } of contract.operations) expect(response.body).toContain(`>${path}<`);
    expect(response.body).toContain('<code>UserCallInTransferCancelled</code>');
    expect(response.body).not.toMatch(/<script|<img|<link|style="|src=|https?:/u);
  });
});

/** Requests of the operations on callback requests, which need some to be there. */
async function callbackRequests(id: string): Promise<readonly Ask[]> {
  const path = `/calllists/${ids.salesList}/callbacks`;
  switch (id) {
    case 'listCallbacks':
      return [
        ['ann', path],
        ['ann', path, known],
        ['bob', path],
      ];
    case 'createCallback':
      return [
        ['ann', path, post({ ContactNumber: '+15' })],
        ['ann', path, post({ ContactNumber: '+15' })],
        ['bob', path, post({ ContactNumber: '+15' })],
      ];
    case 'getCallback': {
      const one = await newCallback();
      return [
        ['ann', one],
        ['ann', one, known],
        ['bob', one],
      ];
    }
    case 'changeCallback': {
      const unconditional = { method: 'PATCH', payload: {} } as const;
      const changes = await changesOf('PATCH', '', { Note: 'busy until noon' });
      return [...changes, ['ann', await newCallback(), unconditional]];
    }
    case 'addAttempt':
      return changesOf('POST', '/attempts', { TypeId: 2 });
    case 'closeCallback':
      return changesOf('POST', '/close', {});
    case 'reopenCallback': {
      const closed = await hub.ask('ann', path, post({ ContactNumber: '+16' }));
      const { CallBackId } = withId.parse(closed.json());
      await hub.ask('ann', `/callbacks/${CallBackId}/close`, { method: 'POST' });
      await hub.ask('ann', path, post({ ContactNumber: '+16' }));
      const changes = await changesOf('POST', '/reopen', {});
      return [...changes, ['ann', `/callbacks/${CallBackId}/reopen`, { method: 'POST' }]];
    }
    default:
      return [];
  }
}
