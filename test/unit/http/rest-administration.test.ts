import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ids, type PersonName } from '../rte/fixtures/directory.js';
import { connectionOf } from './console-fixture.js';
import { NOW, type RestHub, startRestHub } from './rest-fixture.js';

// ann, bob, carl, sue, ken: of adam's organization. eve: admin of another one.

let hub: RestHub;
let now: number;
beforeEach(async () => {
  now = NOW;
  hub = await startRestHub({ now: () => now });
});
afterEach(() => hub.stop());

const post = (payload: object) => ({ method: 'POST', payload }) as const;

async function read(who: PersonName, url: string, more?: ReturnType<typeof post>) {
  const response = await hub.ask(who, url, more);
  expect([url, response.statusCode]).toEqual([url, 200]);
  return z.record(z.string(), z.unknown()).parse(response.json());
}

const rows = z.array(z.looseObject({}));

const listConnections = async (query = '', who: PersonName = 'adam') => {
  const { Connections, ...counts } = await read(who, `/admin/connections${query}`);
  return { ids: rows.parse(Connections).map(({ Id }) => String(Id).slice(3)), ...counts };
};

const observe = () => hub.console.sources.observer;
const listSources = async (who: PersonName) =>
  rows.parse((await read(who, '/admin/sources'))['Sources']);

/** Only adam's organization is on PortSIP, and not on Wazo. */
function cutApart(): void {
  const { current } = hub.directory;
  const organizations = new Map(current.organizations);
  for (const [id, organization] of organizations) {
    const isOwn = id !== current.users.get(ids.eve)?.organizationId;
    if (isOwn) organizations.set(id, { ...organization, portsip: { tenantId: 'own' } });
  }
  hub.directory.replace({ ...current, organizations });
}

const listRefusals = async (who: PersonName) =>
  rows
    .parse((await read(who, '/admin/refusals'))['Refusals'])
    .map(({ Kind, Reason, UserName }) => [Kind, Reason, UserName].join(' '));

const check = (who: PersonName, Token: string) => read(who, '/admin/check-token', post({ Token }));

const judge = (UserId: string, EntityId: string, EventName: string) =>
  read('adam', '/admin/check-subscription', post({ UserId, EntityId, EventName }));

describe('connections', () => {
  it.each([
    ['', ['adam', 'ann', 'bob', 'carl', 'ken', 'sue'], 6],
    ['?OrderBy=WaitingBytes&Descending=true&Limit=2', ['ken', 'adam'], 6],
    ['?Search=longpolling', ['bob', 'ken', 'sue'], 3],
    ['?Search=192.0.2.1', ['bob'], 1],
    ['?search=ANN@', ['ann'], 1],
    ['?Search=eve', [], 0],
  ])('%s', async (query, found, Matching) => {
    expect(await listConnections(query)).toEqual({
      AsOf: '2026-11-21T10:00:00.000Z',
      ids: found,
      Total: 6,
      Matching,
    });
  });

  it('are those of one organization, in lists, one by one and when they are ended', async () => {
    expect((await listConnections('', 'eve')).ids).toEqual(['eve']);
    for (const method of ['GET', 'DELETE'] as const) {
      const url = `/admin/connections/${connectionOf('ann')}`;
      const foreign = await hub.ask('eve', url, { method });
      const none = await hub.ask('eve', '/admin/connections/none', { method });
      expect([foreign.statusCode, foreign.body]).toEqual([404, none.body]);
    }
    expect(hub.console.closed).toEqual([]);
  });

  it('of somebody who has moved are neither organization’s', async () => {
    const { current } = hub.directory;
    const eve = current.users.get(ids.eve);
    const ann = current.users.get(ids.ann);
    if (eve === undefined || ann === undefined) throw new Error('the fixture has both');
    const moved = { ...ann, organizationId: eve.organizationId };
    hub.directory.replace({ ...current, users: new Map(current.users).set(ann.id, moved) });
    expect((await listConnections()).ids).not.toContain('ann');
    expect((await listConnections('', 'eve')).ids).toEqual(['eve']);
  });

  it('tell what they are subscribed to', async () => {
    const id = connectionOf('ann');
    const detail = await read('adam', `/admin/connections/${id}`);
    expect(detail).toMatchObject({
      UserName: 'ann@example.com',
      UserAgent: null,
      SubscribedTo: [{ EntityId: id, EntityType: 'Queue', EventName: 'QueueStatus' }],
    });
  });

  it.each([
    ['', 'true'],
    ['?AllowReconnect=false', 'false'],
  ])('are ended%s with leave to come back: %s', async (query, allowed) => {
    const url = `/admin/connections/${connectionOf('bob')}${query}`;
    expect((await hub.ask('adam', url, { method: 'DELETE' })).statusCode).toBe(204);
    expect(hub.console.closed).toEqual([`${connectionOf('bob')} ${allowed}`]);
  });
});

