import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseDirectory } from '../../../src/directory/index.js';
import type { Directory } from '../../../src/directory/types.js';
import { createAuthenticator, hashPassword, isPasswordHash } from '../../../src/identity/index.js';
import { createWazoLogin, type WazoLogin } from '../../../src/composition/wazo-login.js';
import { addToken } from '../../support/fake-wazo/fake-auth.js';
import { FakeWazo } from '../../support/fake-wazo/fake-wazo.js';
import type { Misbehaviour } from '../../support/fake-wazo/faults.js';
import type { FakeLogin } from '../../support/fake-wazo/state.js';
import { ids, smallDirectory } from '../directory/directory-fixture.js';
import { basic, tokenServer } from './token-fixture.js';

const answerSchema = z.object({ Token: z.string(), ExpiresIn: z.number() });
const BOTH_SCHEMES = ['Basic realm="rte-hub", charset="UTF-8"', 'Bearer realm="rte-hub"'];
const STRANGER = 'cccccccc-0000-4000-8000-000000000001';

/** Ben, an administrator of the directory whose password only Wazo has. */
const BEN: FakeLogin = {
  username: 'ben',
  password: 'bens',
  uuid: ids.ben,
  tenantUuid: ids.acme,
  acl: ['calld.#', 'events.rte.#', '!events.rte.queues.#'],
};

let fake: FakeWazo;
let login: WazoLogin;
let hub: Awaited<ReturnType<typeof tokenServer>>;
let directory: Directory;
let time: number;

beforeEach(async () => {
  fake = await FakeWazo.start();
  fake.state.logins.push(BEN);
  time = Date.now();
  directory = await directoryOfBoth();
  await open();
});

/** @param timeoutMs how long wazo-auth is waited for; a busy machine must not come into it */
async function open(timeoutMs = 10_000): Promise<void> {
  login = createWazoLogin({
    url: fake.url,
    tlsInsecure: false,
    directory: () => directory,
    now: () => time,
    timeoutMs,
    clock: { wait: () => Promise.resolve(), random: () => 0 },
  });
  hub = await tokenServer({
    directory: () => directory,
    authenticator: createAuthenticator(() => directory, { external: [login] }),
  });
}

async function close(): Promise<void> {
  login.close();
  await hub.server.close();
}

afterEach(async () => {
  await close();
  await fake.close();
});

/** Anna has a password in the directory, the others have theirs in Wazo. */
async function directoryOfBoth(): Promise<Directory> {
  const file = smallDirectory();
  const users = file.users.map((user) => ({
    ...user,
    ...(user.id === ids.anna && { password: 'secret' }),
    role: user.id === ids.ben ? ('admin' as const) : user.role,
  }));
  const cheap = { logN: 10, blockSize: 8, parallelism: 1 };
  const passwords = { hash: (text: string) => hashPassword(text, cheap), isHash: isPasswordHash };
  const parsed = await parseDirectory({ ...file, users }, { production: false, passwords });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.directory;
}

const ask = (headers: Record<string, string>, userId = 'me') =>
  hub.server.inject({ url: `/token/${userId}/rte/`, headers: { host: 'hub.test', ...headers } });

const askWith = (token: string, userId?: string) => ask({ 'x-auth-token': token }, userId);

async function claimsOf(asked: ReturnType<typeof ask>) {
  const { Token: token } = answerSchema.parse((await asked).json());
  expect((await hub.verifier.verify(token)).ok).toBe(true);
  return decodeJwt(token);
}

