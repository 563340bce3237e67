import { SignJWT, UnsecuredJWT, decodeJwt, decodeProtectedHeader, exportSPKI } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import {
  createTokenIssuer,
  createTokenVerifier,
  generatePrivateJwk,
  importSigningKey,
  type SigningKey,
} from '../../../src/identity/index.js';
import { parsePrivateJwk } from '../../../src/identity/jwk.js';

const NOW = Date.UTC(2026, 10, 21, 12);
const NOW_SECONDS = NOW / 1000;

const anna = {
  id: 'aaaaaaaa-0000-4000-8000-000000000011',
  organizationId: 'aaaaaaaa-0000-4000-8000-000000000001',
  displayName: 'Anna',
  role: 'agent',
} as const;

let key: SigningKey;
let otherKey: SigningKey;

async function newKey() {
  return importSigningKey(parsePrivateJwk(await generatePrivateJwk(), 'test'), 'test');
}

beforeAll(async () => {
  key = await newKey();
  otherKey = await newKey();
});

const issue = (now = NOW, ttl?: number) =>
  createTokenIssuer({ current: key }, 600, () => now).issue(anna, { ttlSeconds: ttl });
const verify = (token: string, now = NOW) =>
  createTokenVerifier({ current: key }, () => now).verify(token);

interface Forgery {
  readonly header?: object;
  readonly claims?: object;
  readonly signedBy?: SigningKey['privateKey'];
}

/** A token like ours, but for what is said. */
function forge({ header = {}, claims = {}, signedBy = key.privateKey }: Forgery) {
  const payload = {
    iss: 'rte-hub',
    aud: 'rte',
    sub: anna.id,
    org: anna.organizationId,
    name: 'Anna',
    role: 'agent',
    iat: NOW_SECONDS,
    nbf: NOW_SECONDS,
    exp: NOW_SECONDS + 600,
    jti: '1',
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.id, typ: 'at+jwt', ...header })
    .sign(signedBy);
}

describe('a token of ours', () => {
  it('says who it is for, and is accepted', async () => {
    const { token, expiresIn } = await issue();
    expect(expiresIn).toBe(600);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: key.id, typ: 'at+jwt' });
    expect(decodeJwt(token)).toMatchObject({ iss: 'rte-hub', aud: 'rte' });
    expect(await verify(token)).toEqual({
      ok: true,
      claims: {
        sub: anna.id,
        org: anna.organizationId,
        name: 'Anna',
        role: 'agent',
        iat: NOW_SECONDS,
        nbf: NOW_SECONDS - 5,
        exp: NOW_SECONDS + 600,
        jti: decodeJwt(token).jti,
      },
    });
  });

  it('ends no later than the login behind it, by ten seconds at least', async () => {
    const issuer = createTokenIssuer({ current: key }, 600, () => NOW);
    const livesOf = async (notAfter: number) => (await issuer.issue(anna, { notAfter })).expiresIn;
    expect(await livesOf(NOW + 59_999)).toBe(59);
    expect(await livesOf(NOW + 3_600_000)).toBe(600);
    // By another clock the login has not ended yet.
    expect(await livesOf(NOW - 1)).toBe(10);
  });

  it('carries the access rules of its bearer', async () => {
    const access = { acl: ['events.rte.#'], me: anna.id, session: { id: 's-1', end: 1 } };
    const { token } = await createTokenIssuer({ current: key }, 600, () => NOW).issue(anna, {
      access,
    });
    expect(await verify(token)).toMatchObject({ ok: true, claims: { access } });
  });

  it('has an id of its own', async () => {
    const [one, two] = await Promise.all([issue(), issue()]);
    expect(decodeJwt(one.token).jti).not.toBe(decodeJwt(two.token).jti);
  });

  it('is accepted until the second of its end, not longer', async () => {
    const { token } = await issue(NOW, 60);
    expect(await verify(token, NOW + 59_000)).toMatchObject({ ok: true });
    expect(await verify(token, NOW + 60_000)).toMatchObject({ ok: false, reason: 'expired' });
  });

  it('is accepted by a hub whose clock is four seconds behind', async () => {
    const { token } = await issue();
    expect(await verify(token, NOW - 4000)).toMatchObject({ ok: true });
  });

  it('of a previous key is accepted as long as that key is in force', async () => {
    const { token } = await issue();
    const rotated = createTokenVerifier({ current: otherKey, previous: key }, () => NOW);
    const forgotten = createTokenVerifier({ current: otherKey }, () => NOW);
    expect(await rotated.verify(token)).toMatchObject({ ok: true });
    expect(await forgotten.verify(token)).toMatchObject({ ok: false, reason: 'unknown-key' });
  });
});

