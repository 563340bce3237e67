import { decodeJwt, decodeProtectedHeader } from 'jose';
import { MAX_TOKEN_LENGTH } from './defaults.js';

/** What a token says of itself. Anybody can write one: nothing of it is proven. */
export interface UnverifiedClaims {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Reads a JWT without checking it, to show what is in it or to guess whom a refused one was for.
 * @returns undefined for what is no JWT
 */
export function readUnverified(token: string): UnverifiedClaims | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  try {
    return { header: { ...decodeProtectedHeader(token) }, payload: decodeJwt(token) };
  } catch {
    // Whatever is wrong with its form, there is nothing to be read.
    return undefined;
  }
}
