/** What a system calls an entity; undefined where nobody said. */
type Key = string | number | undefined;

interface SectionOptions<Entry> {
  readonly entries: readonly Entry[];
  /** What the system calls it; no two entries may have the same. */
  keyOf(entry: Entry): Key;
  /** By what else an entry without such a key is found: a queue made anew may have an old one's name. */
  otherKeysOf?(entry: Entry): readonly Key[];
}

/** The entries of one kind: those of the file, found by their keys, and those that were added. */
export class MergeSection<Entry extends { readonly id: string }> {
  readonly #options: SectionOptions<Entry>;
  readonly #entries = new Map<string, Entry>();
  /** Ids of the file's entries by their keys. */
  readonly #byKey = new Map<Key, string>();
  /** Ids of all entries by what the system calls them. */
  readonly #owners = new Map<Key, string>();
  /** Ids of entries by the found ids that were joined to them, or added. */
  readonly #idOf = new Map<string, string>();
  readonly #joinedIds = new Set<string>();

  constructor(options: SectionOptions<Entry>) {
    this.#options = options;
    for (const entry of options.entries) {
      this.#entries.set(entry.id, entry);
      const key = options.keyOf(entry);
      const keys = key === undefined ? (options.otherKeysOf?.(entry) ?? []) : [key];
      for (const one of keys) this.#byKey.set(one, entry.id);
      if (key !== undefined) this.#owners.set(key, entry.id);
    }
  }

  /** The file's entry that has one of the keys. */
  find(keys: readonly Key[]): Entry | undefined {
    const id = this.#byKey.get(keys.find((one) => this.#byKey.has(one)));
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

  #put(foundId: string, entry: Entry): boolean {
    const key = this.#options.keyOf(entry);
    if (key !== undefined) {
      if ((this.#owners.get(key) ?? entry.id) !== entry.id) return false;
      this.#owners.set(key, entry.id);
    }
    this.#idOf.set(foundId, entry.id);
    this.#entries.set(entry.id, entry);
    return true;
  }
}
