/** A clock that follows the real one, and that a test can put forward instead of waiting. */
export class MovableClock {
  #ahead = 0;

  /** Epoch ms. */
  readonly now = (): number => Date.now() + this.#ahead;

  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
