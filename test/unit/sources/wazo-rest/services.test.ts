import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  fakeAgent,
  fakeQueue,
  fakeSipLine,
  fakeTenant,
  fakeUser,
} from '../../../support/fake-wazo/entities.js';
import { addToken } from '../../../support/fake-wazo/fake-auth.js';
import { FakeWazo } from '../../../support/fake-wazo/fake-wazo.js';
import { HUB_LOGIN, type FakeLogin } from '../../../support/fake-wazo/state.js';
import { failureOf, restOf, type RestUnderTest } from './rest-under-test.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const ANNA_UUID = 'aaaaaaaa-0000-4000-8000-000000000042';
const ANNA: FakeLogin = {
  username: 'anna',
  password: 'her secret',
  uuid: ANNA_UUID,
  tenantUuid: TENANT,
  acl: ['events.calls.me'],
};

let fake: FakeWazo;
let client: RestUnderTest;

beforeEach(async () => {
  fake = await FakeWazo.start();
  fake.state.logins.push(ANNA);
  client = restOf(fake);
});
afterEach(async () => {
  await client.rest.close();
  await fake.close();
});

describe('wazo-auth', () => {
  it('reads a token that somebody brings', async () => {
    const { token } = addToken(fake.state, ANNA);
    expect(await client.rest.auth.readToken(token)).toMatchObject({
      token,
      acl: ['events.calls.me'],
      metadata: { uuid: ANNA_UUID, tenant_uuid: TENANT, admin: false },
    });
  });

  it.each(['c0ffee00-0000-4000-8000-000000000000', '../tenants', '', 'a/b'])(
    'of %j it says that it is dead',
    async (token) => {
      expect(await client.rest.auth.readToken(token)).toBeUndefined();
      expect(await client.rest.auth.holds(token)).toBe(false);
    },
  );

  it('says whether a token holds a scope', async () => {
    const { token } = addToken(fake.state, ANNA);
    expect(await client.rest.auth.holds(token)).toBe(true);
    expect(await client.rest.auth.holds(token, 'events.calls.me')).toBe(true);
    expect(await client.rest.auth.holds(token, 'events.ami')).toBe(false);
  });

  it('checks a password and leaves no token behind', async () => {
    const data = await client.rest.auth.checkPassword('anna', 'her secret');
    expect(data?.metadata?.uuid).toBe(ANNA_UUID);
    expect(await client.rest.auth.checkPassword('anna', 'wrong')).toBeUndefined();
    expect(fake.state.tokens.size).toBe(0);
  });

  it('an error about a token does not show it', async () => {
    const { token } = addToken(fake.state, ANNA);
    fake.faults.add({ service: 'auth', misbehaviour: { kind: 'status', status: 500 } });
    const { message } = await failureOf(client.rest.auth.readToken(token));
    expect(message).toBe(
      'wazo-auth /token/{token}: failed (500): look into the log of that service',
    );
  });

  it('lists the tenants', async () => {
    fake.state.tenants = [fakeTenant(TENANT, 'Acme')];
    const { items } = await client.rest.tenants();
    expect(items).toEqual([{ uuid: TENANT, name: 'Acme', slug: 'acme' }]);
  });
});

