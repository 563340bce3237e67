/**
 * Thins out news of the same thing: the first is passed on at once, what follows within the
 * interval is passed on once at its end. Nothing is lost: after the last touch of a key its emit
 * always comes. One timer serves all keys.
 */
export class Coalescer {
  readonly #intervalMs: number;
  readonly #emit: (key: string) => void;
  readonly #now: () => number;
  /** When each key was emitted last; entries older than the interval say nothing and go. */
  readonly #emittedAt = new Map<string, number>();
  readonly #dueAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #isHeld = false;
  /** When the clock was read last. */
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(intervalMs: number, emit: (key: string) => void, now: () => number) {
    this.#intervalMs = intervalMs;
    this.#emit = emit;
    this.#now = now;
  }

  /** Keys that wait for their time. */
  get waiting(): number {
    return this.#dueAt.size;
  }

  /** There is news of `key`, to be emitted as soon as the interval allows. */
  touch(key: string): void {
    const now = this.#time();
    const emittedAt = this.#emittedAt.get(key) ?? Number.NEGATIVE_INFINITY;
    this.touchAt(key, Math.max(now, emittedAt + this.#intervalMs));
  }

  /** Emits `key` at `time` (epoch ms), unless it is due earlier anyway. */
  touchAt(key: string, time: number): void {
    this.#time();
    const known = this.#dueAt.get(key) ?? Number.POSITIVE_INFINITY;
    this.#dueAt.set(key, Math.min(known, time));
  }

  /** Keeps everything back until told otherwise; call `run` then. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
  }

  /** Emits everything that waits, due or not. */
  flush(): void {
    const now = this.#time();
    for (const key of this.#dueAt.keys()) this.#dueAt.set(key, now);
    this.run();
  }

  /** Emits everything that is due and sets the timer for the rest; call it after touching. */
  run(): void {
    if (this.#isHeld) return;
    const now = this.#time();
    const due = [...this.#dueAt].filter(([, time]) => time <= now).map(([key]) => key);
    for (const key of due) {
      this.#dueAt.delete(key);
      this.#emittedAt.set(key, now);
    }
    for (const key of due) this.#emit(key);
    this.#forget(now);
    this.#arm(now);
  }

  /** Forgets everything. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Number.POSITIVE_INFINITY;
    this.#dueAt.clear();
    this.#emittedAt.clear();
  }

  /** When the clock was set back, all that is planned moves with it: else it would wait as long. */
  #time(): number {
    const now = this.#now();
    const back = this.#readAt - now;
    this.#readAt = now;
    if (back <= 0) return now;
    for (const times of [this.#emittedAt, this.#dueAt]) {
      for (const [key, time] of times) times.set(key, time - back);
    }
    return now;
  }

  #forget(now: number): void {
    for (const [key, emittedAt] of this.#emittedAt) {
      if (emittedAt + this.#intervalMs <= now) this.#emittedAt.delete(key);
    }
  }

  #arm(now: number): void {
    const next = [...this.#dueAt.values()].reduce(
      (a, b) => Math.min(a, b),
      Number.POSITIVE_INFINITY,
    );
    if (next === this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = next;
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.run();
    }, next - now);
    this.#timer.unref();
  }
}
