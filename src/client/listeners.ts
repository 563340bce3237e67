/** Those who want to be told something. One that throws, or rejects, does not keep the others. */
export class Listeners<Value> {
  readonly #listeners = new Set<(value: Value) => unknown>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** @returns what takes it away again */
  add(listener: (value: Value) => unknown): () => void {
    // The same function may be added twice, and each of the two be taken away.
    const own = (value: Value): unknown => listener(value);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  tell(value: Value): void {
    // As they are now: one that is added meanwhile is not told this.
    const listeners = Array.from(this.#listeners);
    for (const listener of listeners) {
      try {
        const returned = listener(value);
        if (returned instanceof Promise) returned.catch(this.#onError);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
