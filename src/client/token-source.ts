import type { ClockOffset } from './clock-offset.js';
import type { Credentials, CredentialsSource } from './credentials.js';
import type { Environment } from './environment.js';
import { ConnectError, failureOf } from './failures.js';
import { fetchToken, type HubToken } from './hub-token.js';
import { within } from './within.js';

/** A token is renewed this long before its end, or at half its life if that is shorter. */
const RENEW_BEFORE_MS = 30_000;

/** An application that has to ask somebody for credentials has this long for it. */
const CREDENTIALS_MS = 120_000;

interface TokenSourceParts {
  /** Base of the hub's URLs, without trailing slash. */
  readonly base: string;
  readonly credentials: CredentialsSource;
  readonly environment: Pick<Environment, 'fetch' | 'now' | 'after'>;
  readonly clock: Pick<ClockOffset, 'sawDate'>;
}

/** Gets tokens from the hub, and new ones before they end. */
export class TokenSource {
  readonly #parts: TokenSourceParts;
  #held: { readonly token: HubToken; readonly renewAt: number } | undefined;
  #renewing: Promise<HubToken> | undefined;

  constructor(parts: TokenSourceParts) {
    this.#parts = parts;
  }

  /**
   * A new token, for a new connection.
   * @throws ConnectError when there is none
   */
  async renew(signal: AbortSignal): Promise<HubToken> {
    const { base, environment, clock } = this.#parts;
    const credentials = await this.#credentials(signal);
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
    const { now } = this.#parts.environment;
    const held = this.#held;
    if (held !== undefined && now() < held.renewAt) return held.token.token;
    try {
      // A poll and what is sent meanwhile need one new token, not two.
      this.#renewing ??= this.renew(signal).finally(() => {
        this.#renewing = undefined;
      });
      return (await this.#renewing).token;
    } catch (error) {
      const isRefused = failureOf(error, 'hub-unreachable').kind === 'refused';
      if (held === undefined || isRefused || now() >= held.token.expiresAt) throw error;
      return held.token.token;
    }
  }

  async #credentials(signal: AbortSignal): Promise<Credentials> {
    const { credentials, environment } = this.#parts;
    if (typeof credentials !== 'function') return credentials;
    try {
      const limits = { signal, after: environment.after };
      return await within(CREDENTIALS_MS, limits, async () => credentials());
    } catch (error) {
      throw new ConnectError(failureOf(error, 'credentials-unavailable'), { cause: error });
    }
  }
}
