import { signal, type ReadonlySignal } from '@preact/signals';
import * as z from 'zod/mini';
import { text } from '../texts/index.js';
import { LOGIN_KEY, type KeptLogin, type Keeping, type LoginStore } from './login-store.js';
import { RestError } from './rest-error.js';
import { createRest } from './rest.js';
import type { OpenSession, Session } from './session.js';

/** What the page shows on the whole. */
export type Stage =
  /** Somebody was logged in before, and the hub is asked whether they still are. */
  | { readonly kind: 'restoring'; readonly login: KeptLogin }
  /** Nobody is logged in; `reason` says why somebody no longer is. */
  | { readonly kind: 'login'; readonly reason: string | undefined }
  | { readonly kind: 'session'; readonly session: Session };

/** What the form asks for. */
export interface LoginWish {
  readonly userName: string;
  readonly password: string;
  readonly keeping: Keeping;
}

/** What a page is made of. */
export interface AppParts {
  readonly store: LoginStore;
  /** The hub's base, with a slash at the end. */
  readonly base: URL;
  readonly tv: boolean;
  readonly openSession: OpenSession;
}

/** Between two questions whether a kept login still holds, while the hub does not answer. */
const RETRY_MS = 3_000;

/** How the keys begin that the hub gives for a login with an identity provider. */
const ISSUER_KEY = 'rsk3_';

const authUserSchema = z.object({ UserName: z.string(), SecretKey: z.string() });

/** Who is logged in on this page, and how that changes. */
export class App {
  readonly #parts: AppParts;
  readonly #stage = signal<Stage>({ kind: 'login', reason: undefined });

  constructor(parts: AppParts) {
    this.#parts = parts;
  }

  get stage(): ReadonlySignal<Stage> {
    return this.#stage;
  }

  /** Goes on with the login that is kept, if there is one. A hub that is away is waited for. */
  async restore(): Promise<void> {
    const login = this.#parts.store.read();
    if (login === undefined) return;
    const restoring = { kind: 'restoring', login } as const;
    this.#enter(restoring);
    while (this.#stage.peek() === restoring) {
      try {
        const session = await this.#open(login);
        // Another tab may have logged out meanwhile.
        if (this.#stage.peek() === restoring) this.#enter({ kind: 'session', session });
        else await session.stop();
      } catch (error) {
        if (!(error instanceof RestError)) throw error;
        if (isRefusal(error)) this.#endWith(error.detail);
        else await pause(RETRY_MS);
      }
    }
  }

  /**
   * Logs in; only the key that the hub gives for the password is kept.
   * @throws RestError with the reason, when that fails
   */
  async logIn({ userName, password, keeping }: LoginWish): Promise<void> {
    const { base, store } = this.#parts;
    const body = { UserName: userName, Password: password };
    const path = `/authuser/${encodeURIComponent(userName)}/`;
    const answer = await createRest({ base }).post(path, body, authUserSchema);
    const login = { userName: answer.UserName, secretKey: answer.SecretKey };
    const session = await this.#open(login);
    store.keep(login, keeping);
    this.#enter({ kind: 'session', session });
  }

  /** Keeps a login for who opens the page next. */
  keep(login: KeptLogin, keeping: Keeping): void {
    this.#parts.store.keep(login, keeping);
  }

  /** Ends the session, on the device as well; a login with an identity provider also in the hub. */
  logOut(): void {
    const { base, store } = this.#parts;
    const login = store.read();
    store.forget();
    this.#enter({ kind: 'login', reason: undefined });
    if (login?.secretKey.startsWith(ISSUER_KEY) === true) void endIssuerLogin(base, login);
  }

  /** What another tab has done with the login of the device concerns this one, too. */
  onStorage({ key }: { readonly key: string | null }): void {
    if (key !== LOGIN_KEY && key !== null) return;
    const isKept = this.#parts.store.read() !== undefined;
    const isOut = this.#stage.peek().kind === 'login';
    if (isKept && isOut) void this.restore();
    if (!isKept && !isOut) this.#enter({ kind: 'login', reason: undefined });
  }

  #open(login: KeptLogin): Promise<Session> {
    const { base, tv, openSession } = this.#parts;
    return openSession(login, { base, tv, onRefused: (detail) => this.#endWith(detail) });
  }

  #endWith(detail: string | undefined): void {
    this.#parts.store.forget();
    const { ended, endedBecause } = text.shell.login;
    this.#enter({
      kind: 'login',
      reason: detail === undefined ? ended : endedBecause(detail),
    });
  }

  #enter(next: Stage): void {
    const before = this.#stage.peek();
    this.#stage.value = next;
    if (before.kind === 'session') void before.session.stop();
  }
}

/** A hub that is away forgets the login by itself; nobody has its key any more. */
async function endIssuerLogin(base: URL, login: KeptLogin): Promise<void> {
  try {
    await createRest({ base, login }).delete('/login/issuer');
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
  }
}

/** The hub knows who asks and says no; everything else may be better the next time. */
function isRefusal({ status }: RestError): boolean {
  return status === 401 || status === 403;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
