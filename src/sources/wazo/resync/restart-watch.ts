import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../../../contact-center/index.js';
import { readStartTime } from './ami-answers.js';
import { settle } from './settle.js';
import type { StateServices } from './state-parts.js';
import type { SnapshotParts } from './state-reader.js';

export interface RestartWatchOptions {
  readonly amid: Pick<StateServices['amid'], 'action'>;
  readonly sink: (events: readonly DomainEvent[]) => void;
  /** What to say of a system in which nothing goes on. */
  readonly nothing: () => SnapshotParts;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Tells a restart of Asterisk, in which all calls died, from one of wazo-amid, which looks the same
 * on the bus. Needs no other service, so the dead are gone before the state has been read.
 */
export class RestartWatch {
  readonly #options: RestartWatchOptions;
  #startedAt: string | undefined;

  constructor(options: RestartWatchOptions) {
    this.#options = options;
  }

  /** Remembers which Asterisk it is, unless that is known. */
  async learn(): Promise<void> {
    this.#startedAt ??= await this.#ask();
  }

  /** wazo-amid is connected again. What is told from now on is of the Asterisk that runs. */
  async booted(): Promise<void> {
    const { sink, nothing, now } = this.#options;
    const before = this.#startedAt;
    const snapshotId = randomUUID();
    if (before !== undefined) sink([{ kind: 'snapshot-begun', at: now(), snapshotId }]);
    this.#startedAt = await this.#ask();
    if (before === undefined) return;
    const isAnother = this.#startedAt !== undefined && this.#startedAt !== before;
    const parts = isAnother ? nothing() : {};
    sink([{ kind: 'snapshot', at: now(), snapshotId, occasion: 'gap', ...parts }]);
  }

  /** @returns undefined when wazo-amid does not say; reading the state will tell what is left */
  async #ask(): Promise<string | undefined> {
    const { amid } = this.#options;
    return (await settle(true, async () => readStartTime(await amid.action('CoreStatus')))).value;
  }
}
