import { buildDirectory } from './build-directory.js';
import type { FilledDirectoryFile } from './file-schema.js';
import type { FoundDirectory, LeftOut } from './found.js';
import { mergeDirectory } from './merge-directory.js';
import type { DirectoryContent } from './parse-directory.js';
import type { Directory } from './types.js';

/** Kinds of what is left out that are logged, once each. */
const MAX_LOGGED_KINDS = 100;

/** Where what is left out is reported. */
interface ContributionLog {
  warn(fields: object, message: string): void;
}

/** What sources contributed last, and the directory that a file and they make together. */
export class Contributions {
  /** By source; as many as the settings name. The text tells whether anything changed. */
  readonly #found = new Map<string, { readonly found: FoundDirectory; readonly text: string }>();
  readonly #loggedKinds = new Set<string>();
  readonly #log: ContributionLog;
  readonly #onLeftOut: ((source: string, leftOut: readonly LeftOut[]) => void) | undefined;

  constructor(
    log: ContributionLog,
    onLeftOut?: (source: string, leftOut: readonly LeftOut[]) => void,
  ) {
    this.#log = log;
    this.#onLeftOut = onLeftOut;
  }

  /** Keeps what a source has now; false when that is what it had before. */
  set(source: string, found: FoundDirectory): boolean {
    const text = JSON.stringify(found);
    if (this.#found.get(source)?.text === text) return false;
    this.#found.set(source, { found, text });
    return true;
  }

  /** Makes the directory of a file and all contributions; of two sources the first one wins. */
  fillUp({ file, hashes }: DirectoryContent): Directory {
    let filled: FilledDirectoryFile = file;
    for (const [source, { found }] of this.#found) {
      const merged = mergeDirectory(filled, found);
      filled = merged.file;
      this.#report(source, merged.leftOut);
    }
    return buildDirectory(filled, hashes);
  }

  #report(source: string, leftOut: readonly LeftOut[]): void {
    this.#onLeftOut?.(source, leftOut);
    for (const { section, reason, detail } of leftOut) {
      const kind = `${source} ${section} ${reason}`;
      if (this.#loggedKinds.has(kind) || this.#loggedKinds.size >= MAX_LOGGED_KINDS) continue;
      this.#loggedKinds.add(kind);
      this.#log.warn(
        { source, section, reason, detail },
        'left out of the directory; later ones of this kind are only counted',
      );
    }
  }
}
