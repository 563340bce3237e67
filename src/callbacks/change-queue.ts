import { MAX_BATCH, MAX_WAITING_CHANGES } from './callback-limits.js';
import type { StoreLink } from './store-link.js';
import type { CallbackTransaction } from './store/callback-store.js';
import { StoreBrokenError, StoreUnavailableError } from './store/store-errors.js';

/** Something to be done in a transaction; done again when the transaction had to be given up. */
export type Change<Result> = (transaction: CallbackTransaction) => Promise<Result>;

/**
 * What becomes of a change while the store is away: `waits` until it is back; `refused` fails with
 * StoreUnavailableError, since somebody waits for the answer.
 */
export type Patience = 'waits' | 'refused';

interface Waiting {
  readonly patience: Patience;
  write(transaction: CallbackTransaction): Promise<void>;
  /** Answers with what was written last. */
  resolve(): void;
  reject(error: unknown): void;
}

export interface ChangeQueueOptions {
  readonly link: StoreLink;
  /** Told after each transaction that was kept. */
  onCommitted(): void;
}

/**
 * Changes on their way to the store: one after the other, in the order in which they came, several
 * in one transaction when they came while the store was at work. That spares it the wait for the
 * disk after each, which all of them would have to share one after the other.
 */
export class ChangeQueue {
  readonly #options: ChangeQueueOptions;
  /** In their order. */
  readonly #waiting = new Set<Waiting>();
  #running: Promise<void> | undefined;
  #refusals = 0;

  constructor(options: ChangeQueueOptions) {
    this.#options = options;
    options.link.onUp(() => this.#start());
  }

  /** Changes that wait or are being written. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Changes that found no room, since the start. */
  get refusals(): number {
    return this.#refusals;
  }

  /**
   * Resolves with what `change` gives, once that is kept. Rejects with StoreUnavailableError when
   * the store is away or too much waits for it, and with what `change` throws.
   */
  add<Result>(change: Change<Result>, patience: Patience): Promise<Result> {
    const refusal = this.#refusalOf(patience);
    if (refusal !== undefined) return Promise.reject(refusal);
    const done = new Promise<Result>((resolve, reject) => {
      this.#waiting.add(waitingFor(change, patience, resolve, reject));
    });
    this.#start();
    return done;
  }

  /** Resolves when all is written that can be. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Gives up what waits for a store that does not come back. */
  rejectAll(reason: string): void {
    this.#giveUp(() => true, new StoreUnavailableError(reason));
  }

  #refusalOf(patience: Patience): Error | undefined {
    const { state } = this.#options.link;
    if (!state.up && patience === 'refused') return new StoreUnavailableError(state.reason);
    if (this.#waiting.size < MAX_WAITING_CHANGES) return undefined;
    this.#refusals += 1;
    const waiting = String(MAX_WAITING_CHANGES);
    return new StoreUnavailableError(`${waiting} changes wait for the store already`);
  }

  #start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // What came in the same turn of the event loop goes together.
    await Promise.resolve();
    try {
      while (this.#waiting.size > 0 && this.#options.link.state.up) {
        await this.#write(this.#nextBatch());
      }
    } finally {
      this.#running = undefined;
    }
  }

  #nextBatch(): readonly Waiting[] {
    const batch: Waiting[] = [];
    for (const one of this.#waiting) {
      if (batch.length === MAX_BATCH) break;
      batch.push(one);
    }
    return batch;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#options.link.use((store) =>
        store.transaction(async (transaction) => {
          for (const one of batch) await one.write(transaction);
        }),
      );
    } catch (error) {
      await this.#recover(batch, error);
      return;
    }
    for (const one of batch) this.#waiting.delete(one);
    this.#options.onCommitted();
    for (const one of batch) one.resolve();
  }

  async #recover(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (error instanceof StoreUnavailableError || error instanceof StoreBrokenError) {
      this.#giveUp(({ patience }) => patience === 'refused', error);
      return;
    }
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) {
      this.#waiting.delete(first);
      first.reject(error);
      return;
    }
    // One of them spoils the others, so each gets a transaction of its own.
    for (const one of batch) {
      if (this.#options.link.state.up) await this.#write([one]);
    }
  }

  #giveUp(isMeant: (waiting: Waiting) => boolean, error: Error): void {
    for (const waiting of [...this.#waiting].filter(isMeant)) {
      this.#waiting.delete(waiting);
      waiting.reject(error);
    }
  }
}

function waitingFor<Result>(
  change: Change<Result>,
  patience: Patience,
  resolve: (result: Result) => void,
  reject: (error: unknown) => void,
): Waiting {
  let written: { readonly result: Result } | undefined;
  return {
    patience,
    reject,
    async write(transaction) {
      written = { result: await change(transaction) };
    },
    resolve() {
      if (written !== undefined) resolve(written.result);
    },
  };
}
