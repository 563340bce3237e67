import { DirectoryError, formatFault, type DirectoryFault } from './faults.js';
import type { ParsedDirectory } from './parse-directory.js';
import type { Directory, DirectoryHolder } from './types.js';

/** The part of a logger that is needed here. */
export interface DirectoryLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Reads the directory anew, from wherever it comes. */
export type DirectoryLoader = () => Promise<ParsedDirectory>;

/** The directory in force. `reload` replaces it, unless the new one is wrong. */
export interface ReloadableDirectory extends DirectoryHolder {
  /** Reads again; false when the new one was refused and the old one stays. Never rejects. */
  reload(): Promise<boolean>;
}

/**
 * Loads the directory for the first time.
 * @throws DirectoryError with all faults when it is wrong
 */
export async function openDirectory(
  load: DirectoryLoader,
  log: DirectoryLog,
): Promise<ReloadableDirectory> {
  const loaded = await load();
  if (!loaded.ok) throw new DirectoryError(loaded.faults);
  report(loaded.warnings, log);
  return new Holder(loaded.directory, load, log);
}

class Holder implements ReloadableDirectory {
  current: Directory;
  readonly #load: DirectoryLoader;
  readonly #log: DirectoryLog;
  /** One per part of the hub that follows the directory; each is removed by what onChange gave. */
  readonly #listeners = new Set<(directory: Directory) => void>();
  /** Reloads run one after the other, so that the newest file wins. */
  #lastReload: Promise<boolean> = Promise.resolve(true);

  constructor(directory: Directory, load: DirectoryLoader, log: DirectoryLog) {
    this.current = directory;
    this.#load = load;
    this.#log = log;
  }

  onChange(listener: (directory: Directory) => void): () => void {
    // A wrapper of its own lets the same function be registered twice.
    const registered = (directory: Directory) => listener(directory);
    this.#listeners.add(registered);
    return () => void this.#listeners.delete(registered);
  }

  reload(): Promise<boolean> {
    this.#lastReload = this.#lastReload.then(() => this.#reloadOnce());
    return this.#lastReload;
  }

  async #reloadOnce(): Promise<boolean> {
    try {
      const loaded = await this.#load();
      if (!loaded.ok) return this.#refuse(loaded.faults);
      report(loaded.warnings, this.#log);
      this.#replace(loaded.directory);
      return true;
    } catch (error) {
      this.#log.error({ err: error }, 'directory reload failed, the old one stays');
      return false;
    }
  }

  #refuse(faults: readonly DirectoryFault[]): false {
    this.#log.error({ faults: faults.map(formatFault) }, 'directory refused, the old one stays');
    return false;
  }

  #replace(directory: Directory): void {
    this.current = directory;
    this.#log.info(
      { users: directory.users.size, queues: directory.queues.size },
      'directory loaded',
    );
    for (const listener of this.#listeners) {
      try {
        listener(directory);
      } catch (error) {
        // One part that fails to follow must not keep the others on the old directory.
        this.#log.error({ err: error }, 'directory listener failed');
      }
    }
  }
}

function report(warnings: readonly DirectoryFault[], log: DirectoryLog): void {
  for (const warning of warnings) log.warn({ path: warning.path }, warning.message);
}
