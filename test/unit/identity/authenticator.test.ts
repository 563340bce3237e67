import { beforeAll, describe, expect, it } from 'vitest';
import {
  createAuthenticator,
  hashPassword,
  LoginThrottle,
  PasswordChecker,
} from '../../../src/identity/index.js';

const cheap = { logN: 10, blockSize: 8, parallelism: 1 };
const ADDRESS = '192.0.2.1';
const kind = 'password';

interface TestUser {
  readonly id: string;
  readonly passwordHash?: string;
}

let users: Map<string, TestUser>;

beforeAll(async () => {
  const passwordHash = await hashPassword('right', cheap);
  users = new Map<string, TestUser>([
    ['anna', { id: '1', passwordHash }],
    ['nopassword', { id: '2' }],
  ]);
});

function authenticator(checker = new PasswordChecker()) {
  const lookup = { userByName: (name: string) => users.get(name.toLowerCase()) };
  return createAuthenticator(() => lookup, {
    throttle: new LoginThrottle({ now: () => 0 }),
    checker,
  });
}

describe('login', () => {
  it('accepts the right password', async () => {
    const result = await authenticator().login(ADDRESS, {
      kind,
      userName: 'Anna',
      password: 'right',
    });
    expect(result).toMatchObject({ kind: 'accepted', user: { id: '1' } });
  });

  it.each([
    ['a wrong password', 'anna', 'wrong', 'wrong-password'],
    ['an unknown name', 'nobody', 'right', 'unknown-user'],
    ['a user without password', 'nopassword', '', 'no-password'],
  ])('refuses %s, and says why to operators', async (_why, userName, password, reason) => {
    const result = await authenticator().login(ADDRESS, { kind, userName, password });
    expect(result).toEqual({ kind: 'refused', reason });
  });

  it('throttles the right password too, after ten wrong ones', async () => {
    const hub = authenticator();
    for (let i = 0; i < 10; i += 1)
      await hub.login(ADDRESS, { kind, userName: 'anna', password: `no${i}` });
    const result = await hub.login(ADDRESS, { kind, userName: 'anna', password: 'right' });
    expect(result).toEqual({ kind: 'throttled', retryAfterSeconds: 60 });
  });

  it('does not count successes', async () => {
    const hub = authenticator();
    const credentials = { kind, userName: 'anna', password: 'right' } as const;
    for (let i = 0; i < 12; i += 1) await hub.login(ADDRESS, credentials);
    expect(await hub.login(ADDRESS, credentials)).toMatchObject({ kind: 'accepted' });
  });

  it('asks to come back when too many checks are waiting', async () => {
    const hub = authenticator(new PasswordChecker({ maxPending: 1 }));
    const first = hub.login(ADDRESS, { kind, userName: 'anna', password: 'right' });
    const second = await hub.login(ADDRESS, { kind, userName: 'anna', password: 'wrong' });
    expect(second).toEqual({ kind: 'throttled', retryAfterSeconds: 5 });
    expect(await first).toMatchObject({ kind: 'accepted' });
  });
});

const annasHash = () => users.get('anna')?.passwordHash ?? '';

describe('the password checker', () => {
  it('does equal checks at the same time once', async () => {
    const checker = new PasswordChecker();
    const checks = Array.from({ length: 50 }, () => checker.check('right', annasHash()));
    expect(checker.pending).toBe(1);
    expect(new Set(await Promise.all(checks))).toEqual(new Set(['right']));
    expect(checker.pending).toBe(0);
  });

  it('remembers a right password for five minutes, and not beyond', async () => {
    const clock = { now: 1 };
    const checker = new PasswordChecker({ maxPending: 0, now: () => clock.now });
    const knowing = new PasswordChecker({ now: () => clock.now });
    // Without room for a single check, only memory can answer.
    expect(await checker.check('right', annasHash())).toBe('busy');
    await knowing.check('right', annasHash());
    const again = knowing.check('right', annasHash());
    expect(knowing.pending).toBe(0);
    expect(await again).toBe('right');
    clock.now += 300_001;
    const later = knowing.check('right', annasHash());
    expect(knowing.pending).toBe(1);
    expect(await later).toBe('right');
  });

  it('never remembers a wrong password as right', async () => {
    const checker = new PasswordChecker();
    expect(await checker.check('wrong', annasHash())).toBe('wrong');
    expect(await checker.check('wrong', annasHash())).toBe('wrong');
  });
});