describe('sources', () => {
  it('are told with what went wrong, how much came and how late', async () => {
    cutApart();
    observe().conditionChanged('portsip', 'events', { state: 'up' });
    const trouble = 'connection-lost';
    const lost = { state: 'down', trouble, detail: 'pbx.example: refused' } as const;
    observe().conditionChanged('portsip', 'events', lost);
    now += 1_000;
    observe().conditionChanged('portsip', 'events', { state: 'up' });
    for (const delay of [10, 20, 500]) observe().eventIn('portsip', 'x', 'applied', delay);
    observe().eventIn('portsip', 'x', 'unknown-entity');
    now += 1_000;
    expect(await listSources('adam')).toEqual([
      {
        Name: 'portsip',
        State: 'up',
        Since: '2026-11-21T10:00:01.000Z',
        Reason: null,
        Detail: null,
        LastEvent: '2026-11-21T10:00:01.000Z',
        Lag: { Events: 3, MedianMs: 20, P95Ms: 500, MaxMs: 500 },
        Reconnects: 1,
        LastError: {
          At: '2026-11-21T10:00:00.000Z',
          Part: 'events',
          Reason: "The telephony system can't be reached. What is shown may be old.",
          Detail: 'pbx.example: refused',
        },
        IsShared: false,
        EventsPerSecond: 2,
        Outcomes: { applied: 3, 'unknown-entity': 1 },
      },
    ]);
  });

  it('of another organization are not told', async () => {
    cutApart();
    expect((await listSources('adam')).map(({ Name }) => Name)).toEqual(['portsip']);
    expect((await listSources('eve')).map(({ Name }) => Name)).toEqual(['wazo']);
  });

  it('that several organizations share tell nothing that is of one', async () => {
    const lost = { state: 'down', trouble: 'connection-lost', detail: 'tenant of ann' } as const;
    observe().conditionChanged('wazo', 'events', lost);
    observe().eventIn('wazo', 'x', 'unknown-entity');
    const [source] = await listSources('eve');
    expect(source).toMatchObject({ IsShared: true, Detail: null, Outcomes: null });
    expect(source).toMatchObject({ EventsPerSecond: null, LastError: { Detail: null } });
    expect(JSON.stringify(source)).not.toContain('ann');
  });
});

describe('refusals', () => {
  it('are told to the administrators of whom they are about, and to nobody else', async () => {
    const wrong = { authorization: `Basic ${Buffer.from('eve:wrong').toString('base64')}` };
    await hub.ask(undefined, '/users', { headers: wrong });
    hub.console.recorder.itemRefused({
      caller: {
        id: ids.ann,
        organizationId: hub.directory.current.users.get(ids.ann)?.organizationId ?? '',
      },
      connectionId: connectionOf('ann'),
      item: { entityId: 'x', eventName: 'y' },
      message: 'Invalid entity id',
    });
    expect(await listRefusals('adam')).toEqual(['subscribe invalid-entity-id ann@example.com']);
    expect(await listRefusals('eve')).toEqual([]);
  });

  it('are also those of the console, and of the tokens of others', async () => {
    expect((await hub.ask('ann', '/admin/refusals')).statusCode).toBe(403);
    expect((await hub.ask('sue', `/token/${ids.ann}/rte`)).statusCode).toBe(403);
    expect(await listRefusals('adam')).toEqual([
      'administration not-administrator ann@example.com',
      'administration not-administrator sue@example.com',
    ]);
    expect(await listRefusals('eve')).toEqual([]);
  });
});

