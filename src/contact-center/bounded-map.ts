/**
 * A map that never holds more than `bound` entries: over it the oldest entry goes, and
 * `evictions` counts it, so that a leak shows as a figure instead of as memory.
 */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #bound: number;
  readonly #onEvict: ((key: K, value: V) => void) | undefined;
  #evictions = 0;

  constructor(bound: number, onEvict?: (key: K, value: V) => void) {
    this.#bound = bound;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** How many entries had to go since the start to keep the bound. */
  get evictions(): number {
    return this.#evictions;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): void {
    this.#entries.set(key, value);
    if (this.#entries.size > this.#bound) this.#evictOldest();
  }

  delete(key: K): boolean {
    return this.#entries.delete(key);
  }

  entries(): IterableIterator<[K, V]> {
    return this.#entries.entries();
  }

  values(): IterableIterator<V> {
    return this.#entries.values();
  }

  #evictOldest(): void {
    const oldest = this.#entries.entries().next();
    if (oldest.done === true) return;
    const [key, value] = oldest.value;
    this.#entries.delete(key);
    this.#evictions += 1;
    this.#onEvict?.(key, value);
  }
}
