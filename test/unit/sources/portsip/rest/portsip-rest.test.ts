import { describe, expect, it } from 'vitest';
import { resourceId } from '../../../../../src/sources/portsip/rest/rest-fields.js';
import {
  demoTenant,
  fakeExtension,
  fakeTenant,
  TENANT_ADMIN,
} from '../../../../support/fake-portsip/model.js';
import { failureOf, givenRest, onlyTenant } from './rest-under-test.js';

const ADMIN = { kind: 'administrator', username: 'admin', password: 'admin-secret' } as const;
const HALF_AN_HOUR = 1_800_000;

describe('what a tenant has', () => {
  it('is its users, queues with their wrap-up and agents, and calls; ids keep all digits', async () => {
    const under = await givenRest();
    const { pbx, rest } = under;
    const { tenants, missing } = await rest.tenants();
    expect(missing).toEqual([]);
    expect(tenants).toMatchObject([{ id: pbx.tenant.id, name: 'Acme', domain: 'acme.example' }]);
    const acme = await onlyTenant(under);
    const users = await acme.users();
    expect(users.items).toContainEqual({
      extensionId: pbx.tenant.extensions.get('201')?.id,
      name: 'mara',
      enabled: true,
      email: 'mara@acme.example',
      displayName: 'Mara',
      extensionNumber: '201',
    });
    const [support, sales] = (await acme.queues()).items;
    expect(support).toMatchObject({ queueNumber: '600', name: 'Support' });
    expect(sales?.id).toBe(pbx.tenant.queues.get('601')?.id);
    expect(await acme.queueSettings({ pathId: support?.pathId ?? '' })).toEqual({
      wrapUpSeconds: 15,
      nightMode: false,
    });
    expect(await acme.queueState({ pathId: support?.pathId ?? '' })).toBe('ONLINE');
    expect((await acme.agents({ pathId: sales?.pathId ?? '' })).items).toEqual(['202', '203']);
    const session = pbx.story().callerEnters('600', '33140506070');
    expect((await acme.sessions()).items).toEqual([session]);
  });

  it('is read page by page', async () => {
    const extensions = Array.from({ length: 250 }, (_, index) =>
      fakeExtension(String(1000 + index), `User${index}`),
    );
    const wilma = fakeExtension('200', 'Wilma', { permissions: TENANT_ADMIN });
    const tenant = fakeTenant('Acme', 'acme.example', [wilma, ...extensions], []);
    const under = await givenRest({}, { tenants: [tenant] });
    const { items } = await (await onlyTenant(under)).users();
    expect(new Set(items.map(({ extensionNumber }) => extensionNumber)).size).toBe(251);
    expect(under.pbx.rest.requests.filter((one) => one === 'GET /users')).toHaveLength(3);
  });

  it('of a PBX without /tenant is the one of /tenants with the domain of the login', async () => {
    const under = await givenRest();
    under.pbx.rest.faults.add(/^\/tenant$/u, { kind: 'status', status: 404 });
    expect((await under.rest.tenants()).tenants).toMatchObject([{ id: under.pbx.tenant.id }]);
  });
});

describe('an administrator', () => {
  const other = fakeTenant('Other', 'other.example', [fakeExtension('201', 'Olga')], []);

  it('sees the tenants that are named, each in a session of its own', async () => {
    const acme = demoTenant();
    const strangers = fakeTenant('Strangers', 'strangers.example', [], []);
    const { rest, pbx } = await givenRest(
      { credentials: ADMIN, tenants: [other.id, acme.id, '4711'] },
      { tenants: [acme, strangers, other] },
    );
    const { tenants, missing } = await rest.tenants();
    expect(tenants.map(({ name }) => name)).toEqual(['Acme', 'Other']);
    expect(missing).toEqual(['4711: the PBX has no such tenant']);
    const read = () => Promise.all(tenants.map((tenant) => rest.of(tenant).users()));
    const [acmes, others] = await read();
    expect(acmes?.items).toHaveLength(4);
    expect(others?.items).toMatchObject([{ displayName: 'Olga' }]);
    pbx.rest.endTokens('access');
    expect((await read()).map(({ items }) => items.length)).toEqual([4, 1]);
  });
});

describe('the token', () => {
  it('is taken once by calls at the same time', async () => {
    const under = await givenRest();
    await Promise.all([under.rest.tenants(), under.rest.tenants(), under.rest.tenants()]);
    expect(under.pbx.rest.requests.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });

  it('is renewed before it ends, and by password when the refresh token has ended', async () => {
    const { pbx, rest, timers, outcomes } = await givenRest();
    await rest.tenants();
    timers.advance(HALF_AN_HOUR * 0.75);
    await rest.tenants();
    expect(pbx.rest.requests.filter((one) => one.startsWith('POST'))).toHaveLength(2);
    expect(outcomes).not.toContain('refused');
    pbx.rest.endTokens('all');
    await rest.tenants();
    // The access token, then the refresh token; the password is good.
    expect(outcomes.filter((one) => one === 'refused')).toHaveLength(2);
  });

  it('that the PBX refuses is renewed once, and the call is made again', async () => {
    const under = await givenRest();
    const acme = await onlyTenant(under);
    under.pbx.rest.endTokens('access');
    const [users] = await Promise.all([acme.users(), acme.queues(), acme.sessions()]);
    expect(users.items).toHaveLength(4);
    expect(under.pbx.rest.requests.filter((one) => one.startsWith('POST'))).toHaveLength(2);
    under.pbx.rest.faults.add(/^\/users$/u, { kind: 'status', status: 401 });
    expect((await failureOf(acme.users())).problem).toBe('refused');
    expect(under.pbx.rest.requests.filter((one) => one === 'GET /users')).toHaveLength(4);
  });

  it('is not asked for again for ten seconds after a wrong password', async () => {
    const { pbx, rest, timers } = await givenRest({
      credentials: { ...ADMIN, password: 'a wrong secret' },
    });
    const first = await failureOf(rest.tenants());
    expect(first.message).toBe(
      'PortSIP /login/oauth/token: refused (401 UNAUTHORIZED): check PORTSIP_USERNAME, PORTSIP_PASSWORD, PORTSIP_DOMAIN and the role of that user',
    );
    expect(await failureOf(rest.tenants())).toBe(first);
    expect(pbx.rest.requests).toHaveLength(1);
    timers.advance(10_000);
    await failureOf(rest.tenants());
    expect(pbx.rest.requests).toHaveLength(2);
  });

  it('is given back when the hub stops; a PBX that is away does not keep the hub', async () => {
    const first = await givenRest();
    await first.rest.tenants();
    expect(first.pbx.rest.tokens).toBe(1);
    await first.rest.close();
    expect(first.pbx.rest.tokens).toBe(0);
    const second = await givenRest();
    await second.rest.tenants();
    second.pbx.rest.faults.add(/revoke/u, { kind: 'cut' });
    await second.rest.close();
    expect(second.debug).toHaveBeenCalledOnce();
  });
});

describe('an id', () => {
  it.each([
    ['612345678901234567', '612345678901234567'],
    ['NzAwNTUxOTA5NzczMTQ4MTYw', '700551909773148160'],
    ['bm90IGEgbnVtYmVyIGF0IGFsbA==', 'bm90IGEgbnVtYmVyIGF0IGFsbA=='],
    ['42', '42'],
  ])('%s is the one of WSI, and goes into paths as it came', (pathId, id) => {
    expect(resourceId.parse(pathId)).toEqual({ id, pathId });
  });
});
