import type { Key, KeysOf } from './merge-keys.js';

/** The entries of one kind: those of the file, found by their keys, and those that were added. */
export class MergeSection<Entry extends { readonly id: string }> {
  readonly #keys: KeysOf<Entry>;
  readonly #entries = new Map<string, Entry>();
  /** Ids of the file's entries by their keys. */
  readonly #byKey = new Map<Key, string>();
  /** Ids of all entries by what the system calls them. */
  readonly #owners = new Map<Key, string>();
  /** Ids of entries by the found ids that were joined to them, or added. */
  readonly #idOf = new Map<string, string>();
  readonly #joinedIds = new Set<string>();

  constructor(entries: readonly Entry[], keys: KeysOf<Entry>) {
    this.#keys = keys;
    for (const entry of entries) {
      this.#entries.set(entry.id, entry);
      const key = keys.keyOf(entry);
      for (const one of key === undefined ? this.#otherKeysOf(entry) : [key]) {
        this.#byKey.set(one, entry.id);
      }
      if (key !== undefined) this.#owners.set(key, entry.id);
    }
  }

  /** The file's entry that is the same as this one of the system. */
  find(found: Entry): Entry | undefined {
    const keys = [this.#keys.keyOf(found), ...this.#otherKeysOf(found)];
    const key = keys.find((one) => one !== undefined && this.#byKey.has(one));
    const id = this.#byKey.get(key);
    return id === undefined ? undefined : this.#entries.get(id);
  }

  /**
   * Puts an entry of the file, filled up, into its place; false when that was done before, or when
   * another entry is what the system calls so.
   */
  join(foundId: string, entry: Entry): boolean {
    if (this.#joinedIds.has(entry.id)) return false;
    if (!this.#put(foundId, entry)) return false;
    this.#joinedIds.add(entry.id);
    return true;
  }

  /** Adds an entry that the file does not have; false when another is what the system calls so. */
  add(entry: Entry): boolean {
    return this.#put(entry.id, entry);
  }

  /** The entry that a found one became. */
  joined(foundId: string): Entry | undefined {
    const id = this.#idOf.get(foundId);
    return id === undefined ? undefined : this.#entries.get(id);
  }

  entries(): Entry[] {
    return [...this.#entries.values()];
  }

  #otherKeysOf(entry: Entry): readonly Key[] {
    return this.#keys.otherKeysOf?.(entry).filter((key) => key !== undefined) ?? [];
  }

  #put(foundId: string, entry: Entry): boolean {
    const key = this.#keys.keyOf(entry);
    if (key !== undefined) {
      if ((this.#owners.get(key) ?? entry.id) !== entry.id) return false;
      this.#owners.set(key, entry.id);
    }
    this.#idOf.set(foundId, entry.id);
    this.#entries.set(entry.id, entry);
    return true;
  }
}
