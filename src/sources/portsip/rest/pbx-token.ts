import { ServiceToken } from '../../service-token.js';
import type { SourceLogger } from '../../source.js';
import type { IssuedToken, PbxLogin } from './pbx-login.js';
import { PortsipRestError } from './rest-error.js';

export interface PbxTokenOptions {
  readonly login: PbxLogin;
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * The access token of one session: taken by password when first needed, then by the refresh token of
 * the one before, and by password again when the PBX does not know that any more.
 */
export function createPbxToken({ login, logger, now }: PbxTokenOptions): ServiceToken {
  const issuer = new PbxTokenIssuer(login);
  return new ServiceToken({
    issue: () => issuer.issue(),
    revoke: (token) => login.revoke(token),
    // To give a token back ends its session, and with it the refresh token.
    isGivenBackFirst: false,
    logger,
    now,
  });
}

class PbxTokenIssuer {
  readonly #login: PbxLogin;
  #refreshToken = '';

  constructor(login: PbxLogin) {
    this.#login = login;
  }

  async issue(): Promise<IssuedToken> {
    const issued = (await this.#renew()) ?? (await this.#login.withPassword());
    this.#refreshToken = issued.refreshToken;
    return issued;
  }

  /** Undefined when the password is needed. */
  async #renew(): Promise<IssuedToken | undefined> {
    if (this.#refreshToken === '') return undefined;
    try {
      return await this.#login.renew(this.#refreshToken);
    } catch (error) {
      const { status = 0 } = error instanceof PortsipRestError ? error.fault : {};
      if (status < 400 || status >= 500) throw error;
      this.#refreshToken = '';
      return undefined;
    }
  }
}
