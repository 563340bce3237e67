import { parseBasicCredentials, type PasswordCredentials } from './basic-credentials.js';
import type { FinishedLogin } from './oidc/authorization-code.js';

/** What a request says of who sends it: a name and a password, or a token that somebody gave it. */
export type HeaderCredentials =
  | ({ readonly kind: 'password' } & PasswordCredentials)
  | { readonly kind: 'token'; readonly token: string };

/** What a client proves itself with; a code is what a browser comes back with from an issuer. */
export type Credentials = HeaderCredentials | ({ readonly kind: 'code' } & FinishedLogin);

/** The headers of a request that may have credentials. */
export interface CredentialHeaders {
  readonly authorization: string | undefined;
  /** `X-Auth-Token`, where Wazo's clients have their token. */
  readonly authToken: string | undefined;
}

/** RFC 6750, section 2.1. */
const BEARER = /^Bearer +(?<token>[A-Za-z0-9._~+/-]+=*) *$/iu;
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/u;

/** A signed token with many claims is as long; what is longer is refused before any work. */
const MAX_HEADER_LENGTH = 8192;

/**
 * Reads the credentials of a request. X-Auth-Token goes first: browsers add an Authorization of
 * their own when they have one.
 * @returns undefined when there are none, or only malformed ones
 */
export function parseCredentials(headers: CredentialHeaders): HeaderCredentials | undefined {
  const token = tokenOf(headers);
  if (token !== undefined) return { kind: 'token', token };
  const password = parseBasicCredentials(headers.authorization);
  return password && { kind: 'password', ...password };
}

function tokenOf({ authorization, authToken }: CredentialHeaders): string | undefined {
  if (authToken !== undefined) return isToken(authToken.trim()) ? authToken.trim() : undefined;
  if (authorization === undefined || authorization.length > MAX_HEADER_LENGTH) return undefined;
  return BEARER.exec(authorization)?.groups?.['token'];
}

function isToken(text: string): boolean {
  return text.length <= MAX_HEADER_LENGTH && TOKEN.test(text);
}
