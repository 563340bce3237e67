import { ConfigurationSync, type ConfigurationSyncOptions } from '../../configuration-sync.js';
import type { DirectoryChange, DirectoryPart } from '../notices.js';
import {
  CONFIGURATION_LISTS,
  ConfigurationReader,
  type ConfigurationList,
  type ConfigurationServices,
} from './configuration.js';
import { foundDirectory } from './found-directory.js';

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

export interface DirectorySyncOptions extends Omit<
  ConfigurationSyncOptions<ConfigurationList>,
  'parts' | 'read'
> {
  readonly services: ConfigurationServices;
}

/** Keeps the directory as Wazo has it. */
export class DirectorySync {
  readonly #sync: ConfigurationSync<ConfigurationList>;

  constructor(options: DirectorySyncOptions) {
    const reader = new ConfigurationReader(options.services);
    this.#sync = new ConfigurationSync({
      ...options,
      parts: CONFIGURATION_LISTS,
      read: async (lists) => foundDirectory(await reader.read(lists)),
    });
  }

  /** Has what a bus event tells of read again soon. */
  changed({ part }: DirectoryChange): void {
    this.#sync.changed(LISTS_OF[part]);
  }

  /** Has all read again soon: events may have been lost. */
  changedUnknown(): void {
    this.#sync.changedUnknown();
  }

  /** Follows Wazo until `signal` aborts. */
  run(signal: AbortSignal): Promise<void> {
    return this.#sync.run(signal);
  }
}
