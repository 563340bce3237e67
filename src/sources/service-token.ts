import { RestError } from './rest-problem.js';
import type { SourceLogger } from './source.js';

/** A token as the telephony system gave it. */
export interface IssuedToken {
  readonly token: string;
  /** Milliseconds it lives from now on. */
  readonly livesMs: number;
}

export interface ServiceTokenOptions {
  /** Asks for a token. */
  issue(): Promise<IssuedToken>;
  /** Gives a token back. */
  revoke(token: string): Promise<void>;
  /** Whether a token is given back before the next one is asked for, so that there never are two. */
  readonly isGivenBackFirst: boolean;
  /** Epoch ms. */
  readonly now: () => number;
  readonly logger: SourceLogger;
}

/** Part of a token's life after which a new one is taken, so that no call meets its end. */
const RENEW_AFTER = 0.75;

/** After a refused login nobody asks again for so long: all callers share the answer. */
const REFUSAL_MS = 10_000;

/**
 * The hub's own token for a telephony system's REST services: taken when first needed, renewed after
 * three quarters of its life or when a service refuses it.
 */
export class ServiceToken {
  readonly #options: ServiceTokenOptions;
  #held: { readonly token: string; readonly renewAt: number } | undefined;
  #asking: Promise<string> | undefined;
  #refusal: { readonly error: unknown; readonly until: number } | undefined;

  constructor(options: ServiceTokenOptions) {
    this.#options = options;
  }

  /**
   * A token to use now. Calls at the same time share one login.
   * @throws what `issue` throws; a refusal again for ten seconds, without asking
   */
  async current(): Promise<string> {
    const now = this.#options.now();
    if (this.#held !== undefined && now < this.#held.renewAt) return this.#held.token;
    if (this.#refusal !== undefined && now < this.#refusal.until) throw this.#refusal.error;
    this.#asking ??= this.#renew().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Says that a service refused the token, so that `current` takes a new one. */
  forget(token: string): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  /** Gives the token back. Never rejects: one that stays expires by itself. */
  async close(): Promise<void> {
    // Who asked is told of a failure; here it only means that there is nothing to give back.
    await this.#asking?.catch(() => undefined);
    await this.#giveBack();
  }

  async #renew(): Promise<string> {
    if (this.#options.isGivenBackFirst) await this.#giveBack();
    try {
      const { token, livesMs } = await this.#options.issue();
      this.#held = { token, renewAt: this.#options.now() + livesMs * RENEW_AFTER };
      this.#refusal = undefined;
      return token;
    } catch (error) {
      if (error instanceof RestError && error.problem === 'refused') {
        this.#refusal = { error, until: this.#options.now() + REFUSAL_MS };
      }
      throw error;
    }
  }

  async #giveBack(): Promise<void> {
    const token = this.#held?.token;
    if (token === undefined) return;
    this.#held = undefined;
    try {
      await this.#options.revoke(token);
    } catch (error) {
      this.#options.logger.debug({ err: error }, 'token not given back, it will expire by itself');
    }
  }
}
