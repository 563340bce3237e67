import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RevokedTokens } from '../../../src/identity/index.js';

const NOW_SECONDS = 1_800_000_000;
const YEAR_SECONDS = 366 * 86_400;

let folder: string;
let seconds: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-revoked-'));
  seconds = NOW_SECONDS;
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => RevokedTokens.open({ dataDir: folder, now: () => seconds * 1000 + 999 });
const token = (sub: string, iat: number, jti = 'jti-1') => ({ sub, iat, jti });

describe('the tokens of a user who was revoked', () => {
  it('are barred when they were made before, or in the same second', async () => {
    const list = await open();
    await list.revokeUser('anna');
    expect(list.isRevoked(token('anna', NOW_SECONDS - 600))).toBe(true);
    expect(list.isRevoked(token('anna', NOW_SECONDS))).toBe(true);
    expect(list.isRevoked(token('anna', NOW_SECONDS + 1))).toBe(false);
    expect(list.isRevoked(token('ben', NOW_SECONDS - 600))).toBe(false);
  });

  it('are barred by the last revocation', async () => {
    const list = await open();
    await list.revokeUser('anna');
    seconds += 100;
    await list.revokeUser('anna');
    expect(list.isRevoked(token('anna', NOW_SECONDS + 50))).toBe(true);
    expect(list.sizes).toEqual({ revokedUsers: 1, revokedTokens: 0 });
  });
});

describe('a token that was revoked', () => {
  it('is barred, and no other of its user; its id bars nobody else’s', async () => {
    const list = await open();
    await list.revokeToken('anna', 'jti-1');
    expect(list.isRevoked(token('anna', NOW_SECONDS))).toBe(true);
    expect(list.isRevoked(token('anna', NOW_SECONDS, 'jti-2'))).toBe(false);
    expect(list.isRevoked(token('ben', NOW_SECONDS))).toBe(false);
  });
});

describe('the list', () => {
  it('is effective before it is on the disk', async () => {
    const list = await open();
    const saved = list.revokeUser('anna');
    expect(list.isRevoked(token('anna', NOW_SECONDS))).toBe(true);
    await saved;
  });

  it('survives a restart, for its owner only, without anything beside it', async () => {
    const list = await open();
    await Promise.all([list.revokeUser('anna'), list.revokeToken('ben', 'jti-1')]);
    const again = await open();
    expect(again.isRevoked(token('anna', NOW_SECONDS, 'x'))).toBe(true);
    expect(again.isRevoked(token('ben', NOW_SECONDS))).toBe(true);
    expect(readdirSync(folder)).toEqual(['revoked-tokens.json']);
    expect(statSync(join(folder, 'revoked-tokens.json')).mode & 0o777).toBe(0o600);
  });

  it('forgets what no token can outlive, counted from the revocation', async () => {
    await (await open()).revokeUser('anna');
    seconds += YEAR_SECONDS - 10;
    const again = await open();
    expect(again.sizes.revokedUsers).toBe(1);
    seconds += 11;
    expect(again.isRevoked(token('anna', NOW_SECONDS))).toBe(false);
  });

  it('holds ten thousand, and says what it forgot', async () => {
    const list = await open();
    const saved = Array.from({ length: 10_001 }, (_, i) => list.revokeToken('anna', String(i)));
    expect([list.sizes.revokedTokens, list.evictions]).toEqual([10_000, 1]);
    expect(list.isRevoked(token('anna', NOW_SECONDS, '0'))).toBe(false);
    expect(list.isRevoked(token('anna', NOW_SECONDS, '10000'))).toBe(true);
    await Promise.all(saved);
  });

  it('that is damaged stops the start, with what to do', async () => {
    writeFileSync(join(folder, 'revoked-tokens.json'), '{"users": 7}');
    await expect(open()).rejects.toThrow(/revoked-tokens.json cannot be read: restore it/);
  });

  it('that can’t be written is told, and revokes all the same', async () => {
    const list = await open();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    await expect(list.revokeUser('anna')).rejects.toThrow('EEXIST');
    expect(list.isRevoked(token('anna', NOW_SECONDS))).toBe(true);
    rmSync(folder);
    await list.revokeUser('ben');
    expect((await open()).isRevoked(token('anna', NOW_SECONDS))).toBe(true);
  });
});
