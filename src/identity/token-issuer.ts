import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  MIN_TOKEN_SECONDS,
  NOT_BEFORE_LEEWAY_SECONDS,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
  TOKEN_TYPE,
} from './defaults.js';
import type { SigningKeys } from './signing-keys.js';
import type { TokenSubject, TokenTerms } from './token-claims.js';

/** A fresh token. */
export interface IssuedToken {
  readonly token: string;
  /** Its `jti`, by which it can be revoked; no secret. */
  readonly id: string;
  /** Seconds from now until it may no longer be used to connect. */
  readonly expiresIn: number;
}

interface IssueTerms extends TokenTerms {
  /** Another life than the usual one. */
  readonly ttlSeconds?: number | undefined;
}

/** Makes tokens. */
export interface TokenIssuer {
  /** Makes a token that lives as long as usual, or as the terms say. */
  issue(subject: TokenSubject, terms?: IssueTerms): Promise<IssuedToken>;
}

/**
 * Makes an issuer of access tokens for the hub.
 * @param keys the current one signs
 * @param defaultTtlSeconds how long a token may be used to connect
 * @param now clock in milliseconds since 1970
 */
export function createTokenIssuer(
  keys: Pick<SigningKeys, 'current'>,
  defaultTtlSeconds: number,
  now: () => number = Date.now,
): TokenIssuer {
  return {
    async issue({ id, organizationId, displayName, role }, terms = {}) {
      const { access, ttlSeconds = defaultTtlSeconds, notAfter, role: loginRole } = terms;
      const issuedAt = Math.floor(now() / 1000);
      const expiresIn = Math.min(ttlSeconds, secondsLeft(notAfter, issuedAt));
      const key = keys.current;
      const tokenId = randomUUID();
      const token = await new SignJWT({
        org: organizationId,
        name: displayName,
        role: loginRole ?? role,
        ...(loginRole === undefined ? {} : { login_role: loginRole }),
        ...(access === undefined ? {} : { access }),
      })
        .setProtectedHeader({ alg: key.algorithm, kid: key.id, typ: TOKEN_TYPE })
        .setIssuer(TOKEN_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setSubject(id)
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt - NOT_BEFORE_LEEWAY_SECONDS)
        .setExpirationTime(issuedAt + expiresIn)
        .setJti(tokenId)
        .sign(key.privateKey);
      return { token, id: tokenId, expiresIn };
    },
  };
}

/** By our clock, which may not be the one that the end was set by: so there is always some time left. */
function secondsLeft(notAfter: number | undefined, issuedAt: number): number {
  if (notAfter === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(MIN_TOKEN_SECONDS, Math.floor(notAfter / 1000) - issuedAt);
}
