import { BackOff } from './back-off.js';
import type { CallbackStore } from './store/callback-store.js';
import { messageOf, StoreBrokenError, StoreUnavailableError } from './store/store-errors.js';

/** Whether the store can be used, and if not, why; the reason is for operators. */
export type StoreState = { readonly up: true } | { readonly up: false; readonly reason: string };

export interface StoreLinkOptions {
  readonly store: CallbackStore;
  /** Told of each change, and of each further reason. */
  onState(state: StoreState): void;
  /** Told how each use of the store ended and how long it took. */
  onUse?(outcome: StoreUse, seconds: number): void;
}

/** How a use of the store ended: `unavailable` when it is away, `failed` for any other fault. */
export type StoreUse = 'ok' | 'unavailable' | 'failed';

/**
 * The way to the store: knows whether it is there, and connects to it again, with back-off, when it
 * was lost.
 */
export class StoreLink {
  readonly #options: StoreLinkOptions;
  readonly #backOff = new BackOff();
  readonly #whenUp = new Set<() => void>();
  #state: StoreState = { up: false, reason: 'not connected yet' };
  #connecting = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: StoreLinkOptions) {
    this.#options = options;
  }

  get state(): StoreState {
    return this.#state;
  }

  /** Calls `listener` each time that the store can be used. Listeners are few and stay. */
  onUp(listener: () => void): void {
    this.#whenUp.add(listener);
  }

  /**
   * Connects for the first time.
   * @throws what keeps it from that, in words for operators
   */
  async open(): Promise<void> {
    await this.#options.store.connect(this.#onLost);
    this.#up();
  }

  /** Connects in the background, again and again until it succeeds. */
  openSoon(): void {
    void this.#connect();
  }

  /**
   * Uses the store.
   * @throws StoreUnavailableError when it is away, also when that is noticed now
   */
  async use<Result>(work: (store: CallbackStore) => Promise<Result>): Promise<Result> {
    if (!this.#state.up) throw new StoreUnavailableError(this.#state.reason);
    const began = performance.now();
    const used = (outcome: StoreUse): void =>
      this.#options.onUse?.(outcome, (performance.now() - began) / 1000);
    try {
      const result = await work(this.#options.store);
      used('ok');
      return result;
    } catch (error) {
      const isAway = error instanceof StoreUnavailableError || error instanceof StoreBrokenError;
      used(isAway ? 'unavailable' : 'failed');
      if (isAway) this.#down(error);
      throw error;
    }
  }

  /** Connects no more and closes the store. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#state = { up: false, reason: 'the hub stops' };
    await this.#options.store.close();
  }

  readonly #onLost = (reason: Error): void => {
    if (this.#state.up) this.#down(reason);
  };

  #up(): void {
    if (this.#stopped) return;
    this.#backOff.reset();
    this.#state = { up: true };
    this.#options.onState(this.#state);
    for (const listener of this.#whenUp) listener();
  }

  #down(error: unknown): void {
    if (this.#stopped) return;
    const wasUp = this.#state.up;
    this.#state = { up: false, reason: messageOf(error) };
    this.#options.onState(this.#state);
    if (wasUp) this.#connectLater();
  }

  async #connect(): Promise<void> {
    if (this.#connecting || this.#stopped) return;
    this.#connecting = true;
    try {
      await this.#options.store.connect(this.#onLost);
      this.#up();
    } catch (error) {
      this.#down(error);
      this.#connectLater();
    } finally {
      this.#connecting = false;
    }
  }

  #connectLater(): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), this.#backOff.next());
    this.#retry.unref();
  }
}
