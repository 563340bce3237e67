import * as oauth from 'oauth4webapi';
import { SESSION_RETRY_MS } from '../defaults.js';
import { IdentityProviderError } from '../identity-provider.js';
import {
  beginLogin,
  checkedResponse,
  type BegunLogin,
  type FinishedLogin,
} from './authorization-code.js';
import { boundedFetch, failureText } from './bounded-fetch.js';
import { fetchJson } from './fetch-json.js';
import { failedGrant, idTokenClaimsSchema, type GrantResult } from './grant-result.js';
import { readIssuerConfiguration, type IssuerConfiguration } from './issuer-documents.js';
import { checkOidcToken, CLOCK_TOLERANCE_SECONDS, type OidcTokenOptions } from './oidc-tokens.js';

export interface IssuerClientOptions extends Omit<OidcTokenOptions, 'audience'> {
  /** As which the hub is registered with the issuer: a public client, without a secret. */
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** The issuer's endpoints are looked up again when they are older. */
const MAX_AGE_MS = 600_000;

/**
 * The hub as a client of an issuer: authorization code flow with PKCE (RFC 7636), as RFC 9700 would
 * have it. The code is redeemed from here, so the issuer needs to allow no page of ours (CORS), and
 * its refresh tokens never reach a browser.
 */
export class IssuerClient {
  readonly #options: IssuerClientOptions;
  /** The newest reading, which may be under way, or may have failed. */
  #read: { readonly configuration: Promise<IssuerConfiguration>; until: number } | undefined;

  constructor(options: IssuerClientOptions) {
    this.#options = options;
  }

  /**
   * Begins a login. Nothing of it is kept here: state, nonce and verifier bind it to the browser
   * that has them.
   * @param redirectUri where the issuer sends the browser back to
   * @throws IdentityProviderError when the issuer does not say where its page is
   */
  async begin(redirectUri: string): Promise<BegunLogin> {
    const { clientId, scopes, issuer } = this.#options;
    const { authorization_endpoint: page } = await this.#configuration();
    if (page === undefined) throw new IdentityProviderError(`${issuer} has no page to log in at`);
    return beginLogin(page, { clientId, scopes, redirectUri });
  }

  /** Redeems the code that a browser came back with. */
  finish(login: FinishedLogin): Promise<GrantResult> {
    const { nonce, codeVerifier, redirectUri } = login;
    return this.#grant(async (server, client) => {
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        checkedResponse(server, client, login),
        redirectUri,
        codeVerifier,
        this.#requests(),
      );
      const checks = { expectedNonce: nonce, requireIdToken: true };
      return oauth.processAuthorizationCodeResponse(server, client, answer, checks);
    });
  }

  /** Asks whether a login still holds, and for what it is renewed with the next time. */
  renew(refreshToken: string): Promise<GrantResult> {
    return this.#grant(async (server, client) => {
      const [none, requests] = [oauth.None(), this.#requests()];
      const answer = await oauth.refreshTokenGrantRequest(
        server,
        client,
        none,
        refreshToken,
        requests,
      );
      return oauth.processRefreshTokenResponse(server, client, answer);
    });
  }

  /**
   * Tells the issuer that a login is over (RFC 7009).
   * @returns why it could not be told
   */
  async revoke(refreshToken: string): Promise<string | undefined> {
    try {
      const server = await this.#configuration();
      if (server.revocation_endpoint === undefined) return undefined;
      const requests = this.#requests();
      const none = oauth.None();
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, this.#client(), none, refreshToken, requests),
      );
      return undefined;
    } catch (error) {
      return failedGrant(error).reason;
    }
  }

  async #grant(
    ask: (
      server: IssuerConfiguration,
      client: oauth.Client,
    ) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<GrantResult> {
    try {
      const answer = await ask(await this.#configuration(), this.#client());
      const { id_token: idToken, refresh_token: refreshToken } = answer;
      const unsaid = { kind: 'granted', grant: { claims: undefined, refreshToken } } as const;
      if (idToken === undefined) return unsaid;
      // The library has looked at its claims; here its signature is checked, as of every token.
      const { clientId: audience } = this.#options;
      const check = await checkOidcToken(idToken, { ...this.#options, audience });
      switch (check.kind) {
        case 'known':
          return {
            kind: 'granted',
            grant: { claims: idTokenClaimsSchema.parse(check.claims), refreshToken },
          };
        case 'unknown':
          // The refresh token must not be lost because a key is so new that it is not known yet.
          if (check.reason === 'unknown-key') return unsaid;
          return { kind: 'refused', reason: 'wrong-id-token', detail: check.reason };
        case 'unavailable':
          return unsaid;
      }
    } catch (error) {
      return failedGrant(error);
    }
  }

  /** Who asks right after a failure, or during a reading, need not have the issuer asked again. */
  #configuration(): Promise<IssuerConfiguration> {
    const { issuer, now } = this.#options;
    if (this.#read !== undefined && now() < this.#read.until) return this.#read.configuration;
    const configuration = readIssuerConfiguration(issuer, fetchJson);
    const read = { configuration, until: now() + MAX_AGE_MS };
    this.#read = read;
    // The failure itself is for who waits for the configuration.
    configuration.catch(() => {
      read.until = now() + SESSION_RETRY_MS;
    });
    return configuration;
  }

  #client(): oauth.Client {
    const { clientId, now } = this.#options;
    return {
      client_id: clientId,
      // The library has a clock of its own.
      [oauth.clockSkew]: Math.round((now() - Date.now()) / 1000),
      [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
    };
  }

  #requests() {
    // Whether an issuer may have http endpoints is decided where its discovery document is read.
    return { [oauth.customFetch]: askIssuer, [oauth.allowInsecureRequests]: true };
  }
}

/** @throws IdentityProviderError when it does not answer */
async function askIssuer(url: string, init: RequestInit): Promise<Response> {
  try {
    return await boundedFetch(url, init);
  } catch (error) {
    throw new IdentityProviderError(`${url} does not answer: ${failureText(error)}`, {
      cause: error,
    });
  }
}
