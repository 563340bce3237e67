import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { NOT_BEFORE_LEEWAY_SECONDS, TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_TYPE } from './defaults.js';
import type { SigningKey } from './signing-key.js';
import type { TokenSubject } from './token-claims.js';

/** A fresh token. */
export interface IssuedToken {
  readonly token: string;
  /** Seconds from now until it may no longer be used to connect. */
  readonly expiresIn: number;
}

/** Makes tokens. */
export interface TokenIssuer {
  /** @param ttlSeconds another life than the usual one */
  issue(subject: TokenSubject, ttlSeconds?: number): Promise<IssuedToken>;
}

/**
 * Makes an issuer of access tokens for the hub.
 * @param key what they are signed with
 * @param defaultTtlSeconds how long a token may be used to connect
 * @param now clock in milliseconds since 1970
 */
export function createTokenIssuer(
  key: SigningKey,
  defaultTtlSeconds: number,
  now: () => number = Date.now,
): TokenIssuer {
  return {
    async issue({ id, organizationId, displayName, role }, expiresIn = defaultTtlSeconds) {
      const issuedAt = Math.floor(now() / 1000);
      const token = await new SignJWT({ org: organizationId, name: displayName, role })
        .setProtectedHeader({ alg: key.algorithm, kid: key.id, typ: TOKEN_TYPE })
        .setIssuer(TOKEN_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setSubject(id)
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt - NOT_BEFORE_LEEWAY_SECONDS)
        .setExpirationTime(issuedAt + expiresIn)
        .setJti(randomUUID())
        .sign(key.privateKey);
      return { token, expiresIn };
    },
  };
}
