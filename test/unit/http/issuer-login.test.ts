import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FakeIssuer } from '../../support/fake-issuer.js';
import { ids } from '../directory/directory-fixture.js';
import { type Begun, comeBack, issuerLoginHub } from './issuer-login-fixture.js';

const tokenSchema = z.object({ Token: z.string(), ExpiresIn: z.number() });

const MINUTE_MS = 60_000;

let issuer: FakeIssuer;
let hub: Awaited<ReturnType<typeof issuerLoginHub>>;

beforeEach(async () => {
  issuer = await FakeIssuer.start();
  issuer.logins.person = { sub: 'a1', preferred_username: 'anna' };
  await serve();
});

afterEach(async () => {
  await hub.stop();
  await issuer.close();
});

async function serve(changes?: Parameters<typeof issuerLoginHub>[1], dataDir?: string) {
  hub = await issuerLoginHub(issuer, changes, dataDir);
  issuer.now = hub.timers.now;
}

const statusOf = async (userName: string, key: string) =>
  (await hub.token(userName, key)).statusCode;

describe('a login with the issuer', () => {
  it('begins at its page, with a challenge and nothing that was there before', async () => {
    const [begun, other] = [await hub.begin(), await hub.begin()];
    const url = new URL(begun.Url);
    expect(`${url.origin}${url.pathname}`).toBe(`${issuer.url}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'rte-hub-pages',
      redirect_uri: 'http://hub.test/login',
      scope: 'openid offline_access',
      state: begun.State,
      nonce: begun.Nonce,
      code_challenge: createHash('sha256').update(begun.CodeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const secrets = [begun, other].flatMap((one) => [one.State, one.Nonce, one.CodeVerifier]);
    expect(new Set(secrets).size).toBe(6);
    expect(begun.Url).not.toContain(begun.CodeVerifier);
  });

  it('ends with a key that opens the hub as a password does', async () => {
    expect((await hub.options()).json()).toEqual({ Issuer: { Label: 'Log in with Acme' } });
    const key = await hub.logIn();
    expect(key).toMatchObject({ UserID: ids.anna, UserName: 'anna', OrganizationID: ids.acme });
    const { Token, ExpiresIn } = tokenSchema.parse((await hub.token('anna', key.SecretKey)).json());
    expect(decodeJwt(Token)).toMatchObject({ sub: ids.anna, role: 'agent' });
    expect(ExpiresIn).toBe(600);
    expect(hub.logins).toEqual(['accepted', 'accepted']);
  });

  it('gives the role that the ID token has', async () => {
    issuer.logins.person = { ...issuer.logins.person, groups: ['rte-admins'] };
    const { SecretKey } = await hub.logIn();
    const { Token } = tokenSchema.parse((await hub.token('anna', SecretKey)).json());
    expect(decodeJwt(Token)).toMatchObject({ role: 'admin' });
  });

  it.each<[string, (begun: Begun) => Promise<[Partial<Begun>, string]> | [Partial<Begun>, string]]>(
    [
      [
        'the state of another login',
        async (b) => [{ ...b, State: (await hub.begin()).State }, comeBack(issuer, b)],
      ],
      [
        'the nonce of another login',
        async (b) => [{ ...b, Nonce: (await hub.begin()).Nonce }, comeBack(issuer, b)],
      ],
      [
        'the verifier of another login',
        async (b) => [
          { ...b, CodeVerifier: (await hub.begin()).CodeVerifier },
          comeBack(issuer, b),
        ],
      ],
      [
        'the code of another login',
        async (b) => [
          b,
          comeBack(issuer, { ...(await hub.begin()), State: b.State }).replace(
            /state=[^&]+/u,
            `state=${b.State}`,
          ),
        ],
      ],
      [
        'a code that was used',
        async (b) => {
          const response = comeBack(issuer, b);
          expect((await hub.finish(b, response)).statusCode).toBe(200);
          return [b, response];
        },
      ],
      ['a code that nobody gave', (b) => [b, comeBack(issuer, b).replace(/code=[^&]+/u, 'code=x')]],
      ['no code', (b) => [b, comeBack(issuer, b).replace(/code=[^&]+/u, '')]],
      ['two states', (b) => [b, `${comeBack(issuer, b)}&state=x`]],
      [
        'the answer of another issuer',
        (b) => [b, comeBack(issuer, b).replace(/iss=[^&]+/u, 'iss=https://evil.example')],
      ],
      [
        'an answer that names no issuer',
        (b) => [b, comeBack(issuer, b).replace(/&iss=[^&]+/u, '')],
      ],
      [
        'a refusal of the issuer',
        (b) => [b, `?error=access_denied&state=${b.State}&iss=${issuer.url}`],
      ],
      ['an ID token for somebody else', (b) => withIdToken(b, { aud: 'another' })],
      ['an ID token of another issuer', (b) => withIdToken(b, { iss: 'https://evil.example' })],
      ['an ID token that has expired', (b) => withIdToken(b, { exp: 1 })],
      [
        'an ID token for several, given to another',
        (b) => withIdToken(b, { aud: ['rte-hub-pages', 'x'], azp: 'x' }),
      ],
    ],
  )('is refused with %s', async (_what, make) => {
    const [kept, response] = await make(await hub.begin());
    hub.logins.length = 0;
    const answer = await hub.finish(kept, response);
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain('Try again');
    expect(hub.logins).toEqual(['refused']);
    expect(answer.body).not.toContain('evil');
  });

  it('is refused with an ID token that the issuer did not sign', async () => {
    const begun = await hub.begin();
    const forger = await FakeIssuer.start();
    issuer.logins.sign = (claims) => forger.token({ ...claims, iss: issuer.url });
    const answer = await hub.finish(begun, comeBack(issuer, begun));
    expect(answer.statusCode).toBe(401);
    await forger.close();
  });

  it('tells who is not in the directory whom to ask', async () => {
    issuer.logins.person = { sub: 'x', preferred_username: 'stranger' };
    const begun = await hub.begin();
    const answer = await hub.finish(begun, comeBack(issuer, begun));
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('Ask the operator of the hub to add you');
    expect(await sessionFiles()).toEqual([]);
  });

  it.each([
    ['is away', () => void (issuer.fault = 'away')],
    ['fails', () => void (issuer.fault = 'error')],
    ['answers with a page', () => void (issuer.fault = 'garbage')],
    ['gives an ID token without nonce', () => void (issuer.logins.idToken = { nonce: undefined })],
    ['does not know the client any more', () => void (issuer.logins.error = 'invalid_client')],
  ])('can be tried again when the issuer %s', async (_what, fail) => {
    const begun = await hub.begin();
    const response = comeBack(issuer, begun);
    fail();
    const answer = await hub.finish(begun, response);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    issuer.fault = undefined;
    issuer.logins.error = undefined;
    issuer.logins.idToken = {};
    expect((await hub.logIn()).UserName).toBe('anna');
  });

  it('cannot begin while the issuer is away, which is then not asked for everybody', async () => {
    issuer.fault = 'away';
    const answers = await Promise.all([1, 2, 3].map(() => hub.post('/login/issuer')));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503]);
    expect(issuer.requests).toHaveLength(1);
    issuer.fault = undefined;
    hub.timers.advance(15_000);
    expect((await hub.post('/login/issuer')).statusCode).toBe(200);
  });

  it('has a bound on what one address may try in vain', async () => {
    const begun = await hub.begin();
    for (let count = 0; count < 60; count += 1) await hub.finish(begun, '?code=x');
    const answer = await hub.finish(begun, comeBack(issuer, begun));
    expect(answer.statusCode).toBe(429);
    expect((await hub.finish(begun, comeBack(issuer, begun), '192.0.2.2')).statusCode).toBe(200);
  });

  it.each([
    ['none', {}],
    ['an empty answer', { Response: '', State: 'x', Nonce: 'x', CodeVerifier: 'x' }],
    [
      'too long an answer',
      { Response: 'x'.repeat(9000), State: 'x', Nonce: 'x', CodeVerifier: 'x' },
    ],
    ['no state', { Response: '?code=x', Nonce: 'x', CodeVerifier: 'x' }],
  ])('needs all its fields: %s', async (_what, payload) => {
    expect((await hub.post('/login/issuer/code', payload)).statusCode).toBe(400);
  });

  it('is not there where it is not set up', async () => {
    await hub.stop();
    await serve({ signIn: undefined });
    expect((await hub.options()).json()).toEqual({ Issuer: null });
    expect((await hub.post('/login/issuer')).statusCode).toBe(404);
    expect((await hub.finish({}, 'x')).statusCode).toBe(404);
    expect((await hub.logOut('anna', 'x')).statusCode).toBe(404);
  });
});

describe('the key of such a login', () => {
  it('holds for as long as the issuer renews it, which is asked every five minutes', async () => {
    const { SecretKey } = await hub.logIn();
    for (let time = 0; time < 40; time += 1) {
      hub.timers.advance(5 * MINUTE_MS);
      const asked = await Promise.all([1, 2, 3].map(() => statusOf('anna', SecretKey)));
      expect(asked).toEqual([200, 200, 200]);
      hub.timers.advance(4 * MINUTE_MS);
      expect(await statusOf('anna', SecretKey)).toBe(200);
    }
    expect(issuer.logins.grants).toHaveLength(1 + 40);
  });

  it('ends when the issuer no longer renews it, for good', async () => {
    const { SecretKey } = await hub.logIn();
    issuer.logins.isDisabled = true;
    expect(await statusOf('anna', SecretKey)).toBe(200);
    hub.timers.advance(5 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(401);
    issuer.logins.isDisabled = false;
    expect(await statusOf('anna', SecretKey)).toBe(401);
    expect(await sessionFiles()).toEqual([]);
  });

  it('holds for an hour while the issuer is away, and then until it is back', async () => {
    const { SecretKey } = await hub.logIn();
    issuer.fault = 'away';
    hub.timers.advance(59 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(200);
    expect(await statusOf('anna', SecretKey)).toBe(200);
    const asked = issuer.requests.filter((path) => path.endsWith('/token'));
    expect(asked.length).toBeLessThanOrEqual(2);
    hub.timers.advance(2 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(503);
    issuer.fault = undefined;
    hub.timers.advance(MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(200);
  });

  it('takes on the role that the issuer says at a renewal', async () => {
    const { SecretKey } = await hub.logIn();
    issuer.logins.person = { ...issuer.logins.person, groups: ['rte-admins'] };
    hub.timers.advance(5 * MINUTE_MS);
    const { Token } = tokenSchema.parse((await hub.token('anna', SecretKey)).json());
    expect(decodeJwt(Token)).toMatchObject({ role: 'admin' });
  });

  it('needs no ID token at a renewal, and ends with one of somebody else', async () => {
    const { SecretKey } = await hub.logIn();
    issuer.logins.gives.idTokensAtRenewal = false;
    hub.timers.advance(5 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(200);
    issuer.logins.gives.idTokensAtRenewal = true;
    issuer.logins.person = { sub: 'b1', preferred_username: 'ben' };
    hub.timers.advance(5 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(401);
  });

  it('ends with the ID token where the issuer gives nothing to renew it with', async () => {
    issuer.logins.gives.refreshTokens = false;
    issuer.logins.idToken = { exp: Math.floor(hub.timers.now() / 1000) + 120 };
    const { SecretKey } = await hub.logIn();
    const { ExpiresIn } = tokenSchema.parse((await hub.token('anna', SecretKey)).json());
    expect(ExpiresIn).toBeLessThanOrEqual(120);
    hub.timers.advance(2 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(401);
  });

  it('is good for its own user only', async () => {
    const { SecretKey } = await hub.logIn();
    expect(await statusOf('ben', SecretKey)).toBe(401);
    expect(await statusOf('anna', `${SecretKey.slice(0, -1)}_`)).toBe(401);
    expect(await statusOf('anna', 'rsk3_')).toBe(401);
    expect(await statusOf('Anna', SecretKey)).toBe(200);
  });

  it('gives no key that would outlive it', async () => {
    const { SecretKey } = await hub.logIn();
    const answer = await hub.post('/authuser/anna/', { UserName: 'anna', Password: SecretKey });
    expect(answer.json()).toMatchObject({ SecretKey });
  });

  it('ends when the tokens of its user are revoked', async () => {
    const { SecretKey } = await hub.logIn();
    hub.revokedUntil.set(ids.anna, hub.timers.now());
    expect(await statusOf('anna', SecretKey)).toBe(401);
    expect(issuer.logins.revoked).toHaveLength(1);
    hub.timers.advance(1);
    const next = await hub.logIn();
    expect(await statusOf('anna', next.SecretKey)).toBe(200);
  });

  it('ends by logging out, at the issuer as well', async () => {
    const { SecretKey } = await hub.logIn();
    hub.timers.advance(5 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(200);
    expect((await hub.logOut('anna', SecretKey)).statusCode).toBe(204);
    expect(issuer.logins.revoked).toHaveLength(1);
    expect(await statusOf('anna', SecretKey)).toBe(401);
    expect(await sessionFiles()).toEqual([]);
    expect((await hub.logOut('anna', SecretKey)).statusCode).toBe(204);
  });

  it('ends by logging out also while the issuer is away, or in the middle of a renewal', async () => {
    const [one, other] = [await hub.logIn(), await hub.logIn()];
    hub.timers.advance(5 * MINUTE_MS);
    const [asked] = await Promise.all([
      hub.token('anna', one.SecretKey),
      hub.logOut('anna', one.SecretKey),
    ]);
    expect([200, 401]).toContain(asked.statusCode);
    issuer.fault = 'away';
    expect((await hub.logOut('anna', other.SecretKey)).statusCode).toBe(204);
    issuer.fault = undefined;
    for (const { SecretKey } of [one, other]) {
      expect(await statusOf('anna', SecretKey)).toBe(401);
    }
    expect(await sessionFiles()).toEqual([]);
  });
});

describe('after a restart', () => {
  it('logins hold, as they were renewed last', async () => {
    const { SecretKey } = await hub.logIn();
    hub.timers.advance(5 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(200);
    await restart();
    expect(await statusOf('anna', SecretKey)).toBe(200);
    hub.timers.advance(11 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(200);
    expect((await hub.logOut('anna', SecretKey)).statusCode).toBe(204);
    expect(issuer.logins.revoked).toHaveLength(1);
  });

  it('with another login secret they do not', async () => {
    const { SecretKey } = await hub.logIn();
    await restart({ loginSecret: Buffer.alloc(32, 6) });
    expect(await statusOf('anna', SecretKey)).toBe(401);
  });

  it('nothing in the data folder is of use to who reads it', async () => {
    const { SecretKey } = await hub.logIn();
    const [name = ''] = await sessionFiles();
    const path = join(hub.folder, 'login-sessions', name);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const text = await readFile(path, 'utf8');
    expect(text.split('.')).toHaveLength(5);
    expect(text).not.toContain(SecretKey);
    expect(SecretKey).not.toContain(name);
  });
});

async function restart(changes: { readonly loginSecret?: Buffer } = {}): Promise<void> {
  await hub.stop({ keepFolder: true });
  await serve(changes, hub.folder);
}

async function sessionFiles(): Promise<string[]> {
  return readdir(join(hub.folder, 'login-sessions'));
}

function withIdToken(begun: Begun, changes: object): [Begun, string] {
  issuer.logins.idToken = changes;
  return [begun, comeBack(issuer, begun)];
}