describe("a token of Wazo's", () => {
  it.each([
    ['X-Auth-Token', (token: string) => ({ 'x-auth-token': token })],
    ['Bearer', (token: string) => ({ authorization: `Bearer ${token}` })],
  ])('as %s opens the hub with the rules that concern it', async (_how, headers) => {
    const { token, sessionUuid, expiresAt } = addToken(fake.state, BEN);
    const claims = await claimsOf(ask(headers(token)));
    expect(claims).toMatchObject({ sub: ids.ben, org: ids.acme, role: 'admin' });
    expect(claims['access']).toMatchObject({
      acl: ['!events.rte.queues.#', 'events.rte.#'],
      me: ids.ben,
      session: { id: sessionUuid, end: Math.floor(expiresAt / 1000) },
    });
    expect(hub.logins).toEqual(['accepted']);
  });

  it('that ends soon gives one of ours that ends as soon', async () => {
    const { token } = addToken(fake.state, BEN, 100);
    const { ExpiresIn: seconds } = answerSchema.parse((await askWith(token)).json());
    expect(seconds).toBeGreaterThan(90);
    expect(seconds).toBeLessThanOrEqual(100);
  });

  it('gives the role that its list names, for the own token only', async () => {
    const acl = ['events.rte.#', 'rte.roles.supervisor'];
    const named = await claimsOf(askWith(addToken(fake.state, { ...BEN, acl }).token));
    expect(named).toMatchObject({ role: 'supervisor', login_role: 'supervisor' });
    // Who is an administrator in the directory is none with this login.
    const other = await askWith(addToken(fake.state, { ...BEN, acl }).token, ids.anna);
    expect(other.statusCode).toBe(403);
    const wildcard = await claimsOf(askWith(addToken(fake.state, { ...BEN, acl: ['#'] }).token));
    expect(wildcard).toMatchObject({ role: 'admin' });
    expect(wildcard).not.toHaveProperty('login_role');
  });

  it('binds an administrator also in the place of somebody else', async () => {
    const { token } = addToken(fake.state, BEN);
    const claims = await claimsOf(askWith(token, ids.anna));
    expect(claims).toMatchObject({ sub: ids.anna, access: { me: ids.ben } });
  });

  it.each([
    ['revoked', () => revokedToken()],
    ['expired', () => addToken(fake.state, BEN, -1).token],
    ['none of Wazo', () => 'a_b'],
  ])('that is %s is refused', async (_how, tokenOf) => {
    const answer = await askWith(tokenOf());
    expect(answer.statusCode).toBe(401);
    const [first, second] = BOTH_SCHEMES;
    expect(answer.headers['www-authenticate']).toEqual([
      first,
      `${String(second)}, error="invalid_token"`,
    ]);
    expect(answer.json()).toMatchObject({ status: 401 });
    expect(hub.logins).toEqual(['refused']);
  });

  it('that is revoked opens the hub for ten seconds more at most', async () => {
    const { token } = addToken(fake.state, BEN);
    expect((await askWith(token)).statusCode).toBe(200);
    fake.state.killTokens();
    expect((await askWith(token)).statusCode).toBe(200);
    time += 10_001;
    expect((await askWith(token)).statusCode).toBe(401);
  });

  it('whose session ends opens nothing from then on', async () => {
    const { token, sessionUuid } = addToken(fake.state, BEN);
    const { token: other } = addToken(fake.state, BEN);
    for (const one of [token, other]) expect((await askWith(one)).statusCode).toBe(200);
    fake.state.killTokens();
    login.sessionEnded(sessionUuid);
    expect((await askWith(token)).statusCode).toBe(401);
    expect((await askWith(other)).statusCode).toBe(200);
  });

  it('of a thousand clients at a time is asked for once', async () => {
    const { token } = addToken(fake.state, BEN);
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => askWith(token)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(fake.requests).toEqual(['GET auth/token']);
  });

  it('is not asked for after six hundred refusals of an address in a minute', async () => {
    const refused = await Promise.all(Array.from({ length: 600 }, () => askWith('a_b')));
    expect(new Set(refused.map(({ statusCode }) => statusCode))).toEqual(new Set([401]));
    const answer = await askWith(addToken(fake.state, BEN).token);
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(fake.requests).toEqual([]);
    // Passwords have a count of their own.
    expect((await ask(basic('ben', 'bens'))).statusCode).toBe(200);
  });
});

describe('who is known to Wazo, but not let in', () => {
  const rules = Array.from({ length: 101 }, (_, i) => `events.rte.users.*.E${String(i)}`);

  it.each([
    ['is not in the directory', { uuid: STRANGER }],
    ['is in the directory for another tenant', { tenantUuid: ids.other }],
    ['has too many rules', { acl: rules }],
  ])('%s: 403', async (_why, changes) => {
    const answer = await askWith(addToken(fake.state, { ...BEN, ...changes }).token);
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/u);
    for (const id of [STRANGER, ids.acme, ids.other]) expect(answer.body).not.toContain(id);
    expect(hub.logins).toEqual(['not-admitted']);
  });

  it('is let in as soon as the directory has them', async () => {
    const { token } = addToken(fake.state, { ...BEN, uuid: STRANGER });
    expect((await askWith(token)).statusCode).toBe(403);
    const ben = directory.users.get(ids.ben);
    if (ben === undefined) throw new Error('Ben is missing');
    const known = { ...ben, wazo: { ...ben.wazo, userUuid: STRANGER.toUpperCase() } };
    directory = { ...directory, users: new Map([[ids.ben, known]]) };
    expect((await askWith(token)).statusCode).toBe(200);
  });

  it('who has no rule for events gets a token that is good for none', async () => {
    const { token } = addToken(fake.state, { ...BEN, acl: ['calld.#', 'events.calls.me'] });
    expect(await claimsOf(askWith(token))).toMatchObject({ access: { acl: [] } });
  });
});

