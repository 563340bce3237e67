import { EventEmitter, once } from 'node:events';
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
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createTokenIssuer,
  createTokenVerifier,
  generatePrivateJwk,
  keyFilesIn,
  loadSigningKeys,
  publicKeys,
  ReloadableKeys,
  rotateKeyFile,
  SigningKeyError,
  type SigningKeysOptions,
} from '../../../src/identity/index.js';

const NOTHING_GIVEN = {
  production: false,
  signingKey: undefined,
  signingKeyFile: undefined,
  previousSigningKey: undefined,
  previousSigningKeyFile: undefined,
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function load(options: Partial<SigningKeysOptions> = {}) {
  const { keys, warnings } = await loadSigningKeys({
    dataDir: join(folder, 'data'),
    ...NOTHING_GIVEN,
    ...options,
  });
  return { key: keys.current, previous: keys.previous, warnings };
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

describe('a previous key', () => {
  it('is none before a rotation', async () => {
    expect((await load()).previous).toBeUndefined();
  });

  it('is the one that was replaced by a rotation, the last one only', async () => {
    const { current, previous } = keyFilesIn(join(folder, 'data'));
    const ids = [(await load()).key.id];
    for (let i = 0; i < 2; i += 1) {
      await rotateKeyFile(current, previous);
      const loaded = await load();
      ids.push(loaded.key.id);
      expect(loaded.previous?.id).toBe(ids[i]);
      expect(loaded.warnings).toEqual([]);
    }
    expect(new Set(ids).size).toBe(3);
    expect(readdirSync(join(folder, 'data')).sort()).toEqual([
      'signing-key.json',
      'signing-key.previous.json',
    ]);
  });

  it('is not to be had where there is no key yet', async () => {
    const { current, previous } = keyFilesIn(join(folder, 'data'));
    await expect(rotateKeyFile(current, previous)).rejects.toThrow('there is no key');
  });

  it('can be given as JWK and as file, and is checked like the other', async () => {
    const jwk = await generatePrivateJwk();
    const path = join(folder, 'key.json');
    writeFileSync(path, jwk, { mode: 0o644 });
    const fromText = await load({ previousSigningKey: jwk });
    const fromFile = await load({ previousSigningKeyFile: path });
    expect(fromText.previous?.id).toBe(fromFile.previous?.id);
    expect(fromFile.warnings).toEqual([expect.stringContaining('chmod 600')]);
    const weak = { previousSigningKey: secretJwk(Buffer.alloc(32, 'x')), production: true };
    await expect(load(weak)).rejects.toThrow('RTE_SIGNING_KEY_PREVIOUS is not safe');
    const missing = load({ previousSigningKeyFile: join(folder, 'none.json') });
    await expect(missing).rejects.toThrow('RTE_SIGNING_KEY_PREVIOUS_FILE');
  });

  it('in the data folder means nothing beside a given key', async () => {
    const { current, previous } = keyFilesIn(join(folder, 'data'));
    await load();
    await rotateKeyFile(current, previous);
    expect((await load({ signingKey: await generatePrivateJwk() })).previous).toBeUndefined();
  });
});

describe('keys that are read again', () => {
  const log: string[] = [];
  const note = (_fields: object, message: string) => void log.push(message);
  const open = () =>
    ReloadableKeys.open(
      async () => loadSigningKeys({ ...NOTHING_GIVEN, dataDir: join(folder, 'data') }),
      { info: note, warn: note, error: note },
    );

  it('are the new ones, and what the old one signed is still accepted', async () => {
    const keys = await open();
    const [issuer, verifier] = [createTokenIssuer(keys, 60), createTokenVerifier(keys)];
    const anna = { id: 'a', organizationId: 'o', displayName: 'Anna', role: 'agent' } as const;
    const before = await issuer.issue(anna);
    const { current, previous } = keyFilesIn(join(folder, 'data'));
    await rotateKeyFile(current, previous);
    const oldId = keys.current.id;
    expect(await keys.reload()).toBe(true);
    expect(keys.current.id).not.toBe(oldId);
    const after = await issuer.issue(anna);
    expect(decodeProtectedHeader(after.token).kid).toBe(keys.current.id);
    for (const { token } of [before, after]) {
      expect(await verifier.verify(token)).toMatchObject({ ok: true });
    }
    rmSync(previous);
    await keys.reload();
    expect(await verifier.verify(before.token)).toMatchObject({ reason: 'unknown-key' });
    expect(await verifier.verify(after.token)).toMatchObject({ ok: true });
  });

  it('are those that were read last, however long it takes to read them', async () => {
    const folders = ['first', 'second', 'third'].map((name) => join(folder, name));
    const [first, second, third] = await Promise.all(
      folders.map((dataDir) => loadSigningKeys({ ...NOTHING_GIVEN, dataDir })),
    );
    const reading = new EventEmitter();
    const secondRead = once(reading, 'end').then(() => second);
    const loads = [first, secondRead, third];
    const inTurn = async () => {
      const loaded = await loads.shift();
      if (loaded === undefined) throw new Error('read too often');
      return loaded;
    };
    const keys = await ReloadableKeys.open(inTurn, { info: note, warn: note, error: note });
    const reloads = [keys.reload(), keys.reload()];
    await new Promise(setImmediate);
    reading.emit('end');
    expect(await Promise.all(reloads)).toEqual([true, true]);
    expect(keys.current.id).toBe(third?.keys.current.id);
  });

  it('stay as they were when the new ones are damaged', async () => {
    const keys = await open();
    const { id } = keys.current;
    writeFileSync(join(folder, 'data', 'signing-key.json'), '{}');
    expect(await keys.reload()).toBe(false);
    expect(keys.current.id).toBe(id);
    expect(log.at(-1)).toContain('the old ones stay');
  });
});

describe('the public keys', () => {
  it('are those of both keys, each once, and check our tokens', async () => {
    const { key } = await load();
    const other = (await load({ signingKey: await generatePrivateJwk() })).key;
    const jwks = publicKeys({ current: other, previous: key });
    expect(jwks.map(({ kid }) => kid)).toEqual([other.id, key.id]);
    expect(publicKeys({ current: key, previous: key })).toHaveLength(1);
    for (const jwk of jwks) expect(jwk).not.toHaveProperty('d');
    const anna = { id: 'a', organizationId: 'o', displayName: 'Anna', role: 'agent' } as const;
    const { token } = await createTokenIssuer({ current: key }, 60).issue(anna);
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...jwks] }));
    expect(payload.sub).toBe('a');
  });

  it('are none of a shared secret', async () => {
    const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));
    const { key } = await load({ signingKey: secretJwk(bytes) });
    expect(publicKeys({ current: key })).toEqual([]);
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
