import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FakeIssuer } from '../../support/fake-issuer.js';
import { ids } from '../directory/directory-fixture.js';
import { type Begun, comeBack, issuerLoginHub } from './issuer-login-fixture.js';

const tokenSchema = z.object({ Token: z.string(), ExpiresIn: z.number() });

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

  it('waits for the key of an ID token that is not known yet', async () => {
    issuer.logins.sign = (claims) => issuer.token(claims, { kid: 'tomorrow' });
    const begun = await hub.begin();
    expect((await hub.finish(begun, comeBack(issuer, begun))).statusCode).toBe(503);
    expect(await sessionFiles()).toEqual([]);
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

async function sessionFiles(): Promise<string[]> {
  return readdir(join(hub.folder, 'login-sessions'));
}

function withIdToken(begun: Begun, changes: object): [Begun, string] {
  issuer.logins.idToken = changes;
  return [begun, comeBack(issuer, begun)];
}
