/**
 * Whether a client still gives signs of life. Its first ping makes it a client that pings; only
 * then is silence suspicious, because some clients never ping. Received data alone counts, and
 * no time counts in which we did not read.
 */
export class ClientLiveness {
  readonly #timeoutMs: number;
  #lastSign: number;
  #pings = false;
  #reading = true;

  /** @param time ms on the heartbeat's clock, here and below */
  constructor(timeoutMs: number, time: number) {
    this.#timeoutMs = timeoutMs;
    this.#lastSign = time;
  }

  /** When something was last received, or reading began again. */
  get lastSign(): number {
    return this.#lastSign;
  }

  received(time: number): void {
    this.#lastSign = time;
  }

  pinged(): void {
    this.#pings = true;
  }

  readingStopped(): void {
    this.#reading = false;
  }

  readingResumed(time: number): void {
    this.#reading = true;
    this.#lastSign = time;
  }

  overdue(time: number): boolean {
    return this.#pings && this.#reading && time - this.#lastSign > this.#timeoutMs;
  }
}