describe('a token is checked', () => {
  it('and accepted', async () => {
    const verdict = await check('adam', await hub.console.tokenOf('ann'));
    expect(verdict).toMatchObject({ Accepted: true, Reason: null, Claims: { sub: ids.ann } });
    const results = rows.parse(verdict['Steps']).map(({ Result }) => Result);
    expect(new Set(results)).toEqual(new Set(['passed']));
  });

  it('and refused with what fails', async () => {
    const token = await hub.console.tokenOf('ann', 60);
    now += 90_000;
    const verdict = await check('adam', token);
    expect(verdict).toMatchObject({ Accepted: false, Reason: 'expired' });
    expect(verdict['Detail']).toBe('exp has passed, 30 s ago: 2026-11-21T10:01:00.000Z');
    const steps = rows.parse(verdict['Steps']).map(({ Name, Result }) => [Name, Result].join(' '));
    expect(steps.slice(6, 9)).toEqual(['Audience passed', 'Times failed', 'Values unchecked']);
  });

  it.each([
    ['revoked-token', () => hub.console.revoked.add(ids.ann)],
    [
      'unknown-user',
      () => {
        const { current } = hub.directory;
        const users = new Map(current.users);
        users.delete(ids.ann);
        hub.directory.replace({ ...current, users });
      },
    ],
  ])('after it was signed: %s', async (reason, happen) => {
    const token = await hub.console.tokenOf('ann');
    happen();
    expect(await check('adam', token)).toMatchObject({ Accepted: false, Reason: reason });
  });

  it.each([
    ['rubbish', 'malformed'],
    ['a.b.c', 'malformed'],
    ['x'.repeat(9_000), 'malformed'],
  ])('%.9s', async (token, reason) => {
    expect(await check('adam', token)).toMatchObject({ Reason: reason, Claims: null });
  });

  it('of another organization without a word about it, good or bad', async () => {
    const good = await check('eve', await hub.console.tokenOf('ann'));
    const forged = await check('eve', `${await hub.console.tokenOf('ann')}x`);
    const expired = await hub.console.tokenOf('ann', 60);
    now += 90_000;
    expect(good).toMatchObject({ Reason: 'other-organization', Claims: null, Steps: [] });
    expect(forged).toEqual(good);
    expect(await check('eve', expired)).toEqual(good);
  });
});

describe('a subscription is judged', () => {
  it('granted, by which rows of the table', async () => {
    const verdict = await judge(ids.ann, ids.sales, 'queuestatus');
    expect(verdict).toMatchObject({ Granted: true, Message: null, UserName: 'ann@example.com' });
    const [event] = rows.parse(verdict['Events']);
    expect(event).toMatchObject({ EventName: 'QueueStatus', Rows: [{ Relation: 'member' }] });
  });

  it.each([
    [ids.support, 'QueueStatus', 'Unauthorized', 'role'],
    [ids.nobody, 'QueueStatus', 'Unauthorized', 'unknown-entity'],
    [ids.foreignQueue, 'QueueStatus', 'Unauthorized', 'unknown-entity'],
    [ids.sales, 'UserStatus', 'Event not available for entity', 'unknown-entity'],
  ])('%s %s: clients read %s, administrators %s', async (entity, event, message, reason) => {
    const verdict = await judge(ids.ann, entity, event);
    expect(verdict).toMatchObject({ Granted: false, Message: message });
    expect(rows.parse(verdict['Events'])[0]).toMatchObject({ Reason: reason, Rows: [] });
  });

  it.each([
    ['x', 'QueueStatus', 'Invalid entity id'],
    [ids.sales, 'Nonsense', 'Unknown event'],
  ])('%s %s: %s', async (entity, event, message) => {
    const verdict = await judge(ids.ann, entity, event);
    expect(verdict).toMatchObject({ Granted: false, Message: message, Events: [] });
  });

  it('of a pattern event by event, and of every entity later', async () => {
    const pattern = await judge(ids.ann, ids.bob, 'User*');
    const granted = rows.parse(pattern['Events']).filter(({ Granted }) => Granted === true);
    expect(pattern['Granted']).toBe(true);
    expect(granted.map(({ EventName }) => EventName)).toEqual(['UserAvailability', 'UserStatus']);
    expect(await judge(ids.ann, '*', '*')).toMatchObject({ Granted: true, IsAskedLater: true });
  });

  it('by name as by id, and not of users of others', async () => {
    const item = { EntityId: ids.sales, EventName: 'QueueStatus' };
    const url = '/admin/check-subscription';
    const byName = await read('adam', url, post({ ...item, UserName: 'ann@example.com' }));
    expect(byName).toEqual(await judge(ids.ann, ids.sales, 'QueueStatus'));
    const foreign = await hub.ask('adam', url, post({ ...item, UserName: 'eve@example.com' }));
    const none = await hub.ask('adam', url, post({ ...item, UserId: ids.nobody }));
    expect([foreign.statusCode, foreign.body]).toEqual([404, none.body]);
    expect((await hub.ask('adam', url, post(item))).statusCode).toBe(400);
  });
});

it.each(['ann', 'sue'] as const)('%s, who is no administrator, is told nothing', async (who) => {
  const paths = ['connections', `connections/${connectionOf(who)}`, 'sources', 'refusals'];
  for (const path of paths) expect((await hub.ask(who, `/admin/${path}`)).statusCode).toBe(403);
  for (const path of ['check-token', 'check-subscription']) {
    expect((await hub.ask(who, `/admin/${path}`, post({}))).statusCode).toBe(403);
  }
});
