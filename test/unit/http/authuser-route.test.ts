import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseDirectory } from '../../../src/directory/index.js';
import type { Directory } from '../../../src/directory/types.js';
import { createHttpServer, registerAuthUserRoute } from '../../../src/http/index.js';
import {
  createAuthenticator,
  hashPassword,
  isPasswordHash,
  SecretKeys,
} from '../../../src/identity/index.js';
import { createWazoLogin, type WazoLogin } from '../../../src/composition/wazo-login.js';
import { FakeWazo } from '../../support/fake-wazo/fake-wazo.js';
import { ids, smallDirectory } from '../directory/directory-fixture.js';
import { basic, tokenServer } from './token-fixture.js';

const answerSchema = z.object({
  UserID: z.string(),
  SecretKey: z.string(),
  UserName: z.string(),
  OrganizationID: z.string(),
});
const problemSchema = z.object({ errors: z.array(z.object({ field: z.string() })) });
const cheap = { logN: 10, blockSize: 8, parallelism: 1 };
const secret = Buffer.alloc(32, 9);

let fake: FakeWazo;
let wazoLogin: WazoLogin;
let directory: Directory;
let logins: string[];
let hub: Awaited<ReturnType<typeof startHub>>;

beforeEach(async () => {
  fake = await FakeWazo.start();
  fake.state.logins.push({
    username: 'ben',
    password: 'bens',
    uuid: ids.ben,
    tenantUuid: ids.acme,
    acl: ['events.rte.#'],
  });
  directory = await directoryWith('annas');
  wazoLogin = createWazoLogin({
    url: fake.url,
    tlsInsecure: false,
    directory: () => directory,
    now: Date.now,
    timeoutMs: 500,
  });
  hub = await startHub();
});

afterEach(async () => {
  await hub.stop();
  wazoLogin.close();
  await fake.close();
});

/** Anna's password is in the directory, Ben's in Wazo. */
async function directoryWith(password: string): Promise<Directory> {
  const file = smallDirectory();
  const users = file.users.map((user) => (user.id === ids.anna ? { ...user, password } : user));
  const keys = new SecretKeys(secret);
  const hash = (text: string) => hashPassword(text, cheap, keys.saltFor(text));
  const passwords = { hash, isHash: isPasswordHash };
  const parsed = await parseDirectory({ ...file, users }, { production: false, passwords });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.directory;
}

/** A hub as it is after a start: nothing of the one before but directory and secret. */
async function startHub() {
  logins = [];
  const authenticator = createAuthenticator(() => directory, {
    external: [wazoLogin],
    secretKeys: new SecretKeys(secret),
  });
  const server = createHttpServer(pino({ level: 'silent' }));
  registerAuthUserRoute(server, {
    authenticator,
    metrics: { login: (outcome) => logins.push(outcome) },
  });
  const tokens = await tokenServer({ authenticator, directory: () => directory });
  return {
    ask: (name: string, payload: object) =>
      server.inject({ method: 'POST', url: `/authuser/${name}/`, payload }),
    token: (userName: string, password: string) =>
      tokens.server.inject({
        url: '/token/me/rte/',
        headers: { host: 'h', ...basic(userName, password) },
      }),
    async stop() {
      await Promise.all([server.close(), tokens.server.close()]);
    },
  };
}

async function secretKeyOf(userName: string, password: string): Promise<string> {
  const answer = await hub.ask(userName, { UserName: userName, Password: password });
  expect(answer.statusCode).toBe(200);
  return answerSchema.parse(answer.json()).SecretKey;
}

async function wrongFieldsOf(payload: object): Promise<readonly string[]> {
  const { errors } = problemSchema.parse((await hub.ask('anna', payload)).json());
  return errors.map(({ field }) => field);
}

