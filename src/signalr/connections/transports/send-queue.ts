/** One POST's place in the queue. */
export interface Turn {
  /** Resolves when all before it have left, and reading is not paused. */
  readonly reached: Promise<void>;
  leave(): void;
}

/**
 * Lets the POSTs of one connection in one after the other, in the order in which they came, however
 * long it takes to find out who sent each of them.
 */
export class SendQueue {
  readonly #maximumWaiting: number;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();
  #resumed: Promise<void> = Promise.resolve();
  #resume: (() => void) | undefined;

  constructor(maximumWaiting: number) {
    this.#maximumWaiting = maximumWaiting;
  }

  /** @returns undefined when too many wait already */
  enter(): Turn | undefined {
    if (this.#waiting >= this.#maximumWaiting) return undefined;
    this.#waiting += 1;
    const reached = this.#last.then(() => this.#resumed);
    const { promise: left, resolve } = settler();
    this.#last = Promise.all([reached, left]).then(() => undefined);
    return { reached, leave: () => this.#leave(resolve) };
  }

  pause(): void {
    if (this.#resume !== undefined) return;
    const { promise, resolve } = settler();
    this.#resumed = promise;
    this.#resume = resolve;
  }

  /** To be called as well when the connection ends: whoever waits finds out by himself. */
  resume(): void {
    this.#resume?.();
    this.#resume = undefined;
  }

  #leave(resolve: () => void): void {
    this.#waiting -= 1;
    resolve();
  }
}

function settler(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  const resolvers: (() => void)[] = [];
  const promise = new Promise<void>((resolve) => {
    resolvers.push(resolve);
  });
  return { promise, resolve: () => resolvers.forEach((resolve) => resolve()) };
}
