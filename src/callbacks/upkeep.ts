import { closedBySystem } from './callback-requests.js';
import { UPKEEP_PAGE } from './callback-limits.js';
import type { CallbackLogger } from './callback-logger.js';
import type { Change, ChangeQueue } from './change-queue.js';
import type { ChangeRecorder } from './change-recorder.js';
import { StoreBrokenError, StoreUnavailableError } from './store/store-errors.js';

/** How late a request may close by its expiry, and a lost database be noticed. */
const EXPIRY_MS = 5_000;
/** Old requests are in no hurry to go. */
const DELETION_MS = 3_600_000;

export interface UpkeepOptions {
  readonly queue: ChangeQueue;
  readonly recorder: ChangeRecorder;
  /** How long closed requests are kept, milliseconds. */
  readonly retentionMs: number;
  readonly logger: CallbackLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What time does to requests: open ones expire, closed ones are deleted in the end. */
export class Upkeep {
  readonly #options: UpkeepOptions;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #nextDeletion = 0;

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), EXPIRY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Does what is due now. */
  async run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      await this.#runDue(this.#options.now());
    } catch (error) {
      // The link says why the store is away; what is due stays due.
      if (error instanceof StoreUnavailableError || error instanceof StoreBrokenError) return;
      this.#options.logger.error({ err: error }, 'upkeep of callback requests failed');
    } finally {
      this.#isRunning = false;
    }
  }

  async #runDue(now: number): Promise<void> {
    const { recorder, retentionMs } = this.#options;
    await this.#untilDone(closeExpired(now, recorder));
    if (now < this.#nextDeletion) return;
    await this.#untilDone((transaction) =>
      transaction.deleteClosed(now - retentionMs, UPKEEP_PAGE),
    );
    this.#nextDeletion = now + DELETION_MS;
  }

  /** Other changes get their turn between the pages. */
  async #untilDone(page: Change<number>): Promise<void> {
    while ((await this.#options.queue.add(page, 'refused')) >= UPKEEP_PAGE);
  }
}

/** Closes a page of expired requests, each at its own expiry; gives how many they were. */
function closeExpired(now: number, recorder: ChangeRecorder): Change<number> {
  return async (transaction) => {
    const expired = await transaction.findExpired(now, UPKEEP_PAGE);
    for (const request of expired) {
      await recorder.changed(transaction, closedBySystem(request, request.expiryDate ?? now));
    }
    return expired.length;
  };
}
