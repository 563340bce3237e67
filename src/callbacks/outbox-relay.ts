import type { CallbackChangeEvent } from '../contact-center/index.js';
import { OUTBOX_PAGE } from './callback-limits.js';
import type { CallbackLogger } from './callback-logger.js';
import type { StoreLink } from './store-link.js';
import type { OutboxEntry } from './store/callback-store.js';
import { StoreBrokenError, StoreUnavailableError } from './store/store-errors.js';

export interface OutboxRelayOptions {
  readonly link: StoreLink;
  /** Takes the events, in the order of the changes. One may come twice, with the same id, after a kill. */
  onEvent(event: CallbackChangeEvent): void;
  readonly logger: CallbackLogger;
}

/**
 * Leads the events of changes from the outbox to those who tell them, and takes them out of it after
 * that: a hub that is killed in between tells them again, and forgets none.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  #isWanted = false;
  #running: Promise<void> | undefined;
  #untold = 0;
  /** Places of events that were told and not removed yet: a page at most. */
  readonly #told = new Set<number>();

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    options.link.onUp(() => this.wake());
  }

  /** Events that were in the outbox when it was read last. */
  get untold(): number {
    return this.#untold;
  }

  /** There may be something in the outbox. */
  wake(): void {
    this.#isWanted = true;
    this.#running ??= this.#run();
  }

  /** Resolves when the outbox is empty, or the store away. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // Nothing may run before the caller has noted that it runs.
    await Promise.resolve();
    try {
      while (this.#isWanted && this.#options.link.state.up) {
        this.#isWanted = false;
        await this.#empty();
      }
    } catch (error) {
      // The link says why the store is away, and wakes the relay when it is back.
      if (error instanceof StoreUnavailableError || error instanceof StoreBrokenError) return;
      this.#options.logger.error({ err: error }, 'outbox of callback changes not read');
    } finally {
      this.#running = undefined;
    }
  }

  async #empty(): Promise<void> {
    const { link } = this.#options;
    for (;;) {
      const entries = await link.use((store) => store.untoldEvents(OUTBOX_PAGE));
      this.#untold =
        entries.length < OUTBOX_PAGE
          ? entries.length
          : await link.use((store) => store.countUntoldEvents());
      if (entries.length === 0) return;
      for (const entry of entries) this.#tellOnce(entry);
      await link.use((store) => store.removeEvents(entries));
      this.#told.clear();
      this.#untold -= entries.length;
    }
  }

  #tellOnce(entry: OutboxEntry): void {
    if (this.#told.has(entry.position)) return;
    this.#told.add(entry.position);
    this.#tell(entry);
  }

  /** An event that can't be told must not keep back those behind it. */
  #tell({ position, event }: OutboxEntry): void {
    const { logger } = this.#options;
    if (event === undefined) {
      logger.error({ position }, 'event of a callback change is not readable');
      return;
    }
    try {
      this.#options.onEvent(event);
    } catch (error) {
      const { eventId } = event;
      logger.error({ err: error, eventId }, 'event of a callback change not told');
    }
  }
}