describe('wazo-confd', () => {
  it('reads users page by page', async () => {
    fake.state.users = Array.from({ length: 2500 }, (_, index) =>
      fakeUser(`aaaaaaaa-0000-4000-8000-${String(index).padStart(12, '0')}`, TENANT, `u${index}`),
    );
    const { items } = await client.rest.confd.users();
    expect(new Set(items.map((user) => user.uuid)).size).toBe(2500);
    expect(fake.requests.filter((request) => request === 'GET confd/users')).toHaveLength(3);
  });

  it('reads what queues, agents, users and schedules need', async () => {
    const period = { hours_start: '08:00', hours_end: '17:00', week_days: [1, 2, 3, 4, 5] };
    fake.state.schedules = [
      { id: 3, tenant_uuid: TENANT, timezone: 'Europe/Paris', open_periods: [period] },
    ];
    fake.state.queues = [
      fakeQueue(7, TENANT, 'sales', {
        options: [['wrapuptime', '15']],
        extensions: [{ id: 1, exten: '3001', context: 'default' }],
        schedules: [{ id: 3, name: 'week' }],
        members: { agents: [{ id: 42, number: '1042' }], users: [] },
      }),
    ];
    fake.state.agents = [fakeAgent(42, TENANT, { users: [{ uuid: ANNA_UUID }] })];
    fake.state.users = [
      fakeUser(ANNA_UUID, TENANT, 'Anna', {
        lines: [fakeSipLine(5, 'abcd1234')],
        agent: { id: 42 },
      }),
    ];
    const { confd } = client.rest;
    expect((await confd.schedules()).items[0]).toMatchObject({ id: 3, open_periods: [period] });
    expect((await confd.queues()).items[0]).toMatchObject({
      id: 7,
      options: [['wrapuptime', '15']],
      extensions: [{ exten: '3001' }],
      members: { agents: [{ id: 42 }], users: [] },
    });
    expect((await confd.agents()).items[0]).toMatchObject({ id: 42, users: [{ uuid: ANNA_UUID }] });
    expect((await confd.users()).items[0]).toMatchObject({
      uuid: ANNA_UUID,
      agent: { id: 42 },
      lines: [{ id: 5, endpoint_sip: { name: 'abcd1234' } }],
    });
    expect(await confd.originUuid()).toBe(fake.state.originUuid);
  });
});

describe('what is now', () => {
  it('reads the agents of wazo-agentd', async () => {
    const queues = [{ id: 7, name: 'sales', logged: true, paused: false, paused_reason: null }];
    fake.state.agentStatuses = [
      { id: 42, tenant_uuid: TENANT, number: '1042', logged: true, paused: null, queues },
    ];
    expect((await client.rest.agentd.agents()).items).toEqual([
      { id: 42, tenant_uuid: TENANT, number: '1042', logged: true, paused: null, queues },
    ]);
  });

  it('reads the calls of wazo-calld', async () => {
    const call = { call_id: '1.1', conversation_id: '1.1', user_uuid: ANNA_UUID, status: 'Up' };
    fake.state.calls = [{ ...call, bridges: [] }];
    expect((await client.rest.calld.calls()).items).toEqual([call]);
  });

  it('reads the presences of wazo-chatd, once it has them itself', async () => {
    fake.state.presences = [
      { uuid: ANNA_UUID, state: 'away', lines: [{ id: 5, state: 'holding' }] },
    ];
    fake.state.starting.add('chatd');
    expect((await failureOf(client.rest.chatd.presences())).problem).toBe('starting');
    fake.state.starting.delete('chatd');
    expect((await client.rest.chatd.presences()).items).toEqual(fake.state.presences);
  });

  it('runs actions of wazo-amid and has UserEvents raised', async () => {
    const row = { Event: 'QueueParams', Queue: 'sales', Calls: '0' };
    fake.state.amiRows.set('QueueStatus', [row, { Event: 'QueueParams', Queue: 'support' }]);
    const rows = await client.rest.amid.action('QueueStatus', { Queue: 'sales' });
    expect(rows.filter((one) => one['Event'] === 'QueueParams')).toEqual([row]);
    const raised: unknown[] = [];
    fake.onUserEvent = (fields) => Promise.resolve(void raised.push(fields));
    await client.rest.amid.userEvent('hub_sync', { Nonce: 'n1' });
    expect(raised).toEqual([{ UserEvent: 'hub_sync', Nonce: 'n1' }]);
  });

  it('a token of another tenant than the master sees its own tenant without recurse only', async () => {
    const { token } = addToken(fake.state, ANNA);
    fake.state.queues = [
      fakeQueue(7, TENANT, 'sales'),
      fakeQueue(8, HUB_LOGIN.tenantUuid, 'other'),
    ];
    const headers = { 'x-auth-token': token };
    const answer = await fetch(`${fake.url}/api/confd/1.1/queues`, { headers });
    expect(await answer.json()).toMatchObject({ total: 1, items: [{ name: 'sales' }] });
  });
});
