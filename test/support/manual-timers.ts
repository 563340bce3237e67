interface Pending {
  readonly at: number;
  readonly act: () => void;
}

/** A clock whose time passes only when a test says so, with its timers. */
export class ManualTimers {
  #now: number;
  readonly #pending = new Set<Pending>();

  /** @param now epoch ms to begin with */
  constructor(now = 1_773_993_600_000) {
    this.#now = now;
  }

  /** Epoch ms. */
  readonly now = (): number => this.#now;

  after(ms: number, act: () => void): () => void {
    const pending = { at: this.#now + ms, act };
    this.#pending.add(pending);
    return () => this.#pending.delete(pending);
  }

  /** Milliseconds until each timer that waits, the next one first. */
  delays(): number[] {
    return [...this.#pending].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  /** Lets time pass, and fires what is due meanwhile in its order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#pending.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
    this.#now = end;
  }
}
