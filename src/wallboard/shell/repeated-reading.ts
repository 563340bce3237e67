import { type ReadonlySignal, signal } from '@preact/signals';

/** Times in milliseconds. */
interface ReadingTimes {
  /** Everything is read again after this time, should a change have gone unnoticed. */
  readonly interval: number;
  /** The pause after the first failure; each one after it is twice as long, up to `longestPause`. */
  readonly firstPause: number;
  readonly longestPause: number;
}

const TIMES: ReadingTimes = { interval: 600_000, firstPause: 2_000, longestPause: 60_000 };

/** Reads something whenever it is asked to, now and then anyway, and again when that failed. */
export class RepeatedReading {
  readonly #read: () => Promise<void>;
  readonly #failure = signal<Error | undefined>(undefined);
  readonly #times: ReadingTimes;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isReading = false;
  /** Asked for since the reading that is under way began. */
  #isAsked = false;
  #isStopped = false;

  /**
   * @param read what is done; one at a time
   */
  constructor(read: () => Promise<void>, times: ReadingTimes = TIMES) {
    this.#read = read;
    this.#times = times;
  }

  /** Why the last reading failed; it is tried again. Undefined when it did not. */
  get failure(): ReadonlySignal<Error | undefined> {
    return this.#failure;
  }

  /** Reads now, or once more when the reading that is under way is over. */
  request(): void {
    this.#isAsked = true;
    if (!this.#isReading && !this.#isStopped) void this.#run();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#isStopped = true;
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isReading = true;
    this.#isAsked = false;
    try {
      await this.#read();
      this.#failures = 0;
      this.#failure.value = undefined;
    } catch (error) {
      this.#failures += 1;
      this.#failure.value = error instanceof Error ? error : new Error(String(error));
    }
    this.#isReading = false;
    if (!this.#isStopped) this.#timer = setTimeout(() => void this.#run(), this.#pause());
  }

  /** What fails is not tried at once again, whoever asks for it. */
  #pause(): number {
    const { interval, firstPause, longestPause } = this.#times;
    if (this.#failures > 0) return Math.min(longestPause, firstPause * 2 ** (this.#failures - 1));
    return this.#isAsked ? 0 : interval;
  }
}
