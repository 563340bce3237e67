import { errors, jwtVerify, type JWTPayload } from 'jose';
import { IdentityProviderError } from '../identity-provider.js';
import { rejectionOf } from '../token-rejection.js';
import type { IssuerKeys } from './issuer-keys.js';

/**
 * What became of a token:
 * - `unknown`: refused, for `reason`
 * - `unavailable`: the issuer can't be asked for its keys
 */
export type OidcCheck =
  | { readonly kind: 'known'; readonly claims: JWTPayload }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface OidcTokenOptions {
  readonly issuer: string;
  /** One of the token's audiences has to be this one. */
  readonly audience: string;
  /** The only algorithms that count (RFC 8725, section 3.1). */
  readonly algorithms: readonly string[];
  readonly keys: Pick<IssuerKeys, 'keyFor'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The issuer's clock may be off by this much. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** A signed JWT in its compact form (RFC 7515, section 7.1). */
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/u;

/** Whether a token looks like one that an issuer could have made. */
export function looksLikeJwt(token: string): boolean {
  return JWT.test(token);
}

/** Checks a token of an OpenID Connect issuer: signature, issuer, audience and times. */
export async function checkOidcToken(token: string, options: OidcTokenOptions): Promise<OidcCheck> {
  const { issuer, audience, algorithms, keys, now } = options;
  try {
    const { payload } = await jwtVerify(token, (header, jws) => keys.keyFor(header, jws), {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(now()),
      requiredClaims: ['exp'],
    });
    return { kind: 'known', claims: payload };
  } catch (error) {
    if (error instanceof IdentityProviderError) {
      return { kind: 'unavailable', reason: error.message };
    }
    if (!(error instanceof errors.JOSEError)) throw error;
    return { kind: 'unknown', reason: rejectionOf(error).reason };
  }
}
