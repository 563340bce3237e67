import { signal, type ReadonlySignal } from '@preact/signals';
import * as z from 'zod/mini';
import { text } from '../texts/index.js';
import { LOGIN_KEY, type KeptLogin, type Keeping, type LoginStore } from './login-store.js';
import { RestError } from './rest-error.js';
import { createRest } from './rest.js';
import { openSession, type Session } from './session.js';

/** What the page shows on the whole. */
export type Stage =
  /** Somebody was logged in before, and the hub is asked whether they still are. */
  | { readonly kind: 'restoring' }
  /** Nobody is logged in; `reason` says why somebody no longer is. */
  | { readonly kind: 'login'; readonly reason: string | undefined }
  | { readonly kind: 'session'; readonly session: Session };

/** What the form asks for. */
export interface LoginWish {
  readonly userName: string;
  readonly password: string;
  readonly keeping: Keeping;
}

const RETRY_MS = 3_000;

const authUserSchema = z.object({ UserName: z.string(), SecretKey: z.string() });

/** Who is logged in on this page, and how that changes. */
export class App {
  readonly #stage = signal<Stage>({ kind: 'restoring' });
  readonly #store: LoginStore;
  readonly #base: URL;
  readonly #tv: boolean;

  constructor(options: { readonly store: LoginStore; readonly base: URL; readonly tv: boolean }) {
    this.#store = options.store;
    this.#base = options.base;
    this.#tv = options.tv;
  }

  get stage(): ReadonlySignal<Stage> {
    return this.#stage;
  }

  /** Goes on with the login that is kept, or asks for one. A hub that is away is waited for. */
  async restore(): Promise<void> {
    const login = this.#store.read();
    if (login === undefined) {
      this.#askForLogin(undefined);
      return;
    }
    this.#stage.value = { kind: 'restoring' };
    while (this.#stage.value.kind === 'restoring') {
      try {
        await this.#open(login);
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
    const body = { UserName: userName, Password: password };
    const path = `/authuser/${encodeURIComponent(userName)}/`;
    const answer = await createRest({ base: this.#base }).post(path, body, authUserSchema);
    const login = { userName: answer.UserName, secretKey: answer.SecretKey };
    await this.#open(login);
    this.#store.keep(login, keeping);
  }

  /** Ends the session, on the device as well. */
  logOut(): void {
    this.#store.forget();
    this.#askForLogin(undefined);
  }

  /** What another tab has done with the login of the device concerns this one, too. */
  onStorage({ key }: { readonly key: string | null }): void {
    if (key !== LOGIN_KEY && key !== null) return;
    const { kind } = this.#stage.value;
    const isKept = this.#store.read() !== undefined;
    if (isKept && kind === 'login') void this.restore();
    if (!isKept && kind !== 'login') this.#askForLogin(undefined);
  }

  async #open(login: KeptLogin): Promise<void> {
    const session = await openSession(login, {
      base: this.#base,
      tv: this.#tv,
      onRefused: (detail) => this.#endWith(detail),
    });
    this.#stage.value = { kind: 'session', session };
  }

  #endWith(detail: string | undefined): void {
    this.#store.forget();
    const { ended, endedBecause } = text.shell.login;
    this.#askForLogin(detail === undefined ? ended : endedBecause(detail));
  }

  #askForLogin(reason: string | undefined): void {
    const stage = this.#stage.value;
    this.#stage.value = { kind: 'login', reason };
    if (stage.kind === 'session') void stage.session.stop();
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