describe('a token is refused', () => {
  it.each<[string, Forgery, string]>([
    ['of another issuer', { claims: { iss: 'https://evil.example' } }, 'wrong-issuer'],
    ['without issuer', { claims: { iss: undefined } }, 'missing-claim'],
    ['for another audience', { claims: { aud: 'rest' } }, 'wrong-audience'],
    ['that has expired', { claims: { exp: NOW_SECONDS - 6 } }, 'expired'],
    ['without end', { claims: { exp: undefined } }, 'missing-claim'],
    ['that is not valid yet', { claims: { nbf: NOW_SECONDS + 6 } }, 'not-yet-valid'],
    ['without subject', { claims: { sub: undefined } }, 'missing-claim'],
    ['with an unknown role', { claims: { role: 'root' } }, 'wrong-claim'],
    ['with access rules that are none', { claims: { access: { acl: '#' } } }, 'wrong-claim'],
    ['with an end that is no number', { claims: { exp: 'never' } }, 'wrong-claim'],
    ['of another type', { header: { typ: 'JWT' } }, 'wrong-type'],
    ['without type', { header: { typ: undefined } }, 'wrong-type'],
    ['of an unknown key', { header: { kid: 'other' } }, 'unknown-key'],
    ['without key id', { header: { kid: undefined } }, 'unknown-key'],
  ])('%s', async (_what, forgery, reason) => {
    expect(await verify(await forge(forgery))).toMatchObject({ ok: false, reason });
  });

  it('signed by another key under our key id', async () => {
    const token = await forge({ signedBy: otherKey.privateKey });
    expect(await verify(token)).toMatchObject({ ok: false, reason: 'wrong-signature' });
  });

  it('without signature (alg none)', async () => {
    const token = new UnsecuredJWT({ sub: anna.id })
      .setIssuer('rte-hub')
      .setAudience('rte')
      .encode();
    expect(await verify(token)).toMatchObject({ ok: false, reason: 'wrong-algorithm' });
  });

  it('signed by HS256 with our public key as the secret', async () => {
    if (key.publicKey instanceof Uint8Array) throw new Error('an Ed25519 key is no byte array');
    const publicPem = new TextEncoder().encode(await exportSPKI(key.publicKey));
    const token = await forge({ header: { alg: 'HS256' }, signedBy: publicPem });
    expect(await verify(token)).toMatchObject({ ok: false, reason: 'wrong-algorithm' });
  });

  it('whose algorithm is not the one of its key, even if another key has it', async () => {
    const secret = Buffer.alloc(32, 'abcdefgh12345678');
    const jwk = JSON.stringify({ kty: 'oct', k: secret.toString('base64url') });
    const hmacKey = await importSigningKey(parsePrivateJwk(jwk, 'test'), 'test');
    const both = createTokenVerifier({ current: key, previous: hmacKey }, () => NOW);
    const token = await forge({ header: { alg: 'HS256' }, signedBy: hmacKey.privateKey });
    expect(await both.verify(token)).toMatchObject({ ok: false, reason: 'wrong-algorithm' });
  });

  it('longer than 8 kB, without being parsed', async () => {
    const token = await forge({ claims: { name: 'x'.repeat(9000) } });
    expect(await verify(token)).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it('whatever text it is, without an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await verify(text)).toMatchObject({ ok: false });
      }),
    );
  });

  it('with any one character changed', async () => {
    const { token } = await issue();
    // The very last character has spare bits, whose change does not change the signature.
    const lastWhole = token.length - 2;
    await fc.assert(
      fc.asyncProperty(fc.nat(lastWhole), async (index) => {
        const other = token[index] === 'A' ? 'Q' : 'A';
        const changed = `${token.slice(0, index)}${other}${token.slice(index + 1)}`;
        expect(await verify(changed)).toMatchObject({ ok: false });
      }),
    );
  });
});
