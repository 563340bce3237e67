import type { ClockOffset } from './clock-offset.js';
import type { CredentialsSource } from './credentials.js';
import type { Environment } from './environment.js';
import { ConnectError, failureOf } from './failures.js';
import { fetchToken, type HubToken } from './hub-token.js';

/** A token is renewed this long before its end, or at half its life if that is shorter. */
const RENEW_BEFORE_MS = 30_000;

interface TokenSourceParts {
  /** Base of the hub's URLs, without trailing slash. */
  readonly base: string;
  readonly credentials: CredentialsSource;
  readonly environment: Pick<Environment, 'fetch' | 'now'>;
  readonly clock: ClockOffset;
}

/** Gets tokens from the hub, and new ones before they end. */
export class TokenSource {
  readonly #parts: TokenSourceParts;
  #held: { readonly token: HubToken; readonly renewAt: number } | undefined;

  constructor(parts: TokenSourceParts) {
    this.#parts = parts;
  }

  /**
   * A new token, for a new connection.
   * @throws ConnectError when there is none
   */
  async renew(signal: AbortSignal): Promise<HubToken> {
    const { base, environment, clock } = this.#parts;
    const credentials = await this.#credentials();
    const askedAt = environment.now();
    let token: HubToken;
    try {
      token = await fetchToken(base, credentials, environment, clock, signal);
    } catch (error) {
      throw new ConnectError(failureOf(error, 'hub-unreachable'), { cause: error });
    }
    const life = token.expiresAt - askedAt;
    this.#held = { token, renewAt: token.expiresAt - Math.min(RENEW_BEFORE_MS, life / 2) };
    return token;
  }

  /**
   * The token for one more request of a connection: the held one, or a new one when its end is near.
   * @throws ConnectError when there is none
   */
  async current(signal: AbortSignal): Promise<string> {
    const held = this.#held;
    if (held !== undefined && this.#parts.environment.now() < held.renewAt) return held.token.token;
    return (await this.renew(signal)).token;
  }

  async #credentials() {
    const { credentials } = this.#parts;
    if (typeof credentials !== 'function') return credentials;
    try {
      return await credentials();
    } catch (error) {
      throw new ConnectError(failureOf(error, 'credentials-unavailable'), { cause: error });
    }
  }
}
