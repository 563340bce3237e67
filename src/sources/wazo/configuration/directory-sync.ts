import type { DirectoryContributor } from '../../../directory/types.js';
import type { SourceCondition, SourceLogger, SourceObserver } from '../../source.js';
import type { DirectoryChange, DirectoryPart } from '../notices.js';
import { WazoRestError } from '../rest/rest-error.js';
import {
  CONFIGURATION_LISTS,
  ConfigurationReader,
  type ConfigurationList,
  type ConfigurationServices,
} from './configuration.js';
import { foundDirectory } from './found-directory.js';
import { Pause } from './pause.js';

/** Changes come in flocks: a user with a line and an agent is a handful of events. */
const GATHER_MS = 100;

/** All is read again this often, for events that were lost; up to a tenth more at random. */
const AUDIT_MS = 5 * 60_000;

/** Pauses after failures, each twice as long as the one before. */
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;

/** A user that may not will hardly be allowed a second later. */
const REFUSED_RETRY_MS = 60_000;

/** What has to be read again after a change. */
const LISTS_OF: Readonly<Record<DirectoryPart, readonly ConfigurationList[]>> = {
  tenants: ['tenants'],
  users: ['users', 'agents'],
  lines: ['users'],
  agents: ['agents', 'users'],
  queues: ['queues', 'agents'],
  'queue-members': ['queues', 'agents'],
  schedules: ['schedules', 'queues'],
};

export interface DirectorySyncOptions {
  /** Name of the source. */
  readonly source: string;
  readonly services: ConfigurationServices;
  readonly directory: DirectoryContributor;
  readonly observer: Pick<SourceObserver, 'conditionChanged'>;
  readonly logger: SourceLogger;
  /** From 0 up to 1; Math.random unless told. */
  readonly random?: () => number;
}

/**
 * Keeps the directory as Wazo has it: reads all at the start and every five minutes, and what the
 * bus says has changed at once. One read at a time; what changes meanwhile is read after it.
 */
export class DirectorySync {
  readonly #options: DirectorySyncOptions;
  readonly #reader: ConfigurationReader;
  readonly #random: () => number;
  readonly #pause = new Pause();
  /** Lists to be read; at most as many as there are. */
  #wanted = new Set<ConfigurationList>(CONFIGURATION_LISTS);
  #failures = 0;

  constructor(options: DirectorySyncOptions) {
    this.#options = options;
    this.#reader = new ConfigurationReader(options.services);
    this.#random = options.random ?? Math.random;
  }

  /** Has what a bus event tells of read again soon. */
  changed({ part }: DirectoryChange): void {
    this.#want(LISTS_OF[part]);
  }

  /** Has all read again soon: events may have been lost. */
  changedUnknown(): void {
    this.#want(CONFIGURATION_LISTS);
  }

  /** Follows Wazo until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#report({
      state: 'stale',
      trouble: 'reading-state',
      detail: 'the directory is being read from Wazo',
    });
    while (!signal.aborted) {
      const retryMs = await this.#read(signal);
      await this.#wait(retryMs, signal);
    }
  }

  #want(lists: readonly ConfigurationList[]): void {
    for (const list of lists) this.#wanted.add(list);
    if (this.#failures === 0) this.#pause.end();
  }

  /** @returns after how many milliseconds to try again; undefined when all is well */
  async #read(signal: AbortSignal): Promise<number | undefined> {
    const lists = this.#wanted;
    this.#wanted = new Set();
    try {
      const configuration = await this.#reader.read(lists);
      const { directory, source } = this.#options;
      directory.contribute(source, foundDirectory(configuration));
      this.#failures = 0;
      this.#report({ state: 'up' });
      return undefined;
    } catch (error) {
      // What breaks while the hub stops is no news.
      if (signal.aborted) return undefined;
      for (const list of lists) this.#wanted.add(list);
      return this.#fail(error);
    }
  }

  #fail(error: unknown): number {
    const { source, logger } = this.#options;
    const condition = conditionOf(error);
    this.#report(condition);
    if (this.#failures === 0) {
      logger.warn({ err: error, source }, 'directory not read from Wazo, it is tried again');
    }
    this.#failures += 1;
    if (condition.trouble === 'access-denied') return REFUSED_RETRY_MS;
    const growing = FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 10);
    return Math.min(growing, MAX_RETRY_MS) * (1 + this.#random() / 2);
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

/** The text is for operators: it names service, path, status and remedy. */
function conditionOf(error: unknown): Exclude<SourceCondition, { readonly state: 'up' }> {
  const detail = `the directory could not be read: ${error instanceof Error ? error.message : String(error)}`;
  const state = 'stale';
  if (!(error instanceof WazoRestError)) return { state, trouble: 'failed', detail };
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
