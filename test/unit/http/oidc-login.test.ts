import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Role } from '../../../src/directory/types.js';
import { createAuthenticator } from '../../../src/identity/index.js';
import {
  createOidcLogin,
  type OidcLogin,
  type OidcLoginOptions,
} from '../../../src/composition/oidc-login.js';
import { FakeIssuer, type IssuerFault } from '../../support/fake-issuer.js';
import { ManualTimers } from '../../support/manual-timers.js';
import { ids } from '../directory/directory-fixture.js';
import { basic, directoryWithAdmins, tokenServer } from './token-fixture.js';

const answerSchema = z.object({ Token: z.string(), ExpiresIn: z.number() });
const roles = new Map<string, Role>([
  ['rte-agents', 'agent'],
  ['rte-leads', 'supervisor'],
  ['rte-admins', 'admin'],
]);

let issuer: FakeIssuer;
let timers: ManualTimers;
let troubles: (string | undefined)[];
let login: OidcLogin;
let hub: Awaited<ReturnType<typeof tokenServer>>;

beforeEach(async () => {
  issuer = await FakeIssuer.start();
  await serve();
});

afterEach(async () => {
  await stop();
  await issuer.close();
});

/** Anna is an agent, Ben an administrator, both of Acme; Olga is one of another organization. */
async function serve(changes: Partial<OidcLoginOptions> = {}) {
  const directory = await directoryWithAdmins();
  timers = new ManualTimers(Date.now());
  troubles = [];
  login = createOidcLogin({
    issuer: issuer.url,
    audience: 'rte-hub',
    algorithms: ['RS256', 'ES256'],
    userClaim: undefined,
    organizationClaim: undefined,
    rolesClaim: undefined,
    roles: new Map(),
    directory: () => directory,
    onTrouble: (reason) => void troubles.push(reason),
    after: (ms, act) => timers.after(ms, act),
    now: timers.now,
    ...changes,
  });
  hub = await tokenServer({
    directory: () => directory,
    authenticator: createAuthenticator(() => directory, { external: [login] }),
  });
}

async function stop() {
  login.close();
  await hub.server.close();
}

const askWith = (token: string, userId = 'me') =>
  hub.server.inject({
    url: `/token/${userId}/rte/`,
    headers: { host: 'hub.test', authorization: `Bearer ${token}` },
  });

async function claimsOf(asked: ReturnType<typeof askWith>) {
  const answer = await asked;
  expect(answer.statusCode).toBe(200);
  const { Token: token } = answerSchema.parse(answer.json());
  expect((await hub.verifier.verify(token)).ok).toBe(true);
  return decodeJwt(token);
}

describe('a token of the issuer', () => {
  it.each([
    ['sub, as the id', { sub: ids.anna }],
    ['sub, in any letter case', { sub: ids.anna.toUpperCase() }],
    ['preferred_username, as the user name', { sub: 'x', preferred_username: 'Anna' }],
  ])('opens the hub for who is named by %s', async (_how, claims) => {
    const ours = await claimsOf(askWith(await issuer.token(claims)));
    expect(ours).toMatchObject({ sub: ids.anna, org: ids.acme, role: 'agent' });
    expect(ours).not.toHaveProperty('login_role');
    expect(hub.logins).toEqual(['accepted']);
  });

  it('gives one of ours that ends no later', async () => {
    const exp = Math.floor(timers.now() / 1000) + 100;
    const answer = await askWith(await issuer.token({ sub: ids.anna, exp }));
    const { ExpiresIn: seconds } = answerSchema.parse(answer.json());
    expect(seconds).toBeGreaterThan(90);
    expect(seconds).toBeLessThanOrEqual(100);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['of another audience', () => issuer.token({ sub: ids.anna, aud: 'somebody' })],
    ['of another issuer', () => issuer.token({ sub: ids.anna, iss: 'https://evil.example' })],
    ['that has expired', () => issuer.token({ sub: ids.anna, exp: 1 })],
    ['without end', () => issuer.token({ sub: ids.anna, exp: undefined })],
    ['that is not valid yet', () => issuer.token({ sub: ids.anna, nbf: 9_999_999_999 })],
    ['of an unknown key', () => issuer.token({ sub: ids.anna }, { kid: 'nobody' })],
    ['without signature', () => new UnsecuredJWT({ sub: ids.anna }).encode()],
    ['signed with the public key as a secret', () => signedWithPublicKey()],
    [
      'that was changed',
      async () => `${(await issuer.token({ sub: ids.anna })).slice(0, -6)}AAAAAA`,
    ],
  ])('%s is refused', async (_what, make) => {
    const answer = await askWith(await make());
    expect(answer.statusCode).toBe(401);
    expect(String(answer.headers['www-authenticate'])).toContain('error="invalid_token"');
    expect(hub.logins).toEqual(['refused']);
  });

  it('of a pinned algorithm only', async () => {
    await stop();
    await serve({ algorithms: ['RS256'] });
    expect((await askWith(await issuer.token({ sub: ids.anna }))).statusCode).toBe(401);
  });

  it('says in the log why it was refused', async () => {
    const token = await issuer.token({ sub: ids.anna, aud: 'somebody' });
    expect(await login.login({ kind: 'token', token })).toEqual({
      kind: 'refused',
      reason: 'wrong-audience',
    });
  });

  it('of who is not in the directory is 403, and says nothing of the directory', async () => {
    const answer = await askWith(
      await issuer.token({ sub: 'nobody', preferred_username: 'Nobody' }),
    );
    expect(answer.statusCode).toBe(403);
    expect(answer.body).not.toContain(ids.acme);
  });

  it('is beside passwords, which still work', async () => {
    const answer = await hub.server.inject({
      url: '/token/me/rte/',
      headers: { host: 'hub.test', ...basic('anna') },
    });
    expect(answer.statusCode).toBe(200);
  });
});

