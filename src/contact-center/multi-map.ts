/** An index from a key to several values; a key without values is not kept. */
export class MultiMap {
  readonly #values = new Map<string, Set<string>>();

  /** How many keys have values. */
  get size(): number {
    return this.#values.size;
  }

  /** All keys that have values. */
  keys(): IterableIterator<string> {
    return this.#values.keys();
  }

  /** The values under `key`; empty when there are none. */
  get(key: string): ReadonlySet<string> {
    return this.#values.get(key) ?? NOTHING;
  }

  add(key: string, value: string): void {
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, new Set([value]));
    else values.add(value);
  }

  remove(key: string, value: string): void {
    const values = this.#values.get(key);
    if (values === undefined) return;
    values.delete(value);
    if (values.size === 0) this.#values.delete(key);
  }
}

const NOTHING: ReadonlySet<string> = new Set();
