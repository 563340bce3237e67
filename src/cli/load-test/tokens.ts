import { z } from 'zod';
import type { HttpClient } from './http-client.js';
import { LoadError } from './load-error.js';
import type { LoadLogin, LoadPlan } from './plan.js';

const answerSchema = z.object({ Token: z.string(), ExpiresIn: z.number().positive() });

/** A token is renewed when so much of its life is over. */
const RENEWED_AFTER = 0.8;

/** Gives the token of one login, asked for once for all of its connections, and anew in time. */
export class Tokens {
  readonly #plan: Pick<LoadPlan, 'base'>;
  readonly #login: LoadLogin;
  readonly #http: Pick<HttpClient, 'send'>;
  #asked: Promise<string> | undefined;
  #goodUntil = 0;

  constructor(plan: Pick<LoadPlan, 'base'>, login: LoadLogin, http: Pick<HttpClient, 'send'>) {
    this.#plan = plan;
    this.#login = login;
    this.#http = http;
  }

  /** @throws LoadError when the hub gives none */
  async current(): Promise<string> {
    if (this.#login.kind === 'token') return this.#login.token;
    if (this.#asked === undefined || performance.now() > this.#goodUntil) {
      this.#goodUntil = Number.POSITIVE_INFINITY;
      const asked = this.#ask(this.#login);
      this.#asked = asked;
      // The next connection asks anew; who waits for this one gets the error.
      asked.catch(() => {
        if (this.#asked === asked) this.#asked = undefined;
      });
    }
    return this.#asked;
  }

  async #ask({ userName, password }: Extract<LoadLogin, { kind: 'password' }>): Promise<string> {
    const credentials = Buffer.from(`${userName}:${password}`).toString('base64');
    const url = new URL(`${this.#plan.base}/token/me/rte/`);
    const headers = { authorization: `Basic ${credentials}` };
    const { status, body } = await this.#http.send('GET', url, headers);
    if (status !== 200) throw new LoadError(`login answered ${String(status)}`);
    const parsed = answerSchema.safeParse(jsonOf(body));
    if (!parsed.success) throw new LoadError('login gave no token: is this the base of a hub?');
    this.#goodUntil = performance.now() + parsed.data.ExpiresIn * 1000 * RENEWED_AFTER;
    return parsed.data.Token;
  }
}

/** @returns undefined for what is no JSON */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
