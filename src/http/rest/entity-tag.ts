import { createHash } from 'node:crypto';

/** A strong validator of an answer's body (RFC 9110, section 8.8.3). */
export function entityTag(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/**
 * Tells whether the client has what it asks for already (RFC 9110, section 13.1.2): compares
 * weakly, as If-None-Match demands.
 */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch
    .split(',')
    .map((one) => one.trim().replace(/^W\//u, ''))
    .some((one) => one === '*' || one === tag);
}
