/** How often time-outs are looked at: they come up to this much late, but not early. */
const HEARTBEAT_MS = 1_000;

/**
 * One timer for all connections. Its clock counts milliseconds since the start: it does not jump
 * with the wall clock, and advances by two beats at most after the process was frozen, so that a
 * pause of ours does not time out every client.
 */
export class Heartbeat {
  readonly #beat: (time: number) => void;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #time = 0;
  #last = 0;

  /** @param beat called every second with the clock's time. @param now epoch ms */
  constructor(beat: (time: number) => void, now: () => number) {
    this.#beat = beat;
    this.#now = now;
  }

  get time(): number {
    return this.#timer === undefined ? this.#time : this.#time + this.#sinceBeat(this.#now());
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#last = this.#now();
    this.#timer = setInterval(() => this.#onTimer(), HEARTBEAT_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #onTimer(): void {
    const now = this.#now();
    this.#time += this.#sinceBeat(now);
    this.#last = now;
    this.#beat(this.#time);
  }

  #sinceBeat(now: number): number {
    return Math.min(Math.max(now - this.#last, 0), 2 * HEARTBEAT_MS);
  }
}
