import { z } from 'zod';
import type { WsiCredentials } from '../client/credentials.js';
import { count, text } from '../wsi/fields.js';
import { readAnswer, type PbxCall, type PbxCaller } from './pbx-caller.js';

/** The same for all installations, by the vendor's page on authentication. */
const CLIENT_ID = '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a';

/** How long a token lives when the PBX does not say. */
const DEFAULT_SECONDS = 1800;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: count,
  refresh_token: text,
});

/** The logins that REST takes: an extension's SIP password is none. */
export type RestCredentials = Exclude<WsiCredentials, { readonly kind: 'extension' }>;

/** A token as the PBX gave it. */
export interface IssuedToken {
  readonly token: string;
  /** Milliseconds it lives from now on. */
  readonly livesMs: number;
  /** For the next one; '' when the PBX gave none. */
  readonly refreshToken: string;
}

/** Logs in to the PBX. All methods throw PortsipRestError. */
export class PbxLogin {
  readonly #caller: PbxCaller;
  readonly #credentials: RestCredentials;
  readonly #switchTo: string | undefined;

  /**
   * @param switchTo id of the tenant, as the PBX writes it, that an administrator's session is to
   * show: by itself it shows none
   */
  constructor(caller: PbxCaller, credentials: RestCredentials, switchTo?: string) {
    this.#caller = caller;
    this.#credentials = credentials;
    this.#switchTo = switchTo;
  }

  withPassword(): Promise<IssuedToken> {
    const { username, password } = this.#credentials;
    const domain = this.#credentials.kind === 'user' ? { domain: this.#credentials.domain } : {};
    return this.#issue({ grant_type: 'password', username, password, ...domain, scope: 'all' });
  }

  renew(refreshToken: string): Promise<IssuedToken> {
    return this.#issue({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** Gives a token back. */
  async revoke(token: string): Promise<void> {
    await this.#caller.ask({ method: 'POST', path: ['login', 'oauth', 'revoke'], token });
  }

  async #issue(form: Readonly<Record<string, string>>): Promise<IssuedToken> {
    const path = ['login', 'oauth', 'token'];
    const call: PbxCall = { method: 'POST', path, form: { ...form, client_id: CLIENT_ID } };
    const given = readAnswer(call, await this.#caller.ask(call), tokenAnswer);
    await this.#switch(given.access_token);
    return {
      token: given.access_token,
      livesMs: (given.expires_in || DEFAULT_SECONDS) * 1000,
      refreshToken: given.refresh_token,
    };
  }

  /** Anew for each token: whether a renewed one keeps the tenant is not documented. */
  async #switch(token: string): Promise<void> {
    if (this.#switchTo === undefined) return;
    const query = { id: this.#switchTo };
    await this.#caller.ask({ method: 'POST', path: ['tenants', 'switch'], query, token });
  }
}
