import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { RefusalRecorder } from '../../../src/console/refusal-recorder.js';
import type { Refusal } from '../../../src/console/refusal.js';
import type { User } from '../../../src/directory/types.js';
import type { LoginResult } from '../../../src/identity/index.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
} from '../rte/fixtures/directory.js';

const ADDRESS = '192.0.2.1';

let noted: { organization: string; refusal: Refusal }[];
let directory: FakeDirectoryHolder;
let recorder: RefusalRecorder;

beforeEach(() => {
  noted = [];
  directory = new FakeDirectoryHolder(createDirectory());
  recorder = new RefusalRecorder({
    log: { note: (organization, refusal) => noted.push({ organization, refusal }) },
    directory,
  });
});

/** Leaves only one organization in the directory. */
function withoutForeigners(): void {
  const { current } = directory;
  const [own] = current.organizations;
  directory.replace({ ...current, organizations: new Map(own === undefined ? [] : [own]) });
}

/** A token that anybody could write. */
function forged(claims: Record<string, unknown>): Promise<string> {
  const key = new TextEncoder().encode('a key that nobody else has, long enough');
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key);
}

const only = () => {
  expect(noted).toHaveLength(1);
  return noted[0];
};

type Failure = Exclude<LoginResult<User>, { readonly kind: 'accepted' }>;

const login = (userName: string, result: Failure) =>
  recorder.loginRefused(ADDRESS, { kind: 'password', userName, password: 'Secret!' }, result);

describe('a login that fails', () => {
  it.each<[Failure, string, string]>([
    [{ kind: 'refused', reason: 'wrong-password' }, 'wrong-password', ''],
    [{ kind: 'refused' }, 'refused', ''],
    [{ kind: 'throttled', retryAfterSeconds: 9 }, 'throttled', 'for 9 s'],
    [{ kind: 'unavailable', retryAfterSeconds: 9, reason: 'host:5432' }, 'unavailable', ''],
    [{ kind: 'not-admitted', reason: 'of tenant 7', detail: 'Ask.' }, 'not-admitted', 'Ask.'],
  ])('%j is noted for the organization of the name', (result, reason, detail) => {
    login('ann@example.com', result);
    expect(only()).toEqual({
      organization: organizationId,
      refusal: {
        kind: 'login',
        reason,
        detail,
        userId: ids.ann,
        userName: 'ann@example.com',
        isClaimed: true,
        remoteAddress: ADDRESS,
        connectionId: null,
        entityId: null,
        eventName: null,
      },
    });
  });

  it('is noted for nobody when nobody has the name and there are several organizations', () => {
    login('nobody', { kind: 'refused', reason: 'unknown-user' });
    expect(noted).toEqual([]);
  });

  it('is noted for the only organization, with no more of the name than its beginning', () => {
    withoutForeigners();
    login('MyPassword', { kind: 'refused', reason: 'unknown-user' });
    expect(only()?.refusal).toMatchObject({ userId: null, userName: 'My… (10)', isClaimed: true });
    expect(JSON.stringify(noted)).not.toMatch(/MyPassword|Secret/u);
  });

  it('with a token is noted for whom the token names', async () => {
    const token = await forged({ preferred_username: 'bob@example.com' });
    const result = { kind: 'refused', reason: 'wrong-signature' } as const;
    recorder.loginRefused(ADDRESS, { kind: 'token', token }, result);
    expect(only()?.refusal).toMatchObject({ userId: ids.bob, isClaimed: true });
    expect(JSON.stringify(noted)).not.toContain(token);
  });
});

describe('a token that opens nothing', () => {
  it.each([
    ['wrong-signature', true],
    ['unknown-key', true],
    ['expired', false],
    ['wrong-audience', false],
  ] as const)('for %s: is its user only claimed? %s', async (reason, isClaimed) => {
    const token = await forged({ sub: ids.eve });
    const request = { token, remoteAddress: ADDRESS };
    recorder.tokenRefused(request, { ok: false, reason, detail: 'why' });
    const expected = { kind: 'connect', reason, detail: 'why', userId: ids.eve, isClaimed };
    expect(only()?.organization).toBe(foreignOrganizationId);
    expect(only()?.refusal).toMatchObject(expected);
    expect(JSON.stringify(noted)).not.toContain(token);
  });

  it('of a user who was removed is the business of the organization in it', () => {
    directory.replace(createDirectory(['ann']));
    const claims = {
      sub: ids.ann,
      org: organizationId,
      name: 'Ann',
      role: 'agent',
      iat: 0,
      nbf: 0,
      exp: 1,
      jti: 'x',
    } as const;
    const refused = { ok: false, reason: 'unknown-user', detail: '', claims } as const;
    recorder.tokenRefused({ token: 'x', remoteAddress: ADDRESS }, refused);
    const who = { userId: ids.ann, userName: null, isClaimed: false };
    expect(only()).toMatchObject({ organization: organizationId, refusal: who });
  });

  it('that says nothing of anybody is noted for nobody', () => {
    const refused = { ok: false, reason: 'malformed', detail: '' } as const;
    recorder.tokenRefused({ token: 'rubbish', remoteAddress: ADDRESS }, refused);
    expect(noted).toEqual([]);
  });
});

