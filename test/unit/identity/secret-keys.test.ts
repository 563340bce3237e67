import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadLoginSecret, SecretKeys } from '../../../src/identity/index.js';

const keys = new SecretKeys(Buffer.alloc(32, 1));
const others = new SecretKeys(Buffer.alloc(32, 2));

describe('the derived key of a user', () => {
  const key = keys.derive('user-1', 'hash-1');

  it('is the same each time, and after a restart', () => {
    expect(new SecretKeys(Buffer.alloc(32, 1)).derive('user-1', 'hash-1')).toBe(key);
    expect(key).toMatch(/^rsk1_[\w-]{43}$/);
    expect(keys.isKeyOf('user-1', 'hash-1', key)).toBe(true);
  });

  it.each([
    ['another user', 'user-2', 'hash-1', keys],
    ['another password', 'user-1', 'hash-2', keys],
    ['another secret', 'user-1', 'hash-1', others],
  ])('is none of %s', (_what, id, hash, secretKeys) => {
    expect(secretKeys.isKeyOf(id, hash, key)).toBe(false);
  });

  it('is no other text', () => {
    fc.assert(fc.property(fc.string(), (text) => !keys.isKeyOf('user-1', 'hash-1', text)));
    expect(keys.isKeyOf('user-1', 'hash-1', `${key}A`)).toBe(false);
    expect(keys.isKeyOf('user-1', 'hash-1', '')).toBe(false);
  });
});

describe('a sealed key', () => {
  it('gives the password back for its name, in any letter case', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (name, password) => {
        expect(keys.open(name.toLowerCase(), keys.seal(name, password))).toBe(password);
      }),
    );
  });

  it('shows nothing of the password, and is another one each time', () => {
    const [one, two] = [keys.seal('anna', 'open sesame'), keys.seal('anna', 'open sesame')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(5), 'base64url').toString('latin1')).not.toContain('sesame');
  });

  it('is good for no other name, and not with another secret', () => {
    const key = keys.seal('anna', 'secret');
    expect(keys.open('ben', key)).toBeUndefined();
    expect(others.open('anna', key)).toBeUndefined();
  });

  it('that was changed anywhere is none', () => {
    const key = keys.seal('anna', 'secret');
    const bytes = Buffer.from(key.slice(5), 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(keys.open('anna', `rsk2_${changed.toString('base64url')}`)).toBeUndefined();
      }),
    );
  });

  it('is no other text, whatever its length', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Buffer.from(bytes).toString('base64url');
        expect(keys.open('anna', `rsk2_${text}`)).toBeUndefined();
        expect(keys.open('anna', text)).toBeUndefined();
      }),
    );
  });
});

describe('the login secret', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rte-secret-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const load = (loginSecret?: string) => loadLoginSecret({ dataDir: folder, loginSecret });

  it('is made once, for its owner only', async () => {
    const first = await load();
    expect(first).toHaveLength(32);
    expect(await load()).toEqual(first);
    expect(statSync(join(folder, 'login-secret')).mode & 0o777).toBe(0o600);
  });

  it('may be given', async () => {
    const given = Buffer.alloc(32, 7).toString('base64url');
    expect(await load(given)).toEqual(Buffer.alloc(32, 7));
    expect(() => readFileSync(join(folder, 'login-secret'))).toThrow('ENOENT');
  });

  it('that is damaged is an error that names the file and not the secret', async () => {
    writeFileSync(join(folder, 'login-secret'), 'hush', { mode: 0o600 });
    await expect(load()).rejects.toThrow(/login-secret is not 32 random bytes(?!.*hush)/);
  });
});