describe('POST /authuser/{userName}/', () => {
  it('answers who it is and a key, not to be stored', async () => {
    const answer = await hub.ask('ANNA', { UserName: 'Anna', Password: 'annas' });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      UserID: ids.anna,
      SecretKey: expect.stringMatching(/^rsk1_/) as unknown,
      UserName: 'anna',
      OrganizationID: ids.acme,
    });
    expect(logins).toEqual(['accepted']);
  });

  it.each([
    ['a wrong password', 'anna', { UserName: 'anna', Password: 'wrong' }, 401],
    ['an unknown name', 'nobody', { UserName: 'nobody', Password: 'annas' }, 401],
    ['another name than the path has', 'anna', { UserName: 'ben', Password: 'bens' }, 400],
    ['no password', 'anna', { UserName: 'anna' }, 400],
    ['an empty password', 'anna', { UserName: 'anna', Password: '' }, 400],
    ['a password that is no text', 'anna', { UserName: 'anna', Password: 7 }, 400],
    ['a password without end', 'anna', { UserName: 'anna', Password: 'x'.repeat(1025) }, 400],
    ['a list', 'anna', [], 400],
  ])('refuses %s', async (_what, name, body, status) => {
    const answer = await hub.ask(name, body);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/u);
    expect(answer.headers['cache-control']).toBe('no-store');
    const isLogin = status === 401;
    expect(answer.headers['www-authenticate'] !== undefined).toBe(isLogin);
    expect(logins).toEqual(isLogin ? ['refused'] : []);
  });

  it('names every wrong field', async () => {
    expect(await wrongFieldsOf({ Password: 7 })).toEqual(['UserName', 'Password']);
    expect(await wrongFieldsOf({ UserName: 'ben', Password: 'bens' })).toEqual(['UserName']);
  });

  it('is throttled like every login', async () => {
    for (let i = 0; i < 10; i += 1) await hub.ask('anna', { UserName: 'anna', Password: 'no' });
    const answer = await hub.ask('anna', { UserName: 'anna', Password: 'annas' });
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    // What was refused here counts for the other path too.
    expect((await hub.token('anna', 'annas')).statusCode).toBe(429);
  });
});

describe.each([
  ['the directory', 'anna', 'annas', 'rsk1_'],
  ['Wazo', 'ben', 'bens', 'rsk2_'],
])('a secret key of a user whose password %s has', (_where, name, password, prefix) => {
  it('logs in like the password, also after a restart', async () => {
    const key = await secretKeyOf(name, password);
    expect(key).toMatch(new RegExp(`^${prefix}`));
    expect((await hub.token(name, key)).statusCode).toBe(200);
    await hub.stop();
    // As a reload would: the same file, hashed anew.
    directory = await directoryWith('annas');
    hub = await startHub();
    expect((await hub.token(name, key)).statusCode).toBe(200);
  });

  it('is nobody else’s', async () => {
    const key = await secretKeyOf(name, password);
    for (const other of ['anna', 'ben', 'olga', 'nobody'].filter((one) => one !== name)) {
      expect((await hub.token(other, key)).statusCode).toBe(401);
    }
    expect((await hub.token(name, `${key.slice(0, -2)}xx`)).statusCode).toBe(401);
  });

  it('gives a key again, as good as itself', async () => {
    const again = await secretKeyOf(name, await secretKeyOf(name, password));
    expect((await hub.token(name, again)).statusCode).toBe(200);
  });

  it('ends with the password', async () => {
    const key = await secretKeyOf(name, password);
    directory = await directoryWith('changed');
    const { logins: known } = fake.state;
    known.push(...known.splice(0).map((login) => ({ ...login, password: 'changed' })));
    wazoLogin.checker.forget(() => true);
    expect((await hub.token(name, key)).statusCode).toBe(401);
    expect((await hub.token(name, 'changed')).statusCode).toBe(200);
  });

  it('ends when the user is removed', async () => {
    const key = await secretKeyOf(name, password);
    const users = new Map([...directory.users].filter(([, { userName }]) => userName !== name));
    directory = {
      ...directory,
      users,
      userByName: (wanted) => [...users.values()].find(({ userName }) => userName === wanted),
    };
    expect((await hub.token(name, key)).statusCode).not.toBe(200);
  });
});
