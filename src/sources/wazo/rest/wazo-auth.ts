import { z } from 'zod';
import type { IssuedToken } from '../../service-token.js';
import { readAnswer, type WazoCall, type WazoCaller } from './wazo-caller.js';
import { WazoRestError } from './rest-error.js';
import { uuid } from './rest-fields.js';

/** Long enough that renewals are rare, short enough that tokens of a hub that was killed do not pile up. */
const SERVICE_TOKEN_SECONDS = 1800;

/** Wazo's tokens are uuids. What else somebody offers as one is not put into a path. */
const TOKEN = /^[0-9a-z-]{8,64}$/iu;

const tokenAnswer = z.object({
  data: z.object({
    token: z.string().regex(TOKEN),
    /** Who it is for; wazo-auth's own id of the user. */
    auth_id: z.string().min(1),
    acl: z.array(z.string()).nullish(),
    session_uuid: z.string().nullish(),
    /** Local times without a zone: good for their difference only. */
    issued_at: z.string().nullish(),
    expires_at: z.string().nullish(),
    /** The same in UTC, also without a zone. */
    utc_expires_at: z.string().nullish(),
    metadata: z
      .object({
        uuid: uuid.nullish(),
        tenant_uuid: uuid.nullish(),
        pbx_user_uuid: uuid.nullish(),
        purpose: z.string().nullish(),
        admin: z.boolean().nullish(),
      })
      .nullish(),
  }),
});

/** What wazo-auth says of a live token. */
export type WazoTokenData = z.infer<typeof tokenAnswer>['data'];

/** The tokens of wazo-auth: the hub's own, and those that clients bring. */
export class WazoAuth {
  readonly #caller: WazoCaller;

  constructor(caller: WazoCaller) {
    this.#caller = caller;
  }

  /**
   * Takes a service token for the hub.
   * @throws WazoRestError, `refused` when the credentials are wrong
   */
  async issue(username: string, password: string): Promise<IssuedToken> {
    const data = await this.#login(username, password, SERVICE_TOKEN_SECONDS);
    return { token: data.token, livesMs: lifeMs(data) ?? SERVICE_TOKEN_SECONDS * 1000 };
  }

  /**
   * Checks somebody's user name and password: takes a token for them and gives it back.
   * @returns what the token says; undefined when they are wrong
   * @throws WazoRestError when wazo-auth cannot be asked
   */
  async checkPassword(username: string, password: string): Promise<WazoTokenData | undefined> {
    const data = await unlessProblem(['refused'], () => this.#login(username, password, 60));
    if (data !== undefined) await this.revoke(data.token);
    return data;
  }

  /**
   * Reads a token that somebody brought.
   * @returns undefined when it is dead, or no token at all
   * @throws WazoRestError when wazo-auth cannot be asked
   */
  async readToken(token: string): Promise<WazoTokenData | undefined> {
    if (!TOKEN.test(token)) return undefined;
    const call = tokenCall(token);
    return unlessProblem(['not-found', 'refused'], async () => {
      const answer = await this.#caller.ask(call);
      return readAnswer(call, answer, tokenAnswer).data;
    });
  }

  /**
   * Asks whether a token lives and holds a scope, without reading it.
   * @param scope access such as `events.calls.me`; undefined asks for life only
   * @throws WazoRestError when wazo-auth cannot be asked
   */
  async holds(token: string, scope?: string): Promise<boolean> {
    if (!TOKEN.test(token)) return false;
    const query = scope === undefined ? {} : { scope };
    const answer = await unlessProblem(['not-found', 'refused'], () =>
      this.#caller.ask({ ...tokenCall(token), method: 'HEAD', query }),
    );
    return answer !== undefined;
  }

  /**
   * Ends a token; one that is dead already is well.
   * @throws WazoRestError when wazo-auth cannot be asked
   */
  async revoke(token: string): Promise<void> {
    await unlessProblem(['not-found'], () =>
      this.#caller.askOnce({ ...tokenCall(token), method: 'DELETE' }),
    );
  }

  async #login(username: string, password: string, expiration: number): Promise<WazoTokenData> {
    const credentials = Buffer.from(`${username}:${password}`).toString('base64');
    const call: WazoCall = {
      service: 'auth',
      method: 'POST',
      path: ['token'],
      body: { expiration },
      authorization: `Basic ${credentials}`,
    };
    return readAnswer(call, await this.#caller.ask(call), tokenAnswer).data;
  }
}

function tokenCall(token: string): WazoCall {
  return { service: 'auth', path: ['token', token], secretPart: token };
}

async function unlessProblem<T>(
  answers: readonly WazoRestError['problem'][],
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WazoRestError && answers.includes(error.problem)) return undefined;
    throw error;
  }
}

/** By Wazo's clock alone, so that ours may be wrong; undefined when it does not say. */
function lifeMs({ issued_at: from, expires_at: to }: WazoTokenData): number | undefined {
  const life = Date.parse(`${to ?? ''}Z`) - Date.parse(`${from ?? ''}Z`);
  return life > 0 ? life : undefined;
}