async function signedWithPublicKey(): Promise<string> {
  const claims = decodeJwt(await issuer.token({ sub: ids.anna }));
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: 'first' })
    .sign(new TextEncoder().encode(issuer.publicText()));
}

describe('settings of claims', () => {
  it('name the user by another claim, and by no other', async () => {
    await stop();
    await serve({ userClaim: 'ext.rte_user' });
    const nested = await issuer.token({ sub: ids.ben, ext: { rte_user: 'anna' } });
    expect(await claimsOf(askWith(nested))).toMatchObject({ sub: ids.anna });
    const byId = await issuer.token({ sub: ids.ben, 'ext.rte_user': ids.anna });
    expect(await claimsOf(askWith(byId))).toMatchObject({ sub: ids.anna });
    const without = await issuer.token({ sub: ids.ben, preferred_username: 'ben' });
    expect((await askWith(without)).statusCode).toBe(403);
  });

  it('demand the organization', async () => {
    await stop();
    await serve({ organizationClaim: 'org' });
    for (const org of [ids.acme.toUpperCase(), [ids.other, ids.acme]]) {
      await claimsOf(askWith(await issuer.token({ sub: ids.anna, org })));
    }
    for (const org of [ids.other, undefined, 7, []]) {
      expect((await askWith(await issuer.token({ sub: ids.anna, org }))).statusCode).toBe(403);
    }
  });

  it.each<[string, object, string, object]>([
    [
      'the highest of several',
      { groups: ['rte-leads', 'x', 'rte-admins'] },
      'anna',
      { role: 'admin', login_role: 'admin' },
    ],
    ['one text', { groups: 'rte-leads' }, 'anna', { role: 'supervisor', login_role: 'supervisor' }],
    [
      'a lower one than the directory has',
      { groups: ['rte-agents'] },
      'ben',
      { role: 'agent', login_role: 'agent' },
    ],
  ])('give the role: %s', async (_what, claims, name, expected) => {
    await stop();
    await serve({ rolesClaim: 'groups', roles });
    const token = await issuer.token({ sub: 'x', preferred_username: name, ...claims });
    expect(await claimsOf(askWith(token))).toMatchObject(expected);
  });

  it('leave the role of the directory to who has no mapped one', async () => {
    await stop();
    await serve({ rolesClaim: 'groups', roles });
    for (const groups of [undefined, [], ['admin'], { a: 1 }]) {
      const ours = await claimsOf(askWith(await issuer.token({ sub: ids.ben, groups })));
      expect(ours).toMatchObject({ role: 'admin' });
      expect(ours).not.toHaveProperty('login_role');
    }
  });

  it('that make an administrator do so in the own organization only, and nobody else one', async () => {
    await stop();
    await serve({ rolesClaim: 'groups', roles });
    const token = await issuer.token({ sub: ids.anna, groups: ['rte-admins'] });
    expect((await askWith(token, ids.olga)).statusCode).toBe(403);
    await stop();
    await serve({ rolesClaim: 'groups', roles });
    const agent = await issuer.token({ sub: ids.ben, groups: ['rte-agents'] });
    expect((await askWith(agent, ids.anna)).statusCode).toBe(403);
    const forBen = await claimsOf(askWith(token, ids.ben));
    expect(forBen).toMatchObject({ sub: ids.ben, role: 'admin' });
    expect(forBen).not.toHaveProperty('login_role');
  });
});

