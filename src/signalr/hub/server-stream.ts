/** How a stream ended: as it should, because nobody wants more of it, or by an error. */
export type StreamEnd =
  { readonly kind: 'done' | 'cancelled' } | { readonly kind: 'failed'; readonly error: unknown };

export interface ServerStreamParts {
  /** Sends an item. @throws when it can't be encoded */
  readonly write: (item: unknown) => void;
  /** Whether so much waits for the client that the next item has to wait too. */
  readonly congested: () => boolean;
}

/** Sends what an iterable gives, no faster than the client takes it, until it ends or is cancelled. */
export class ServerStream {
  readonly #parts: ServerStreamParts;
  readonly #controller = new AbortController();
  /** Given up before its end, so that it has to be told. */
  #left: AsyncIterator<unknown> | undefined;
  #interrupt: (() => void) | undefined;
  #roomMade: (() => void) | undefined;

  constructor(parts: ServerStreamParts) {
    this.#parts = parts;
  }

  /** Aborted by cancel(). */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends run() at once, whatever its producer is doing. */
  cancel(): void {
    this.#controller.abort();
    this.#interrupt?.();
  }

  /** The client has taken what waited for it. */
  drained(): void {
    this.#roomMade?.();
  }

  /** Sends the items. Never rejects; cleanUp() is to follow. */
  async run(items: AsyncIterable<unknown>): Promise<StreamEnd> {
    try {
      return await this.#send(items[Symbol.asyncIterator]());
    } catch (error) {
      return this.signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error };
    }
  }

  /** Lets a producer that was given up release what it holds. Rejects with an error of its own. */
  async cleanUp(): Promise<void> {
    await this.#left?.return?.();
  }

  async #send(iterator: AsyncIterator<unknown>): Promise<StreamEnd> {
    while (!this.signal.aborted) {
      if (this.#parts.congested()) {
        await this.#orInterrupt(new Promise<void>((resolve) => (this.#roomMade = resolve)));
        continue;
      }
      const next = await this.#orInterrupt(iterator.next());
      if (next?.done === true) return { kind: 'done' };
      if (next === undefined || this.signal.aborted) break;
      this.#write(next.value, iterator);
    }
    this.#left = iterator;
    return { kind: 'cancelled' };
  }

  #write(item: unknown, iterator: AsyncIterator<unknown>): void {
    try {
      this.#parts.write(item);
    } catch (error) {
      this.#left = iterator;
      throw error;
    }
  }

  /** Not Promise.race(): an unsettled promise would keep one reaction per item of an endless stream. */
  #orInterrupt<T>(wait: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#interrupt = () => resolve(undefined);
      wait.then(resolve, reject);
    });
  }
}