describe("a name and password of Wazo's", () => {
  it('open the hub, and leave no token behind', async () => {
    const claims = await claimsOf(ask(basic('ben', 'bens')));
    expect(claims).toMatchObject({ sub: ids.ben, access: { me: ids.ben } });
    expect(claims['access']).not.toHaveProperty('session');
    expect([fake.state.tokensIssued, fake.state.tokens.size]).toEqual([1, 0]);
    await ask(basic('ben', 'bens'));
    expect(fake.state.tokensIssued).toBe(1);
  });

  it('are not asked for of who has a password in the directory', async () => {
    expect(await claimsOf(ask(basic('anna')))).not.toHaveProperty('access');
    fake.state.logins.push({ ...BEN, username: 'anna', password: 'annas' });
    expect((await ask(basic('anna', 'annas'))).statusCode).toBe(401);
    expect(fake.requests).toEqual([]);
  });

  it('that are wrong are refused with both schemes, and throttled', async () => {
    for (let i = 0; i < 10; i += 1) {
      const answer = await ask(basic('ben', 'wrong'));
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toEqual(BOTH_SCHEMES);
    }
    expect((await ask(basic('ben', 'bens'))).statusCode).toBe(429);
    // The answer to equal ones was remembered.
    expect(fake.requests).toEqual(['POST auth/token']);
  });

  it('missing are asked for with both schemes', async () => {
    const answer = await ask({});
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toEqual(BOTH_SCHEMES);
    expect(answer.body).toContain('X-Auth-Token');
  });
});

describe('while wazo-auth', () => {
  it.each<[string, Misbehaviour]>([
    ['starts', { kind: 'status', status: 503 }],
    ['is broken', { kind: 'status', status: 500 }],
    ['is slow', { kind: 'hang' }],
    ['cuts the connection', { kind: 'cut' }],
    ['answers garbage', { kind: 'garbage', body: '<html>' }],
    ['answers something else', { kind: 'garbage', body: '{"data":{"token":"x"}}' }],
  ])('%s, nobody is called wrong, and it is asked again', async (_how, misbehaviour) => {
    if (misbehaviour.kind === 'hang') {
      await close();
      await open(300);
    }
    const { token } = addToken(fake.state, BEN);
    fake.faults.add({ misbehaviour });
    for (const headers of [{ 'x-auth-token': token }, basic('ben', 'bens')]) {
      const answer = await ask(headers);
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.json()).toMatchObject({ title: 'Service Unavailable', status: 503 });
      expect(answer.body).not.toMatch(/wazo|auth/iu);
    }
    expect(hub.logins).toEqual(['unavailable', 'unavailable']);
    fake.faults.clear();
    expect((await askWith(token)).statusCode).toBe(200);
  });

  it('is away, the reason names no secret, and the directory still lets in', async () => {
    const { token } = addToken(fake.state, BEN);
    await fake.close();
    const check = await login.checker.check({ kind: 'token', token });
    expect(check).toMatchObject({ kind: 'unavailable' });
    expect(JSON.stringify(check)).not.toContain(token);
    expect((await ask(basic('anna'))).statusCode).toBe(200);
  });

  it('forbids, the token counts as wrong', async () => {
    fake.faults.add({ misbehaviour: { kind: 'status', status: 403 } });
    expect((await askWith(addToken(fake.state, BEN).token)).statusCode).toBe(401);
  });

  it('fails once, nobody notices', async () => {
    fake.faults.add({ times: 1, misbehaviour: { kind: 'cut' } });
    expect((await askWith(addToken(fake.state, BEN).token)).statusCode).toBe(200);
  });
});

function revokedToken(): string {
  const { token } = addToken(fake.state, BEN);
  fake.state.tokens.delete(token);
  return token;
}
