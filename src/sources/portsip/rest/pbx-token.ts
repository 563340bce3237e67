import type { SourceLogger } from '../../source.js';
import type { IssuedToken, PbxLogin } from './pbx-login.js';
import { PortsipRestError } from './rest-error.js';

export interface PbxTokenOptions {
  readonly login: PbxLogin;
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Part of a token's life after which a new one is taken, so that no call meets its end. */
const RENEW_AFTER = 0.75;

/** After a refused login nobody asks again for so long: all callers share the answer. */
const REFUSAL_MS = 10_000;

/**
 * The access token of one session: taken by password when first needed, renewed by its refresh
 * token after three quarters of its life or when the PBX refuses it, and by password again when the
 * PBX does not know the refresh token any more.
 */
export class PbxToken {
  readonly #options: PbxTokenOptions;
  #held: (IssuedToken & { readonly renewAt: number }) | undefined;
  #refreshToken = '';
  #asking: Promise<string> | undefined;
  #refusal: { readonly error: unknown; readonly until: number } | undefined;

  constructor(options: PbxTokenOptions) {
    this.#options = options;
  }

  /**
   * A token to use now. Calls at the same time share one login.
   * @throws PortsipRestError; after a refusal the same for ten seconds, without asking
   */
  async current(): Promise<string> {
    const now = this.#options.now();
    if (this.#held !== undefined && now < this.#held.renewAt) return this.#held.token;
    if (this.#refusal !== undefined && now < this.#refusal.until) throw this.#refusal.error;
    this.#asking ??= this.#take().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Says that the PBX refused the token, so that `current` takes a new one. */
  forget(token: string): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  /** Gives the token back. Never rejects: one that stays expires by itself. */
  async close(): Promise<void> {
    // Who asked is told of a failure; here it only means that there is nothing to give back.
    await this.#asking?.catch(() => undefined);
    const token = this.#held?.token;
    this.#held = undefined;
    if (token === undefined) return;
    try {
      await this.#options.login.revoke(token);
    } catch (error) {
      this.#options.logger.debug({ err: error }, 'token not given back, it will expire by itself');
    }
  }

  async #take(): Promise<string> {
    try {
      const issued = (await this.#renew()) ?? (await this.#options.login.withPassword());
      this.#held = { ...issued, renewAt: this.#options.now() + issued.livesMs * RENEW_AFTER };
      this.#refreshToken = issued.refreshToken;
      this.#refusal = undefined;
      return issued.token;
    } catch (error) {
      if (error instanceof PortsipRestError && error.problem === 'refused') {
        this.#refusal = { error, until: this.#options.now() + REFUSAL_MS };
      }
      throw error;
    }
  }

  /** Undefined when the password is needed. */
  async #renew(): Promise<IssuedToken | undefined> {
    if (this.#refreshToken === '') return undefined;
    try {
      return await this.#options.login.renew(this.#refreshToken);
    } catch (error) {
      const { status = 0 } = error instanceof PortsipRestError ? error.fault : {};
      if (status < 400 || status >= 500) throw error;
      this.#refreshToken = '';
      return undefined;
    }
  }
}
