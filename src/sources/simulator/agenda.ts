/** Things to do at times of a clock that the caller moves. */
export class Agenda {
  readonly #entries: { readonly at: number; readonly order: number; readonly act: () => void }[] =
    [];
  #now: number;
  #order = 0;

  constructor(now: number) {
    this.#now = now;
  }

  /** Milliseconds of the agenda's own clock. */
  get now(): number {
    return this.#now;
  }

  /** When the next thing is due. */
  get nextAt(): number | undefined {
    return this.#entries[0]?.at;
  }

  /** Puts down `act` for `delay` ms from now; things of the same time keep their order. */
  after(delay: number, act: () => void): void {
    const entry = { at: this.#now + delay, order: (this.#order += 1), act };
    const index = this.#entries.findIndex((other) => other.at > entry.at);
    this.#entries.splice(index === -1 ? this.#entries.length : index, 0, entry);
  }

  /** Moves the clock to the next thing and does it. */
  step(): void {
    const entry = this.#entries.shift();
    if (entry === undefined) return;
    this.#now = entry.at;
    entry.act();
  }
}
