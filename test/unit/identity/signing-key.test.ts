import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  generatePrivateJwk,
  loadSigningKey,
  SigningKeyError,
  type SigningKeyOptions,
} from '../../../src/identity/index.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(options: Partial<SigningKeyOptions> = {}) {
  return loadSigningKey({
    dataDir: join(folder, 'data'),
    production: false,
    signingKey: undefined,
    signingKeyFile: undefined,
    ...options,
  });
}

function secretJwk(bytes: Buffer): string {
  return JSON.stringify({ kty: 'oct', k: bytes.toString('base64url') });
}

describe('the key made at first start', () => {
  it('is for its owner only, and the same at the next start', async () => {
    const first = await load();
    const second = await load();
    expect(first.key.algorithm).toBe('EdDSA');
    expect(second.key.id).toBe(first.key.id);
    expect(first.warnings).toEqual([]);
    expect(statSync(join(folder, 'data', 'signing-key.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'data'))).toEqual(['signing-key.json']);
  });

  it('is one key when several processes start at once', async () => {
    const loaded = await Promise.all(Array.from({ length: 8 }, () => load()));
    expect(new Set(loaded.map(({ key }) => key.id)).size).toBe(1);
  });

  it('that others may read is warned of', async () => {
    await load();
    chmodSync(join(folder, 'data', 'signing-key.json'), 0o644);
    expect((await load()).warnings).toEqual([expect.stringContaining('chmod 600')]);
  });

  it('that cannot be written is an error that names the setting', async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    await expect(load()).rejects.toThrow('RTE_DATA_DIR');
  });
});

describe('a given key', () => {
  it('has the same id as JWK and as file', async () => {
    const jwk = await generatePrivateJwk();
    const path = join(folder, 'key.json');
    writeFileSync(path, jwk, { mode: 0o600 });
    const fromText = await load({ signingKey: jwk });
    const fromFile = await load({ signingKeyFile: path });
    expect(fromFile.key.id).toBe(fromText.key.id);
    expect(readFileSync(path, 'utf8')).toBe(jwk);
  });

  it('of 32 random bytes signs with HS256', async () => {
    const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));
    const { key, warnings } = await load({ signingKey: secretJwk(bytes), production: true });
    expect(key.algorithm).toBe('HS256');
    expect(warnings).toEqual([]);
  });

  it.each([
    ['text that is no JSON', 'hush'],
    ['a public key', '{"kty":"OKP","crv":"Ed25519","x":"AAAA"}'],
    ['an RSA key', '{"kty":"RSA","n":"AAAA","e":"AQAB","d":"AAAA"}'],
    ['a secret for another algorithm', '{"kty":"oct","k":"hushhushhush","alg":"HS512"}'],
    ['a damaged pair', '{"kty":"OKP","crv":"Ed25519","x":"AAAA","d":"hush"}'],
  ])('%s is refused without being quoted', async (_kind, signingKey) => {
    const failure = await load({ signingKey }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SigningKeyError);
    expect(String(failure)).toContain('RTE_SIGNING_KEY');
    expect(String(failure)).not.toContain('hush');
  });

  it('that is missing is an error that names the path', async () => {
    await expect(load({ signingKeyFile: join(folder, 'none.json') })).rejects.toThrow('none.json');
  });
});

describe('a weak key', () => {
  const weak = [
    ['31 bytes', secretJwk(Buffer.from(Array.from({ length: 31 }, (_, index) => index)))],
    ['a repeated byte', secretJwk(Buffer.alloc(64, 'x'))],
    ['a tutorial', secretJwk(Buffer.from('a-string-secret-at-least-256-bits-long'))],
    [
      'an RFC',
      '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}',
    ],
  ] as const;

  it.each(weak)('of %s is refused in production', async (_origin, signingKey) => {
    await expect(load({ signingKey, production: true })).rejects.toThrow('is not safe');
  });

  it.each(weak)('of %s is warned of loudly elsewhere', async (_origin, signingKey) => {
    const { warnings } = await load({ signingKey });
    expect(warnings).toEqual([expect.stringContaining('ANYBODY CAN FORGE TOKENS')]);
  });
});
