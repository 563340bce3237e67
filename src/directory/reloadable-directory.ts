import { Contributions } from './contributions.js';
import { DirectoryError, formatFault, type DirectoryFault } from './faults.js';
import type { DirectoryContent, ParsedDirectory } from './parse-directory.js';
import type {
  Directory,
  DirectoryContributor,
  DirectoryWatch,
  FoundDirectory,
  LeftOut,
} from './types.js';

/** The part of a logger that is needed here. */
export interface DirectoryLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Reads the directory anew, from wherever it comes. */
export type DirectoryLoader = () => Promise<ParsedDirectory>;

/** Hears what of a source's entities is not in the directory, whenever that is reckoned anew. */
export type LeftOutListener = (source: string, leftOut: readonly LeftOut[]) => void;

/**
 * The directory in force: the file, filled up with what sources contribute. `reload` replaces the
 * file, unless the new one is wrong.
 */
export interface ReloadableDirectory extends DirectoryWatch, DirectoryContributor {
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
  onLeftOut?: LeftOutListener,
): Promise<ReloadableDirectory> {
  const loaded = await load();
  if (!loaded.ok) throw new DirectoryError(loaded.faults);
  report(loaded.warnings, log);
  return new Holder(loaded, load, log, onLeftOut);
}

type Listeners = Set<(directory: Directory) => void>;

class Holder implements ReloadableDirectory {
  current: Directory;
  readonly #load: DirectoryLoader;
  readonly #log: DirectoryLog;
  readonly #contributions: Contributions;
  /** One per part of the hub that follows the directory; each is removed by what was answered. */
  readonly #before: Listeners = new Set();
  readonly #after: Listeners = new Set();
  #content: DirectoryContent;
  /** Reloads run one after the other, so that the newest file wins. */
  #lastReload: Promise<boolean> = Promise.resolve(true);

  constructor(
    { directory, content }: Extract<ParsedDirectory, { readonly ok: true }>,
    load: DirectoryLoader,
    log: DirectoryLog,
    onLeftOut?: LeftOutListener,
  ) {
    this.current = directory;
    this.#content = content;
    this.#load = load;
    this.#log = log;
    this.#contributions = new Contributions(log, onLeftOut);
  }

  onChange(listener: (directory: Directory) => void): () => void {
    return register(this.#after, listener);
  }

  beforeChange(listener: (next: Directory) => void): () => void {
    return register(this.#before, listener);
  }

  contribute(source: string, found: FoundDirectory): void {
    if (this.#contributions.set(source, found)) this.#replace();
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
      this.#content = loaded.content;
      this.#replace();
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

  #replace(): void {
    const directory = this.#contributions.fillUp(this.#content);
    this.#call(this.#before, directory);
    this.current = directory;
    this.#log.info(
      { users: directory.users.size, queues: directory.queues.size },
      'directory loaded',
    );
    this.#call(this.#after, directory);
  }

  #call(listeners: Listeners, directory: Directory): void {
    for (const listener of listeners) {
      try {
        listener(directory);
      } catch (error) {
        // One part that fails to follow must not keep the others on the old directory.
        this.#log.error({ err: error }, 'directory listener failed');
      }
    }
  }
}

function register(listeners: Listeners, listener: (directory: Directory) => void): () => void {
  // A wrapper of its own lets the same function be registered twice.
  const registered = (directory: Directory) => listener(directory);
  listeners.add(registered);
  return () => void listeners.delete(registered);
}

function report(warnings: readonly DirectoryFault[], log: DirectoryLog): void {
  for (const warning of warnings) log.warn({ path: warning.path }, warning.message);
}
