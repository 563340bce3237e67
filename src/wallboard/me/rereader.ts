/** Waits between tries of a read that failed, in milliseconds; the last one for all further tries. */
const RETRY_MS = [2_000, 5_000, 10_000, 30_000] as const;

/** How a read is done, and who is told how it went. */
export interface RereaderOptions {
  /** Reads and takes over what it has read. */
  readonly read: () => Promise<void>;
  /** A read failed; it is tried again by itself. */
  readonly onFailed: (error: unknown) => void;
  /** Calls back after so many milliseconds. */
  readonly after: (milliseconds: number, call: () => void) => void;
}

/**
 * Reads something whenever somebody asks for it: one read at a time, and one more when it was asked
 * for meanwhile, so that the last read always began after the last asking. What fails is tried again.
 */
export class Rereader {
  readonly #options: RereaderOptions;
  #isReading = false;
  #isAskedAgain = false;
  #failures = 0;
  /** Grows with each try, so that a waiting one does not follow one that was asked for. */
  #tries = 0;

  constructor(options: RereaderOptions) {
    this.#options = options;
  }

  /** Reads as soon as it can be. */
  ask(): void {
    if (this.#isReading) this.#isAskedAgain = true;
    else void this.#run();
  }

  async #run(): Promise<void> {
    this.#isReading = true;
    do {
      this.#isAskedAgain = false;
      this.#tries += 1;
      await this.#readOnce();
    } while (this.#isAskedAgain);
    this.#isReading = false;
  }

  async #readOnce(): Promise<void> {
    try {
      await this.#options.read();
      this.#failures = 0;
    } catch (error) {
      this.#options.onFailed(error);
      this.#tryLater();
    }
  }

  #tryLater(): void {
    const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 0;
    const tries = this.#tries;
    this.#failures += 1;
    this.#options.after(wait, () => {
      if (this.#tries === tries) this.ask();
    });
  }
}
