import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_LOGIN_SESSIONS, MAX_SESSION_IDLE_MS } from '../../../src/identity/defaults.js';
import type { GrantResult } from '../../../src/identity/oidc/grant-result.js';
import { IssuerSessions } from '../../../src/identity/oidc/issuer-sessions.js';
import type { FoundSession, IssuerSession } from '../../../src/identity/oidc/session-files.js';

const MINUTE_MS = 60_000;
const CLAIMS = { sub: 'a1', exp: 2_000_000_000 };

let now: number;
let stored: Map<string, IssuerSession>;
let renewals: string[];
let renew: (refreshToken: string) => Promise<GrantResult>;

beforeEach(() => {
  now = 1_773_993_600_000;
  stored = new Map();
  renewals = [];
  renew = (refreshToken) =>
    Promise.resolve({
      kind: 'granted',
      grant: { claims: CLAIMS, refreshToken: `${refreshToken}+` },
    });
});

function sessionsWith(found: readonly FoundSession[] = []): IssuerSessions {
  return new IssuerSessions({
    client: {
      renew(refreshToken) {
        renewals.push(refreshToken);
        return renew(refreshToken);
      },
      revoke: () => Promise.resolve(undefined),
    },
    files: {
      found: () => found,
      read: (id) => Promise.resolve(stored.get(id)),
      write(id, _key, session) {
        stored.set(id, session);
        return Promise.resolve();
      },
      remove(id) {
        stored.delete(id);
        return Promise.resolve();
      },
    },
    sealKeyOf: () => new Uint8Array(32),
    now: () => now,
  });
}

describe('logins with an issuer', () => {
  it('are forgotten, the least recently renewed first, when there are too many', async () => {
    const sessions = sessionsWith();
    const keys: string[] = [];
    for (let count = 0; count < MAX_LOGIN_SESSIONS; count += 1) {
      keys.push(await sessions.start(CLAIMS, { refreshToken: 'r' }));
    }
    const [first = '', second = ''] = keys;
    now += 5 * MINUTE_MS;
    expect((await sessions.check(first)).kind).toBe('known');
    await sessions.start(CLAIMS, { refreshToken: 'r' });
    expect([sessions.size, stored.size]).toEqual([MAX_LOGIN_SESSIONS, MAX_LOGIN_SESSIONS]);
    expect((await sessions.check(first)).kind).toBe('known');
    expect((await sessions.check(second)).kind).toBe('unknown');
  });

  it('are forgotten when nobody has used them for a month, also those of a former run', async () => {
    const former = { id: 'f'.repeat(64), usedAt: now - MAX_SESSION_IDLE_MS };
    const sessions = sessionsWith([former]);
    const key = await sessions.start(CLAIMS, { refreshToken: 'r' });
    expect(sessions.size).toBe(1);
    now += MAX_SESSION_IDLE_MS;
    await sessions.start(CLAIMS, { refreshToken: 'r' });
    expect([sessions.size, stored.size]).toEqual([1, 1]);
    expect((await sessions.check(key)).kind).toBe('unknown');
  });

  it('are renewed with what the issuer gave last, once for all who ask', async () => {
    const sessions = sessionsWith();
    const key = await sessions.start(CLAIMS, { refreshToken: 'r' });
    for (let time = 0; time < 3; time += 1) {
      now += 5 * MINUTE_MS;
      await Promise.all([sessions.check(key), sessions.check(key), sessions.check(key)]);
    }
    expect(renewals).toEqual(['r', 'r+', 'r++']);
    expect([...stored.values()]).toMatchObject([{ refreshToken: 'r+++', checkedAt: now }]);
  });

  it('that end during a renewal stay ended', async () => {
    const sessions = sessionsWith();
    const key = await sessions.start(CLAIMS, { refreshToken: 'r' });
    now += 5 * MINUTE_MS;
    const asked = sessions.check(key);
    const ended = sessions.end(key);
    expect((await asked).kind).toBe('unknown');
    expect(await ended).toBeUndefined();
    expect([sessions.size, stored.size]).toEqual([0, 0]);
  });
});
