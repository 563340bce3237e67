/** A name and a password. */
export interface PasswordCredentials {
  readonly userName: string;
  readonly password: string;
}

const BASIC = /^Basic +(?<encoded>[A-Za-z0-9+/_-]+={0,2}) *$/iu;

/** Longer credentials are refused before any work is done for them. */
const MAX_HEADER_LENGTH = 2048;

/** Control characters are not allowed in either part (RFC 7617, section 2). */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/u;

/**
 * Reads an Authorization header of the Basic scheme (RFC 7617): UTF-8, the first colon ends the
 * user name, the password may contain more of them.
 * @returns undefined for a header that is missing, of another scheme, or malformed
 */
export function parseBasicCredentials(header: string | undefined): PasswordCredentials | undefined {
  if (header === undefined || header.length > MAX_HEADER_LENGTH) return undefined;
  const encoded = BASIC.exec(header)?.groups?.['encoded'];
  const decoded = encoded === undefined ? undefined : decodeUtf8(Buffer.from(encoded, 'base64'));
  if (decoded === undefined || CONTROL.test(decoded)) return undefined;
  const colon = decoded.indexOf(':');
  if (colon < 1) return undefined;
  return { userName: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Bytes that are no UTF-8 are credentials that nobody has, not an error of ours.
    return undefined;
  }
}
