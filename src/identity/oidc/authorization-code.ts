import * as oauth from 'oauth4webapi';
import { WrongResponseError } from './grant-result.js';
import type { IssuerConfiguration } from './issuer-documents.js';

/** A login that was begun: where the browser goes, and what it keeps until it comes back. */
export interface BegunLogin {
  /** The issuer's page. */
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What a browser comes back with, and what it has kept. */
export interface FinishedLogin extends Omit<BegunLogin, 'url'> {
  /** The query of the page that the issuer sent the browser to. */
  readonly response: string;
  /** The same as the login was begun with. */
  readonly redirectUri: string;
}

/** What an issuer is asked for on its page. */
interface Wanted {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Where it sends the browser back to. */
  readonly redirectUri: string;
}

/**
 * Begins a login by authorization code with PKCE (RFC 7636, OIDC Core section 3.1.2.1).
 * @param page the issuer's authorization endpoint
 */
export async function beginLogin(
  page: string,
  { clientId, scopes, redirectUri }: Wanted,
): Promise<BegunLogin> {
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(page);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href, state, nonce, codeVerifier };
}

/**
 * The checked parameters with which a browser came back.
 * @throws WrongResponseError for an answer to another login, or of another issuer (RFC 9207);
 * AuthorizationResponseError when the issuer says no
 */
export function checkedResponse(
  server: IssuerConfiguration,
  client: oauth.Client,
  { response, state }: Pick<FinishedLogin, 'response' | 'state'>,
): URLSearchParams {
  const parameters = new URLSearchParams(response);
  try {
    const checked = oauth.validateAuthResponse(server, client, parameters, state);
    if (checked.has('code')) return checked;
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new WrongResponseError(why, { cause: error });
  }
  throw new WrongResponseError('there is no code in it');
}
