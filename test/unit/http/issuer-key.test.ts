import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FakeIssuer } from '../../support/fake-issuer.js';
import { ids } from '../directory/directory-fixture.js';
import { issuerLoginHub } from './issuer-login-fixture.js';

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

describe('the key of a login with the issuer', () => {
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

  it('outlives a key of the issuer that is not known yet, but no forged ID token', async () => {
    const { SecretKey } = await hub.logIn();
    const { sign } = issuer.logins;
    issuer.logins.person = { ...issuer.logins.person, groups: ['rte-admins'] };
    issuer.logins.sign = (claims) => issuer.token(claims, { kid: 'tomorrow' });
    hub.timers.advance(5 * MINUTE_MS);
    const unchanged = tokenSchema.parse((await hub.token('anna', SecretKey)).json());
    expect(decodeJwt(unchanged.Token)).toMatchObject({ role: 'agent' });
    issuer.logins.sign = sign;
    hub.timers.advance(5 * MINUTE_MS);
    const renewed = tokenSchema.parse((await hub.token('anna', SecretKey)).json());
    expect(decodeJwt(renewed.Token)).toMatchObject({ role: 'admin' });
    const forger = await FakeIssuer.start();
    issuer.logins.sign = (claims) => forger.token({ ...claims, iss: issuer.url });
    hub.timers.advance(5 * MINUTE_MS);
    expect(await statusOf('anna', SecretKey)).toBe(401);
    await forger.close();
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
