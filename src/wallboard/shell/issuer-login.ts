import * as z from 'zod/mini';
import { text } from '../texts/index.js';
import type { Keeping, KeptLogin, KeyValues } from './login-store.js';
import { RestError } from './rest-error.js';
import type { Rest } from './rest.js';

/** The name under which a login is kept while its person is at the identity provider. */
const KEY = 'rte-hub.login.begun';

const optionsSchema = z.object({ Issuer: z.nullable(z.object({ Label: z.string() })) });

const begunSchema = z.object({
  Url: z.string(),
  State: z.string(),
  Nonce: z.string(),
  CodeVerifier: z.string(),
});

const keptSchema = z.object({
  State: z.string(),
  Nonce: z.string(),
  CodeVerifier: z.string(),
  keeping: z.enum(['device', 'tab']),
  from: z.string(),
});

const keySchema = z.object({ UserName: z.string(), SecretKey: z.string() });

/** A login that has come back from the identity provider. */
export interface ReturnedLogin {
  /** The address, without host, from which it was begun. */
  readonly from: string;
  readonly keeping: Keeping;
  /** Has the hub redeem what the provider said. @throws RestError with the reason, when that fails */
  finish(): Promise<KeptLogin>;
}

/** The login with the identity provider of the hub's users, in this tab. */
export class IssuerLogin {
  readonly #rest: Pick<Rest, 'get' | 'post'>;
  readonly #tab: KeyValues;

  /** @param tab what outlives the way to the provider and back, and is seen by no other tab */
  constructor(rest: Pick<Rest, 'get' | 'post'>, tab: KeyValues) {
    this.#rest = rest;
    this.#tab = tab;
  }

  /**
   * What the button says; undefined where the hub has no provider.
   * @throws RestError when the hub does not say
   */
  async label(): Promise<string | undefined> {
    return (await this.#rest.get('/login/options', optionsSchema)).Issuer?.Label;
  }

  /**
   * Begins a login. State, nonce and verifier stay in the tab, so that what comes back is of use
   * here only.
   * @param from the address, without host, to come back to
   * @returns the address of the provider's page
   * @throws RestError when that cannot be had
   */
  async begin(keeping: Keeping, from: string): Promise<string> {
    const { Url, ...begun } = await this.#rest.post('/login/issuer', {}, begunSchema);
    this.#tab.setItem(KEY, JSON.stringify({ ...begun, keeping, from }));
    return Url;
  }

  /**
   * The login that was begun here and has come back. It can be asked for once.
   * @param response the query with which the browser came back
   * @throws RestError when none was begun here
   */
  takeReturned(response: string): ReturnedLogin {
    const kept = this.#tab.getItem(KEY);
    this.#tab.removeItem(KEY);
    const { data } = z.safeParse(keptSchema, JSON.parse(kept ?? 'null'));
    if (data === undefined) {
      const { notBegun: title } = text.shell.login;
      throw new RestError({ status: 400, title });
    }
    const { keeping, from, ...begun } = data;
    return {
      keeping,
      from,
      finish: async () => {
        const body = { ...begun, Response: response };
        const key = await this.#rest.post('/login/issuer/code', body, keySchema);
        return { userName: key.UserName, secretKey: key.SecretKey };
      },
    };
  }
}

/** Whether a query is what an identity provider sends a browser back with (RFC 6749, section 4.1.2). */
export function isResponse(query: string): boolean {
  const parameters = new URLSearchParams(query);
  return parameters.has('state') && (parameters.has('code') || parameters.has('error'));
}