describe('the keys of the issuer', () => {
  it('are read once for a thousand logins at a time', async () => {
    const token = await issuer.token({ sub: ids.anna });
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => askWith(token)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(issuer.requests).toHaveLength(2);
  });

  it('are read again for a key that is not known, every thirty seconds at most', async () => {
    await claimsOf(askWith(await issuer.token({ sub: ids.anna })));
    await issuer.rotate();
    const rotated = await issuer.token({ sub: ids.anna });
    expect((await askWith(rotated)).statusCode).toBe(401);
    expect(issuer.requests).toHaveLength(2);
    timers.advance(30_000);
    await claimsOf(askWith(rotated));
    expect(issuer.requests).toHaveLength(4);
    const unknown = await issuer.token({ sub: ids.anna }, { kid: 'nobody' });
    const answers = await Promise.all(Array.from({ length: 100 }, () => askWith(unknown)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([401]));
    expect(issuer.requests).toHaveLength(4);
  });

  it('that it withdrew open nothing after ten minutes', async () => {
    const now = Math.floor(timers.now() / 1000);
    const token = await issuer.token({ sub: ids.anna, exp: now + 7200 });
    await claimsOf(askWith(token));
    await issuer.rotate();
    await claimsOf(askWith(token));
    timers.advance(600_000);
    expect((await askWith(token)).statusCode).toBe(401);
  });

  it('are trusted for an hour while it is away, not longer', async () => {
    const now = Math.floor(timers.now() / 1000);
    const token = await issuer.token({ sub: ids.anna, exp: now + 7200 });
    await claimsOf(askWith(token));
    issuer.fault = 'error';
    timers.advance(3_599_000);
    await claimsOf(askWith(token));
    expect(troubles).toEqual([undefined]);
    timers.advance(1_000);
    expect((await askWith(token)).statusCode).toBe(503);
  });
});

describe('while the issuer', () => {
  it.each<[string, IssuerFault, RegExp]>([
    ['is away', 'away', /cannot be read/],
    ['is broken', 'error', /it answered 500/],
    ['answers garbage', 'garbage', /no JSON/],
    ['answers without end', 'endless', /larger than/],
    ['says that it is another one', 'other-issuer', /give RTE_OIDC_ISSUER as it says/],
  ])('%s, nobody is called wrong, and it is asked again', async (_how, fault, reason) => {
    issuer.fault = fault;
    const token = await issuer.token({ sub: ids.anna });
    const answer = await askWith(token);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).not.toContain(issuer.url);
    expect(troubles).toEqual([expect.stringMatching(reason)]);
    issuer.fault = undefined;
    // Who comes right after does not wait for the same failure.
    const { length } = issuer.requests;
    expect((await askWith(token)).statusCode).toBe(503);
    expect(issuer.requests).toHaveLength(length);
    timers.advance(15_000);
    await claimsOf(askWith(token));
    expect(troubles.at(-1)).toBeUndefined();
  });

  it('is slow, the answer still comes', async () => {
    issuer.fault = 'slow';
    const answer = await askWith(await issuer.token({ sub: ids.anna }));
    expect(answer.statusCode).toBe(503);
  });

  it('is away at the start, it is asked again without a login', async () => {
    issuer.fault = 'away';
    login.start();
    await expect.poll(() => troubles.length).toBe(1);
    expect(timers.delays()).toEqual([15_000]);
    issuer.fault = undefined;
    timers.advance(15_000);
    await expect.poll(() => troubles.length).toBe(2);
    expect(troubles[1]).toBeUndefined();
    expect(timers.delays()).toEqual([]);
  });
});
