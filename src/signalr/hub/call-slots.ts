/** How many calls of one connection may run at the same time. */
export class CallSlots {
  readonly #onFree: () => void;
  #free: number;
  /** Calls that want their slot back; bounded by the calls that run. */
  readonly #returning: (() => void)[] = [];

  /** @param onFree called when a slot is free for a new call */
  constructor(slots: number, onFree: () => void) {
    this.#free = slots;
    this.#onFree = onFree;
  }

  /** A slot for a new call, if one is free. */
  take(): CallSlot | undefined {
    return this.#takeFree() ? new CallSlot(this) : undefined;
  }

  /** Resolves with a slot taken, ahead of calls that have not begun. */
  async takeAgain(): Promise<void> {
    if (!this.#takeFree()) await new Promise<void>((taken) => this.#returning.push(taken));
  }

  release(): void {
    const next = this.#returning.shift();
    if (next !== undefined) {
      next();
    } else {
      this.#free += 1;
      this.#onFree();
    }
  }

  #takeFree(): boolean {
    if (this.#free <= 0) return false;
    this.#free -= 1;
    return true;
  }
}

/**
 * The slot of one call. While the call waits for its client others may have it, because the
 * client's answer may stand behind calls that wait for the slot.
 */
export class CallSlot {
  readonly #slots: CallSlots;
  #held = true;
  #ended = false;
  /** How many answers the call awaits: it may ask several questions at a time. */
  #waits = 0;
  #regaining: Promise<void> | undefined;

  constructor(slots: CallSlots) {
    this.#slots = slots;
  }

  /** Waits without the slot. After the call's end it is plain waiting. */
  async without<T>(wait: () => Promise<T>): Promise<T> {
    if (this.#ended) return wait();
    this.#waits += 1;
    this.#giveBack();
    try {
      return await wait();
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0 && !this.#ended) await (this.#regaining ??= this.#regain());
    }
  }

  /** The call is over. */
  end(): void {
    this.#ended = true;
    this.#giveBack();
  }

  async #regain(): Promise<void> {
    await this.#slots.takeAgain();
    this.#regaining = undefined;
    this.#held = true;
    if (this.#ended || this.#waits > 0) this.#giveBack();
  }

  #giveBack(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#slots.release();
  }
}
