import { jwtVerify, type CompactJWSHeaderParameters } from 'jose';
import { MAX_TOKEN_LENGTH, TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_TYPE } from './defaults.js';
import type { SigningKey } from './signing-key.js';
import { keysInForce, type SigningKeys } from './signing-keys.js';
import { tokenClaimsSchema, type TokenClaims } from './token-claims.js';
import { rejectionOf, TokenKeyError, type TokenRejection } from './token-rejection.js';

/** A token's claims, or why it is not accepted. The reason is for logs, never for clients. */
type VerifiedToken =
  { readonly ok: true; readonly claims: TokenClaims } | ({ readonly ok: false } & TokenRejection);

/** Checks tokens. */
export interface TokenVerifier {
  /** Never rejects: whatever the text is, the answer says so. */
  verify(token: string): Promise<VerifiedToken>;
}

/** Each of them is in every token of ours; `iss` and `aud` are required by being checked. */
const REQUIRED_CLAIMS = ['sub', 'org', 'name', 'role', 'iat', 'nbf', 'exp', 'jti'];

/**
 * Makes a verifier of access tokens for the hub (RFC 8725: pinned algorithms, issuer, audience and
 * explicit type; a key is found by its id and used with its own algorithm only). The times are exact.
 * @param keys asked at each token; the previous one still counts
 * @param now clock in milliseconds since 1970
 */
export function createTokenVerifier(
  keys: SigningKeys,
  now: () => number = Date.now,
): TokenVerifier {
  return {
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) {
        return { ok: false, reason: 'malformed', detail: `it has ${token.length} characters` };
      }
      try {
        const inForce = keysInForce(keys);
        const { payload } = await jwtVerify(token, (header) => keyFor(header, inForce), {
          algorithms: [...new Set(inForce.map(({ algorithm }) => algorithm))],
          issuer: TOKEN_ISSUER,
          audience: TOKEN_AUDIENCE,
          typ: TOKEN_TYPE,
          currentDate: new Date(now()),
          requiredClaims: REQUIRED_CLAIMS,
        });
        return readClaims(payload);
      } catch (error) {
        return { ok: false, ...rejectionOf(error) };
      }
    },
  };
}

function keyFor(header: CompactJWSHeaderParameters, keys: readonly SigningKey[]) {
  const key = keys.find(({ id }) => id === header.kid);
  if (key === undefined) {
    throw new TokenKeyError('unknown-key', 'kid names no key of this hub');
  }
  if (key.algorithm !== header.alg) {
    throw new TokenKeyError('wrong-algorithm', `alg is not the key's ${key.algorithm}`);
  }
  return key.publicKey;
}

function readClaims(payload: unknown): VerifiedToken {
  const parsed = tokenClaimsSchema.safeParse(payload);
  if (parsed.success) return { ok: true, claims: parsed.data };
  const claim = String(parsed.error.issues[0]?.path[0] ?? 'payload');
  return { ok: false, reason: 'wrong-claim', detail: `${claim} has a value of the wrong kind` };
}