const request = (reason: string, token: string | undefined, origin = 'https://evil.example') =>
  recorder.requestRefused({
    status: 401,
    reason,
    token,
    user: undefined,
    headers: { origin },
    remoteAddress: ADDRESS,
  });

describe('a request to the hub', () => {
  it('without a token is noted where there is one organization', () => {
    withoutForeigners();
    request('unauthorized', undefined);
    expect(only()?.refusal).toMatchObject({ kind: 'connect', reason: 'no-token', userId: null });
  });

  it('with a wrong token is noted once, by who checked it', async () => {
    request('unauthorized', await forged({ sub: ids.ann }));
    expect(noted).toEqual([]);
  });

  it('from a foreign page is noted with the page', async () => {
    request('origin', await forged({ sub: ids.ann }), `https://evil.example/${'x'.repeat(500)}`);
    expect(only()?.refusal).toMatchObject({ reason: 'origin', userId: ids.ann, isClaimed: true });
    expect(only()?.refusal.detail).toMatch(/^https:\/\/evil\.example\/x+…$/u);
    expect(only()?.refusal.detail).toHaveLength(101);
  });

  it('of somebody known is noted with them', () => {
    const user = { id: ids.ann, organizationId, role: 'agent', name: 'Ann' } as const;
    const headers = {};
    const asked = { token: 't', headers, remoteAddress: ADDRESS, user };
    recorder.requestRefused({ status: 404, reason: 'unknown_id', ...asked });
    const refusal = { reason: 'unknown-id', userId: ids.ann, isClaimed: false };
    expect(only()?.refusal).toMatchObject(refusal);
  });
});

describe('what the access policy refuses', () => {
  const caller = { id: ids.ann, organizationId, address: ADDRESS };
  const refuse = (rule: 'unknown' | 'organization' | 'role' | 'acl', id: string) =>
    recorder.accessRefused({
      reason: 'subscribe',
      caller,
      connectionId: 'c',
      entity: { type: 'Queue', id },
      eventName: 'QueueStatus',
      rule,
    });

  it.each([
    ['role', ids.support, 'role', /role agent; QueueStatus of a Queue is for: member/u],
    ['acl', ids.sales, 'access-rules', /access control list/u],
    ['unknown', ids.nobody, 'unknown-entity', /has no Queue of that id/u],
    ['unknown', ids.sales, 'wrong-kind', /no such events of a Queue/u],
    ['organization', ids.foreignQueue, 'unknown-entity', /has no Queue of that id/u],
  ] as const)('by %s is noted with its reason', (rule, id, reason, detail) => {
    refuse(rule, id);
    const who = { userId: ids.ann, isClaimed: false, remoteAddress: ADDRESS, connectionId: 'c' };
    const what = { kind: 'subscribe', entityId: id, eventName: 'QueueStatus' };
    expect(only()?.organization).toBe(organizationId);
    expect(only()?.refusal).toMatchObject({ ...who, ...what, reason });
    expect(only()?.refusal.detail).toMatch(detail);
  });

  it('says the same of what belongs to others as of what is not there', () => {
    refuse('organization', ids.foreignQueue);
    refuse('unknown', ids.nobody);
    const [foreign, none] = noted.map(({ refusal: { reason, detail } }) => ({ reason, detail }));
    expect(foreign).toEqual(none);
  });

  it('says that the user has moved, or is gone', () => {
    const moved = { ...caller, organizationId: foreignOrganizationId };
    const entity = { type: 'Queue', id: ids.sales } as const;
    const about = { entity, eventName: 'QueueStatus', rule: 'organization' } as const;
    recorder.accessRefused({ reason: 'read', caller: moved, ...about });
    directory.replace(createDirectory(['ann']));
    recorder.accessRefused({ reason: 'change', caller, ...about });
    expect(noted.map(({ refusal: { kind, reason } }) => `${kind} ${reason}`)).toEqual([
      'read moved-user',
      'change unknown-user',
    ]);
  });

  it('is not noted when an event was at fault', () => {
    const entity = { type: 'Queue', id: ids.sales } as const;
    recorder.accessRefused({ reason: 'entity-unknown', caller, entity, rule: 'unknown' });
    expect(noted).toEqual([]);
  });
});

it('an item of Subscribe that is refused for another reason is noted with what was sent', () => {
  recorder.itemRefused({
    caller: { id: ids.ann, organizationId, address: ADDRESS },
    connectionId: 'c',
    item: { entityId: 'x'.repeat(500), eventName: null },
    message: 'Invalid entity id',
  });
  const refusal = { kind: 'subscribe', reason: 'invalid-entity-id', eventName: null };
  expect(only()?.refusal).toMatchObject(refusal);
  expect(only()?.refusal.entityId).toHaveLength(101);
});
