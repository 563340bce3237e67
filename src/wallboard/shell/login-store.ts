import * as z from 'zod/mini';

/** What a person logs in with from now on: never the password. */
export interface KeptLogin {
  readonly userName: string;
  readonly secretKey: string;
}

/** How long a login is kept: on the device until it is ended, or in this tab until it is closed. */
export type Keeping = 'device' | 'tab';

/** What of the browser's Storage is used. */
export interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The name under which the login is kept. */
export const LOGIN_KEY = 'rte-hub.login';

const loginSchema = z.object({ userName: z.string(), secretKey: z.string() });

/** Keeps the login of this browser. */
export class LoginStore {
  readonly #places: Readonly<Record<Keeping, KeyValues>>;

  constructor(places: Readonly<Record<Keeping, KeyValues>>) {
    this.#places = places;
  }

  /** The login that is kept, this tab's before the device's; what cannot be read is none. */
  read(): KeptLogin | undefined {
    return this.#readFrom('tab') ?? this.#readFrom('device');
  }

  /** Keeps a login in the place of any other. */
  keep({ userName, secretKey }: KeptLogin, keeping: Keeping): void {
    this.forget();
    this.#places[keeping].setItem(LOGIN_KEY, JSON.stringify({ userName, secretKey }));
  }

  /** Forgets the login. */
  forget(): void {
    for (const place of Object.values(this.#places)) place.removeItem(LOGIN_KEY);
  }

  #readFrom(keeping: Keeping): KeptLogin | undefined {
    const kept = this.#places[keeping].getItem(LOGIN_KEY);
    if (kept === null) return undefined;
    const parsed = z.safeParse(loginSchema, parseJson(kept));
    return parsed.success ? parsed.data : undefined;
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Whatever else wrote there: it is no login.
    return undefined;
  }
}
