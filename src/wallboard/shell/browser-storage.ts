import type { KeyValues } from './login-store.js';

/**
 * A storage of the browser, or one that lasts as long as the page where the browser forbids them
 * (it throws on the mere access when cookies are blocked).
 */
export function storageOf(open: () => Storage): KeyValues {
  try {
    return open();
  } catch {
    // Forbidden by the person; the page works without, until it is reloaded.
    return new PageStorage();
  }
}

/** Holds what the page itself puts in: a handful of keys. */
class PageStorage implements KeyValues {
  readonly #values = new Map<string, string>();

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
