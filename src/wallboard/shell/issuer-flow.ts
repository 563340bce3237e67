import { signal, type ReadonlySignal } from '@preact/signals';
import { text } from '../texts/index.js';
import type { App } from './app.js';
import { IssuerLogin, isResponse } from './issuer-login.js';
import type { Keeping, KeyValues } from './login-store.js';
import { RestError } from './rest-error.js';
import type { Rest } from './rest.js';

/**
 * What the form uses of the page. It is handed over, since every module that a bundle of its own
 * shares with the page alone becomes one more file that every view loads.
 */
export interface PageTools {
  /** Without a login. */
  readonly rest: Rest;
  /** What is kept in this tab. */
  readonly tab: KeyValues;
  /** Path of the page, with a slash at the end. */
  readonly basePath: string;
  /** Shows another address in the place of this one. */
  readonly replaceAddress: (address: string) => void;
}

interface IssuerFlowParts {
  readonly app: App;
  readonly tools: PageTools;
  readonly onProblem: (problem: string) => void;
}

/** The login with the identity provider on the form: begins one, and ends one that has come back. */
export class IssuerFlow {
  readonly #parts: IssuerFlowParts;
  readonly #login: IssuerLogin;
  readonly #label = signal<string | undefined>(undefined);
  readonly #isReturning = signal(false);

  constructor(parts: IssuerFlowParts) {
    this.#parts = parts;
    this.#login = new IssuerLogin(parts.tools.rest, parts.tools.tab);
    const isBack = location.pathname === `${parts.tools.basePath}login`;
    this.#isReturning.value = isBack && isResponse(location.search);
  }

  /** What the button says; undefined without one. */
  get label(): ReadonlySignal<string | undefined> {
    return this.#label;
  }

  /** Whether what the provider said is being redeemed. */
  get isReturning(): ReadonlySignal<boolean> {
    return this.#isReturning;
  }

  /** Asks for the button, and ends the login that has come back. Call it once. */
  async start(): Promise<void> {
    await Promise.all([
      this.#orTell(async () => {
        this.#label.value = await this.#login.label();
      }),
      this.#isReturning.peek() ? this.#orTell(() => this.#comeBack()) : undefined,
    ]);
    this.#isReturning.value = false;
  }

  /** Goes to the provider's page. */
  begin(keeping: Keeping): Promise<void> {
    return this.#orTell(async () => {
      location.assign(await this.#login.begin(keeping, location.pathname + location.search));
    });
  }

  async #comeBack(): Promise<void> {
    const { app, tools } = this.#parts;
    const response = location.search;
    // A code that stood in the address would be sent again by a reload.
    tools.replaceAddress(tools.basePath);
    const returned = this.#login.takeReturned(response);
    tools.replaceAddress(returned.from);
    app.keep(await returned.finish(), returned.keeping);
    // TV mode and theme are read when the page is loaded.
    location.reload();
  }

  async #orTell(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#parts.onProblem(problemOf(error));
    }
  }
}

function problemOf(error: unknown): string {
  if (!(error instanceof RestError)) throw error;
  const { away, failed } = text.shell.login;
  return error.status === 0 ? away : failed(error.message);
}
