import type { KeyValues } from '../../../../src/wallboard/shell/login-store.js';

/** A storage of a browser. */
export class MemoryValues implements KeyValues {
  readonly #values = new Map<string, string>();

  get size(): number {
    return this.#values.size;
  }

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }

  removeItem(key: string): void {
    this.#values.delete(key);
  }
}
