import { createHash, randomUUID } from 'node:crypto';

/** A client, as it is registered with the issuer of a test. */
const CLIENT_ID = 'rte-hub-pages';

interface BegunLogin {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

/** What the token endpoint answers. */
interface TokenAnswer {
  readonly status: number;
  readonly body: object;
}

type SignIdToken = (claims: object) => Promise<string>;

/** The people who log in at the issuer of a test: its page, its codes and its refresh tokens. */
export class IssuerLogins {
  /** Claims of who sits before the browser. */
  person: { readonly sub: string; readonly [claim: string]: unknown } = { sub: 'nobody' };
  /** Changes to every ID token. */
  idToken: object = {};
  /** Signs ID tokens. */
  sign: SignIdToken;
  /** Whether it gives something to renew a login with, and whether a renewal brings an ID token. */
  gives = { refreshTokens: true, idTokensAtRenewal: true };
  /** Whether renewals are answered; a person who was disabled is not renewed any more. */
  isDisabled = false;
  /** An error that the token endpoint answers everything with. */
  error: string | undefined;
  /** What was asked of the token endpoint, oldest first. */
  readonly grants: string[] = [];
  /** The refresh tokens that clients have revoked. */
  readonly revoked: string[] = [];
  readonly #url: () => string;
  readonly #codes = new Map<string, BegunLogin>();
  /** Those that are good now: each is good once. */
  readonly #refreshTokens = new Set<string>();

  constructor(url: () => string, sign: SignIdToken) {
    this.#url = url;
    this.sign = sign;
  }

  /** The page at which people log in; who presses its link comes back with a code. */
  page(query: URLSearchParams): string {
    const back = this.authorize(query);
    const said = back.searchParams.has('code') ? 'Continue' : 'Back';
    return `<!doctype html><html lang="en"><title>Issuer</title><link rel="icon" href="data:,"><main><h1>Your identity provider</h1>
      <a href="${back.href.replaceAll('&', '&amp;')}">${said}</a></main></html>`;
  }

  /** Where a browser is sent back to when its person agrees. */
  authorize(query: URLSearchParams): URL {
    const value = (name: string) => query.get(name) ?? '';
    const redirectUri = value('redirect_uri');
    const isAsked =
      value('client_id') === CLIENT_ID &&
      value('response_type') === 'code' &&
      value('code_challenge_method') === 'S256' &&
      value('scope').split(' ').includes('openid');
    const back = new URL(redirectUri);
    back.searchParams.set('state', value('state'));
    back.searchParams.set('iss', this.#url());
    if (!isAsked) {
      back.searchParams.set('error', 'invalid_request');
      return back;
    }
    const code = randomUUID();
    const challenge = value('code_challenge');
    this.#codes.set(code, { challenge, nonce: value('nonce'), redirectUri });
    back.searchParams.set('code', code);
    return back;
  }

  /** What the token endpoint answers to a form. */
  async token(form: URLSearchParams): Promise<TokenAnswer> {
    const grant = form.get('grant_type') ?? '';
    this.grants.push(grant);
    if (this.error !== undefined) return { status: 400, body: { error: this.error } };
    if (form.get('client_id') !== CLIENT_ID) return refusal('invalid_client');
    if (grant === 'authorization_code') return this.#redeem(form);
    return grant === 'refresh_token' ? this.#renew(form) : refusal('unsupported_grant_type');
  }

  revoke(form: URLSearchParams): void {
    const token = form.get('token') ?? '';
    this.revoked.push(token);
    this.#refreshTokens.delete(token);
  }

  #redeem(form: URLSearchParams): Promise<TokenAnswer> | TokenAnswer {
    const code = form.get('code') ?? '';
    const begun = this.#codes.get(code);
    // A code is good once (RFC 6749, section 4.1.2).
    this.#codes.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const isRight =
      begun?.challenge === challenge && begun.redirectUri === form.get('redirect_uri');
    return isRight ? this.#answer({ nonce: begun.nonce }, true) : refusal('invalid_grant');
  }

  #renew(form: URLSearchParams): Promise<TokenAnswer> | TokenAnswer {
    const isGood = this.#refreshTokens.delete(form.get('refresh_token') ?? '');
    if (!isGood || this.isDisabled) return refusal('invalid_grant');
    return this.#answer({}, this.gives.idTokensAtRenewal);
  }

  async #answer(claims: object, withIdToken: boolean): Promise<TokenAnswer> {
    const refreshToken = randomUUID();
    if (this.gives.refreshTokens) this.#refreshTokens.add(refreshToken);
    const usual = { ...this.person, aud: CLIENT_ID, ...claims, ...this.idToken };
    const body = {
      access_token: randomUUID(),
      token_type: 'Bearer',
      ...(withIdToken ? { id_token: await this.sign(usual) } : {}),
      ...(this.gives.refreshTokens ? { refresh_token: refreshToken } : {}),
    };
    return { status: 200, body };
  }
}

function refusal(error: string): TokenAnswer {
  return { status: 400, body: { error } };
}
