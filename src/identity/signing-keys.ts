import type { PublicJwk, SigningKey } from './signing-key.js';

/** The keys in force. Who uses them asks at each use, since a rotation may replace them. */
export interface SigningKeys {
  /** Signs, and checks what it signed. */
  readonly current: SigningKey;
  /** The key before: what it signed is accepted until it expires. */
  readonly previous?: SigningKey | undefined;
}

/** All keys that tokens are checked with. */
export function keysInForce({ current, previous }: SigningKeys): readonly SigningKey[] {
  return previous === undefined ? [current] : [current, previous];
}

/** What others may check tokens with (RFC 7517): a shared secret is for nobody else. */
export function publicKeys(keys: SigningKeys): readonly PublicJwk[] {
  const jwks = keysInForce(keys).flatMap(({ publicJwk }) => publicJwk ?? []);
  return jwks.filter(({ kid }, index) => jwks.findIndex((other) => other.kid === kid) === index);
}

/** The part of a logger that is needed here. */
interface KeyLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Reads the keys anew, from wherever they come. */
type KeyLoader = () => Promise<{
  readonly keys: SigningKeys;
  readonly warnings: readonly string[];
}>;

/** The keys in force, which can be read again while the hub runs. */
export class ReloadableKeys implements SigningKeys {
  #keys: SigningKeys;
  readonly #load: KeyLoader;
  readonly #log: KeyLog;
  #lastReload: Promise<boolean> = Promise.resolve(true);

  /**
   * Loads the keys for the first time.
   * @throws what the loader throws
   */
  static async open(load: KeyLoader, log: KeyLog): Promise<ReloadableKeys> {
    const { keys, warnings } = await load();
    for (const warning of warnings) log.warn({}, warning);
    return new ReloadableKeys(keys, load, log);
  }

  private constructor(keys: SigningKeys, load: KeyLoader, log: KeyLog) {
    this.#keys = keys;
    this.#load = load;
    this.#log = log;
  }

  get current(): SigningKey {
    return this.#keys.current;
  }

  get previous(): SigningKey | undefined {
    return this.#keys.previous;
  }

  /** Reads again; false when the keys were refused and the old ones stay. Never rejects. */
  reload(): Promise<boolean> {
    // One after the other: what was read first must not come last.
    this.#lastReload = this.#lastReload.then(() => this.#reloadOnce());
    return this.#lastReload;
  }

  async #reloadOnce(): Promise<boolean> {
    try {
      const { keys, warnings } = await this.#load();
      for (const warning of warnings) this.#log.warn({}, warning);
      this.#keys = keys;
      this.#log.info({ current: keys.current.id, previous: keys.previous?.id }, 'keys loaded');
      return true;
    } catch (error) {
      this.#log.error({ err: error }, 'signing keys refused, the old ones stay');
      return false;
    }
  }
}
