import { calculateJwkThumbprint, importJWK, type CryptoKey } from 'jose';
import { SigningKeyError, type PrivateJwk } from './jwk.js';
import { weaknessOf } from './weak-keys.js';

type JwkOf<Kind> = Extract<PrivateJwk, { kty: Kind }>;

/** What checks the signatures of a key, for those who have no secret of ours (RFC 7517, RFC 8037). */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

/** A key that tokens are signed and checked with. */
export interface SigningKey {
  /** Its thumbprint (RFC 7638): the same key has the same id everywhere. */
  readonly id: string;
  /** The only algorithm it is used with (RFC 8725, section 3.1). */
  readonly algorithm: 'EdDSA' | 'HS256';
  readonly privateKey: CryptoKey | Uint8Array;
  readonly publicKey: CryptoKey | Uint8Array;
  /** Undefined for a shared secret. */
  readonly publicJwk: PublicJwk | undefined;
}

/**
 * Prepares a key for use.
 * @throws SigningKeyError when the key material is not valid
 */
export async function importSigningKey(jwk: PrivateJwk, origin: string): Promise<SigningKey> {
  try {
    switch (jwk.kty) {
      case 'OKP':
        return await importEd25519(jwk);
      case 'oct':
        return await importSecret(jwk);
    }
  } catch (error) {
    const message = `${origin} holds a damaged key: make a new one with rte-hub gen-key`;
    throw new SigningKeyError(message, { cause: error });
  }
}

/**
 * Refuses a weak key in production.
 * @returns the warning to log elsewhere, undefined for a good key
 * @throws SigningKeyError in production
 */
export function checkStrength(
  jwk: PrivateJwk,
  origin: string,
  production: boolean,
): string | undefined {
  const weakness = weaknessOf(jwk);
  if (weakness === undefined) return undefined;
  const message = `${origin} is not safe: ${weakness}. Make one with rte-hub gen-key`;
  if (production) throw new SigningKeyError(message);
  return `${message}. ANYBODY CAN FORGE TOKENS; production refuses this key`;
}

async function importEd25519({ kty, crv, x, d }: JwkOf<'OKP'>): Promise<SigningKey> {
  const id = await calculateJwkThumbprint({ kty, crv, x });
  return {
    id,
    algorithm: 'EdDSA',
    privateKey: await importJWK({ kty, crv, x, d }, 'EdDSA'),
    publicKey: await importJWK({ kty, crv, x }, 'EdDSA'),
    publicJwk: { kty, crv, x, kid: id, alg: 'EdDSA', use: 'sig' },
  };
}

async function importSecret({ kty, k }: JwkOf<'oct'>): Promise<SigningKey> {
  const secret = await importJWK({ kty, k }, 'HS256');
  const id = await calculateJwkThumbprint({ kty, k });
  const keys = { privateKey: secret, publicKey: secret, publicJwk: undefined };
  return { id, algorithm: 'HS256', ...keys };
}
