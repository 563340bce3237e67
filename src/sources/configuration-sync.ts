import type { DirectoryContributor, FoundDirectory } from '../directory/types.js';
import { Pause } from './pause.js';
import { RestError } from './rest-problem.js';
import { retryDelayMs } from './retry-delay.js';
import type { SourceCondition, SourceLogger, SourceObserver } from './source.js';

/** Changes come in flocks: a user with a line and an agent is a handful of events. */
const GATHER_MS = 100;

/** All is read again this often, for events that were lost; up to a tenth more at random. */
const AUDIT_MS = 5 * 60_000;

/** Pauses after failures, each twice as long as the one before. */
const RETRY_DELAYS = { firstMs: 500, maxMs: 30_000 };

/** A user that may not will hardly be allowed a second later. */
const REFUSED_RETRY_MS = 60_000;

export interface ConfigurationSyncOptions<Part> {
  /** Name of the source. */
  readonly source: string;
  /** The parts that a configuration is read in. */
  readonly parts: readonly Part[];
  /**
   * Reads the parts that are named; answers the whole, with the others as they were read before.
   * Rejects with a RestError when one of them can't be read.
   */
  readonly read: (parts: ReadonlySet<Part>) => Promise<FoundDirectory>;
  readonly directory: DirectoryContributor;
  readonly observer: Pick<SourceObserver, 'conditionChanged'>;
  readonly logger: SourceLogger;
  /** From 0 up to 1; Math.random unless told. */
  readonly random?: () => number;
}

/**
 * Keeps the directory as a telephony system has it: reads all at the start and every five minutes,
 * and what the system says has changed at once. One read at a time; what changes meanwhile is read
 * after it.
 */
export class ConfigurationSync<Part> {
  readonly #options: ConfigurationSyncOptions<Part>;
  readonly #random: () => number;
  readonly #pause = new Pause();
  /** Parts to be read; at most as many as there are. */
  #wanted: Set<Part>;
  #failures = 0;

  constructor(options: ConfigurationSyncOptions<Part>) {
    this.#options = options;
    this.#wanted = new Set(options.parts);
    this.#random = options.random ?? Math.random;
  }

  /** Has parts read again soon. */
  changed(parts: Iterable<Part>): void {
    for (const part of parts) this.#wanted.add(part);
    if (this.#failures === 0) this.#pause.end();
  }

  /** Has all read again soon: events may have been lost. */
  changedUnknown(): void {
    this.changed(this.#options.parts);
  }

  /** Follows the system until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#report({
      state: 'stale',
      trouble: 'reading-state',
      detail: `the directory is being read from ${this.#options.source}`,
    });
    while (!signal.aborted) {
      const retryMs = await this.#read(signal);
      await this.#wait(retryMs, signal);
    }
  }

  /** @returns after how many milliseconds to try again; undefined when all is well */
  async #read(signal: AbortSignal): Promise<number | undefined> {
    const parts = this.#wanted;
    this.#wanted = new Set();
    const { directory, source, read } = this.#options;
    try {
      directory.contribute(source, await read(parts));
      this.#failures = 0;
      this.#report({ state: 'up' });
      return undefined;
    } catch (error) {
      // What breaks while the hub stops is no news.
      if (signal.aborted) return undefined;
      for (const part of parts) this.#wanted.add(part);
      return this.#fail(error);
    }
  }

  #fail(error: unknown): number {
    const { source, logger } = this.#options;
    const condition = conditionOf(error);
    this.#report(condition);
    if (this.#failures === 0) {
      logger.warn({ err: error, source }, 'directory not read, it is tried again');
    }
    const failuresBefore = this.#failures;
    this.#failures += 1;
    if (condition.trouble === 'access-denied') return REFUSED_RETRY_MS;
    return retryDelayMs(RETRY_DELAYS, failuresBefore, this.#random());
  }

  async #wait(retryMs: number | undefined, signal: AbortSignal): Promise<void> {
    if (retryMs !== undefined) {
      await this.#pause.for(retryMs, signal);
      return;
    }
    if (this.#wanted.size === 0) {
      await this.#pause.for(AUDIT_MS * (1 + this.#random() / 10), signal);
      if (this.#wanted.size === 0) this.changedUnknown();
    }
    await this.#pause.for(GATHER_MS, signal, 'whole');
  }

  #report(condition: SourceCondition): void {
    this.#options.observer.conditionChanged(this.#options.source, 'directory', condition);
  }
}

/** The text is for operators: it names path, status and remedy. */
function conditionOf(error: unknown): Exclude<SourceCondition, { readonly state: 'up' }> {
  const detail = `the directory could not be read: ${error instanceof Error ? error.message : String(error)}`;
  const state = 'stale';
  if (!(error instanceof RestError)) return { state, trouble: 'failed', detail };
  switch (error.problem) {
    case 'refused':
      return { state, trouble: 'access-denied', detail };
    case 'unreachable':
    case 'starting':
    case 'stopped':
      return { state, trouble: 'connection-lost', detail };
    case 'not-found':
    case 'rejected':
    case 'failed':
    case 'garbage':
      return { state, trouble: 'state-unreadable', detail };
  }
}
