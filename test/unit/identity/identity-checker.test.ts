import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ExternalIdentity,
  IdentityChecker,
  type IdentityProvider,
  IdentityProviderError,
} from '../../../src/identity/index.js';

const anna: ExternalIdentity = {
  userId: 'anna',
  tenantId: undefined,
  sessionId: 's-1',
  acl: ['#'],
  validUntil: undefined,
};
const TOKEN = { kind: 'token', token: 'annas' } as const;
const known = { kind: 'known', identity: anna };

/** Tells who is who when the test lets it. */
class ManualProvider implements IdentityProvider {
  readonly asked: string[] = [];
  answer: () => Promise<ExternalIdentity | undefined> = () => Promise.resolve(anna);

  identifyToken(token: string) {
    this.asked.push(token);
    return this.answer();
  }

  identifyPassword(userName: string, password: string) {
    this.asked.push(`${userName}:${password}`);
    return this.answer();
  }
}

let provider: ManualProvider;
let time: number;

beforeEach(() => {
  provider = new ManualProvider();
  time = 1_000_000;
});

const checker = (maxPending?: number) =>
  new IdentityChecker({ provider, now: () => time, ...(maxPending && { maxPending }) });

describe('an answer', () => {
  it.each([
    ['of a known one holds ten seconds', () => Promise.resolve(anna), 10_000],
    ['of an unknown one holds two seconds', () => Promise.resolve(undefined), 2_000],
    [
      'holds no longer than the token',
      () => Promise.resolve({ ...anna, validUntil: 1_003_000 }),
      3_000,
    ],
  ])('%s', async (_what, answer, holdsMs) => {
    provider.answer = answer;
    const asker = checker();
    const first = await asker.check(TOKEN);
    time += holdsMs - 1;
    expect(await asker.check(TOKEN)).toEqual(first);
    expect(provider.asked).toHaveLength(1);
    time += 2;
    await asker.check(TOKEN);
    expect(provider.asked).toHaveLength(2);
  });

  it('of a token that is over by our clock holds for nobody else', async () => {
    provider.answer = () => Promise.resolve({ ...anna, validUntil: time - 1 });
    const asker = checker();
    await asker.check(TOKEN);
    await asker.check(TOKEN);
    expect(provider.asked).toHaveLength(2);
    expect(asker.sizes()).toEqual({ identityChecks: 0, identities: 0 });
  });

  it('that could not be had does not hold', async () => {
    provider.answer = () => Promise.reject(new IdentityProviderError('away'));
    const asker = checker();
    expect(await asker.check(TOKEN)).toEqual({ kind: 'unavailable', reason: 'away' });
    provider.answer = () => Promise.resolve(anna);
    expect(await asker.check(TOKEN)).toEqual(known);
  });

  it('is for the same credentials only', async () => {
    const asker = checker();
    const name = { kind: 'password', userName: 'anna', password: 'secret' } as const;
    await asker.check(name);
    await asker.check({ ...name, password: 'other' });
    await asker.check({ kind: 'token', token: 'anna\nsecret' });
    expect(provider.asked).toEqual(['anna:secret', 'anna:other', 'anna\nsecret']);
  });
});

describe('questions', () => {
  it('a thousand of the same at a time are asked once', async () => {
    const asker = checker();
    const checks = Array.from({ length: 1_000 }, () => asker.check(TOKEN));
    expect(asker.sizes().identityChecks).toBe(1);
    expect(new Set((await Promise.all(checks)).map(({ kind }) => kind))).toEqual(
      new Set(['known']),
    );
    expect(provider.asked).toHaveLength(1);
    expect(asker.sizes()).toEqual({ identityChecks: 0, identities: 1 });
  });

  it('beyond the bound are not asked', async () => {
    const asker = checker(1);
    const first = asker.check(TOKEN);
    expect(await asker.check({ kind: 'token', token: 'bens' })).toEqual({ kind: 'busy' });
    expect(await first).toEqual(known);
    expect(await asker.check({ kind: 'token', token: 'bens' })).toEqual(known);
  });

  it('a fault of the provider is not taken for an answer', async () => {
    provider.answer = () => Promise.reject(new TypeError('broken'));
    const asker = checker();
    await expect(asker.check(TOKEN)).rejects.toThrow('broken');
    expect(asker.sizes().identityChecks).toBe(0);
  });
});
