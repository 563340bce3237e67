import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { IdentityProviderError } from '../identity-provider.js';

/** The claims of an ID token: whose it is, until when (seconds since 1970), and what else it says. */
export const idTokenClaimsSchema = z.looseObject({ sub: z.string(), exp: z.number() });

export type IdTokenClaims = z.infer<typeof idTokenClaimsSchema>;

/** What an issuer gave for a code or for a refresh token. */
export interface Grant {
  /**
   * Of the ID token, checked. Undefined when a renewal brought none (OIDC Core, section 12.2), or
   * when it is signed with a key that cannot be had now.
   */
  readonly claims: IdTokenClaims | undefined;
  /** What the login is renewed with; undefined when the issuer gave none. */
  readonly refreshToken: string | undefined;
}

/**
 * What became of it:
 * - `refused`: the issuer, or a check of its answer, says no; `reason` is a word, `detail` more
 * - `unavailable`: the issuer is away, or answers what can't be used; nothing is decided
 *
 * Reasons and details are for operators.
 */
export type GrantResult =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'refused'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** The error of RFC 6749, section 5.2, for a code or refresh token that is wrong, used, old or ended. */
const ENDED = 'invalid_grant';

/** What is wrong with an ID token rather than with the way it came. */
const WRONG_TOKEN: ReadonlySet<string> = new Set([
  oauth.JWT_CLAIM_COMPARISON,
  oauth.JWT_TIMESTAMP_CHECK,
]);

/** What a browser came back with is no answer to what it was sent with. */
export class WrongResponseError extends Error {
  override readonly name = 'WrongResponseError';
}

/**
 * Sorts what went wrong on the way to a grant.
 * @throws what is neither the issuer's doing nor the network's
 */
export function failedGrant(error: unknown): Exclude<GrantResult, { readonly kind: 'granted' }> {
  if (error instanceof oauth.AuthorizationResponseError) {
    return refused('issuer-refused', `it answered ${error.error}`);
  }
  if (error instanceof WrongResponseError) return refused('wrong-response', error.message);
  if (error instanceof oauth.ResponseBodyError) {
    const told = `it answered ${error.error}`;
    if (error.error === ENDED) return refused('issuer-refused', told);
    return { kind: 'unavailable', reason: `the issuer cannot be used: ${told}` };
  }
  if (error instanceof oauth.OperationProcessingError) {
    const isWrong = error.code !== undefined && WRONG_TOKEN.has(error.code);
    if (isWrong) return refused('wrong-id-token', error.message);
    return { kind: 'unavailable', reason: error.message };
  }
  if (
    error instanceof oauth.UnsupportedOperationError ||
    error instanceof oauth.WWWAuthenticateChallengeError ||
    error instanceof IdentityProviderError
  ) {
    return { kind: 'unavailable', reason: error.message };
  }
  throw error;
}

function refused(reason: string, detail: string) {
  return { kind: 'refused', reason, detail } as const;
}
