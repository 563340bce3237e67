import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ids, organizationId } from '../rte/fixtures/directory.js';
import { NOW, type RestHub, startRestHub } from './rest-fixture.js';

let hub: RestHub;
beforeEach(async () => {
  hub = await startRestHub();
});
afterEach(() => hub.stop());

const list = z.array(z.object({ Id: z.string() }));

const bobsBody = {
  Id: ids.bob,
  UserName: 'bob@example.com',
  OrganizationID: organizationId,
  DisplayName: 'bob',
  Role: 'agent',
};

/** Ids in the answer to a list. */
async function idsIn(url: string): Promise<string[]> {
  const response = await hub.ask('ann', url);
  expect(response.statusCode).toBe(200);
  return list.parse(response.json()).map(({ Id }) => Id);
}

describe('GET /users', () => {
  it('has the users of the organization, in the order of their ids', async () => {
    const { ann, bob, carl, sue, adam, ken } = ids;
    expect(await idsIn('/users')).toEqual([ann, bob, carl, sue, adam, ken]);
  });

  it.each([
    ['UserName', `?UserName=BOB@example.com`, [ids.bob]],
    ['UserName that nobody has', `?UserName=bob`, []],
    ['QueueId', `?QueueId=${ids.sales}`, [ids.ann]],
    ['QueueId in capitals', `?QUEUEID=${ids.sales.toUpperCase()}`, [ids.ann]],
    ['QueueId of a queue that one may not see', `?QueueId=${ids.support}`, []],
    ['QueueId of none', `?QueueId=${ids.nobody}`, []],
  ])('takes the filter %s', async (_what, query, expected) => {
    expect(await idsIn(`/users${query}`)).toEqual(expected);
  });

  it.each([1, 2, 4, 5, 6, 7])('comes in pages of %i that hold everybody once', async (limit) => {
    const found: string[] = [];
    let next: string | undefined = `/users/?Limit=${String(limit)}`;
    while (next !== undefined) {
      const response = await hub.ask('ann', next);
      const page = list.parse(response.json());
      expect(page.length).toBeLessThanOrEqual(limit);
      found.push(...page.map(({ Id }) => Id));
      next = /^<(?<url>[^>]+)>; rel="next"$/u.exec(String(response.headers.link))?.groups?.['url'];
    }
    expect(found).toEqual(await idsIn('/users'));
  });

  it('keeps the filter from page to page', async () => {
    const response = await hub.ask('adam', `/users?Limit=1&UserName=x y`);
    expect(response.headers.link).toBeUndefined();
    const queues = await hub.ask('adam', `/queues?Limit=1`);
    expect(queues.headers.link).toBe(`</queues?Limit=1&Cursor=${ids.sales}>; rel="next"`);
  });

  it('names every wrong parameter', async () => {
    const response = await hub.ask('ann', '/users?Limit=0&Cursor=x&Limitt=3&UserName=a&UserName=b');
    expect(response.statusCode).toBe(400);
    expect(response.json()).toEqual({
      title: 'Bad Request',
      status: 400,
      detail: 'The request has wrong fields.',
      errors: [
        {
          field: 'Limitt',
          problem: 'is unknown here: this path has Limit, Cursor, UserName, QueueId',
        },
        { field: 'UserName', problem: 'is given more than once' },
        { field: 'Limit', problem: 'give 1 or more (given: "0")' },
        {
          field: 'Cursor',
          problem: 'give the Cursor of the Link header of the page before (given: "x")',
        },
      ],
    });
  });

  it.each(['constructor', '__proto__', 'toString', 'a.b', '%00'])(
    'refuses the parameter %s by name',
    async (name) => {
      const response = await hub.ask('ann', `/users?${name}=1`);
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ errors: [{ field: decodeURIComponent(name) }] });
    },
  );
});

describe('GET /users/{id}', () => {
  it.each([
    ['the id', `/users/${ids.bob}`],
    ['the id in capitals, with a slash', `/Users/${ids.bob.toUpperCase()}/`],
  ])('is the user of %s', async (_what, url) => {
    const response = await hub.ask('ann', url);
    expect(response.json()).toEqual(bobsBody);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('is the caller for me', async () => {
    expect((await hub.ask('bob', '/users/Me')).json()).toEqual(bobsBody);
  });

  it('is 404 alike for who is of another organization, who is nobody, and what is no id', async () => {
    const answers = await Promise.all(
      [ids.eve, ids.nobody, 'xyz', ids.sales].map((id) => hub.ask('ann', `/users/${id}`)),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(hub.denied).toEqual([
      'read organization',
      'read unknown',
      'read unknown',
      'read unknown',
    ]);
  });
});

describe('GET /users/{id}/status', () => {
  it('has the fields of UserStatus, of one of whom nothing is known', async () => {
    const response = await hub.ask('ann', `/users/${ids.bob}/status`);
    expect(response.json()).toEqual({
      UserId: ids.bob,
      OrganizationId: organizationId,
      CanBeAllocatedTo: false,
      Talking: false,
      TalkingStatusChanged: null,
      ActiveQueueId: null,
      Available: true,
      Schedule: true,
      Serving: false,
      ServiceTerminals: 0,
      ActiveQueues: 0,
      ParkedCalls: 0,
      WrapUpStart: null,
      WrapUpEnd: null,
      ServingCallback: false,
      FetchMode: false,
      Timestamp: '2026-11-21T10:00:00.000Z',
    });
  });

  it('says what the last event said', async () => {
    const member = { memberId: 'bob', userIds: [ids.bob] };
    const facts = { device: 'idle', paused: false } as const;
    const queueId = ids.support;
    hub.tell({ kind: 'queue-member-added', at: NOW, queueId, member, facts });
    const event = hub.told.find(({ name }) => name === 'UserStatus');
    expect(event?.data).toMatchObject({ canBeAllocatedTo: true, activeQueues: 1 });
    const response = await hub.ask('ann', `/users/${ids.bob}/status`);
    expect(response.json()).toMatchObject({ CanBeAllocatedTo: true, ActiveQueues: 1 });
  });
});
