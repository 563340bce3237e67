import { errors, type FlattenedJWSInput, type JWSHeaderParameters, type LocalJWKSet } from 'jose';
import { IdentityProviderError } from '../identity-provider.js';

/** Calls back once after some time; the answer keeps it from that. */
export type After = (milliseconds: number, act: () => void) => () => void;

export interface IssuerKeysOptions {
  /** Reads all keys; throws IdentityProviderError when they can't be had. */
  readonly read: () => Promise<LocalJWKSet>;
  /** Told when tokens can be checked (undefined), and why when they can't. */
  readonly onTrouble: (reason: string | undefined) => void;
  readonly after: After;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Keys are read again when they are older: a key that the issuer withdrew opens nothing for longer. */
const MAX_AGE_MS = 600_000;

/** While the issuer is away, keys that are older are no longer trusted. */
const MAX_STALE_MS = 3_600_000;

/** An unknown key id is asked for this often at most, or anybody could have the issuer flooded. */
const COOLDOWN_MS = 30_000;

/** When the issuer is asked again that was away. */
const RETRY_MS = 15_000;

type Resolved = Awaited<ReturnType<LocalJWKSet>>;

/**
 * The keys of an issuer, kept and rotated: who signs with a key that is not known yet makes them
 * read again. Equal questions at the same time are asked once.
 */
export class IssuerKeys {
  readonly #options: IssuerKeysOptions;
  #keys: { readonly set: LocalJWKSet; readonly readAt: number } | undefined;
  /** The reading under way. */
  #reading: Promise<LocalJWKSet> | undefined;
  #failed: { readonly error: IdentityProviderError; readonly at: number } | undefined;
  #cancelRetry: (() => void) | undefined;
  #closed = false;

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
  }

  /** Reads the keys before anybody logs in, and again until they are there. */
  start(): void {
    this.#readInBackground();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry?.();
  }

  /**
   * The key of a token.
   * @throws JWKSNoMatchingKey when the issuer has none such; IdentityProviderError when it can't be
   * asked
   */
  async keyFor(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<Resolved> {
    const set = await this.#current();
    try {
      return await set(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayAskAgain()) throw error;
      return (await this.#read())(header, token);
    }
  }

  async #current(): Promise<LocalJWKSet> {
    const { now } = this.#options;
    const age = this.#keys === undefined ? Infinity : now() - this.#keys.readAt;
    if (this.#keys !== undefined && age < MAX_AGE_MS) return this.#keys.set;
    if (this.#keys !== undefined && age < MAX_STALE_MS) {
      const { set } = this.#keys;
      return this.#hasJustFailed() ? set : this.#read().catch(() => set);
    }
    // Who comes right after a failure need not wait for the same one.
    if (this.#failed !== undefined && this.#hasJustFailed()) throw this.#failed.error;
    return this.#read();
  }

  #mayAskAgain(): boolean {
    const readAt = this.#keys?.readAt ?? 0;
    return this.#options.now() - readAt >= COOLDOWN_MS && !this.#hasJustFailed();
  }

  #hasJustFailed(): boolean {
    return this.#failed !== undefined && this.#options.now() - this.#failed.at < RETRY_MS;
  }

  #read(): Promise<LocalJWKSet> {
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOnce(): Promise<LocalJWKSet> {
    const { read, now, onTrouble } = this.#options;
    try {
      const set = await read();
      this.#keys = { set, readAt: now() };
      this.#failed = undefined;
      onTrouble(undefined);
      return set;
    } catch (error) {
      if (error instanceof IdentityProviderError) this.#fail(error);
      throw error;
    }
  }

  #fail(error: IdentityProviderError): void {
    const { now, after, onTrouble } = this.#options;
    this.#failed = { error, at: now() };
    const isUsable = this.#keys !== undefined && now() - this.#keys.readAt < MAX_STALE_MS;
    if (!isUsable) onTrouble(error.message);
    if (this.#closed) return;
    this.#cancelRetry?.();
    this.#cancelRetry = after(RETRY_MS, () => this.#readInBackground());
  }

  /** Without it nobody would find out that the issuer is back: a hub that is not ready gets no logins. */
  #readInBackground(): void {
    this.#read().catch((error: unknown) => {
      // A failure has been told to who listens for trouble.
      if (!(error instanceof IdentityProviderError)) throw error;
    });
  }
}
