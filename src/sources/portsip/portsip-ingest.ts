import type { DomainEvent, SnapshotOccasion } from '../../contact-center/index.js';
import type { DirectoryHolder } from '../../directory/types.js';
import type { EventOutcome, EventSink, SourceLogger, SourceObserver } from '../source.js';
import type { MessageFrame } from './client/wsi-connection.js';
import { PortsipIndex } from './portsip-index.js';
import { TABLE_BOUNDS } from './mapping/limits.js';
import { passTime, reconcileSessions } from './mapping/pending-calls.js';
import { createTables, type MappingTables, type TableBounds } from './mapping/tables.js';
import type { MappingRules, TranslationContext } from './mapping/translation.js';
import type { PortsipIds } from './portsip-ids.js';
import { translate } from './translate.js';

/** Kinds of messages with a problem that are logged, once each. */
const MAX_LOGGED_KINDS = 100;

export interface PortsipIngestOptions {
  /** Whose events these are, in metrics and logs. */
  readonly source: string;
  readonly ids: PortsipIds;
  readonly directory: DirectoryHolder;
  readonly rules: MappingRules;
  /** Of the tables of the mapping; those of its limits by default. */
  readonly bounds?: TableBounds;
  readonly sink: EventSink;
  readonly observer: SourceObserver;
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

type EventFrame = Extract<MessageFrame, { readonly kind: 'event' }>;

/** From a message of the PBX to domain events; every message is counted by its outcome. */
export class PortsipIngest {
  readonly #options: PortsipIngestOptions;
  readonly #loggedKinds = new Set<string>();
  readonly #stopWatching: () => void;
  readonly #tables: MappingTables;
  #index: PortsipIndex;

  /** @param onDirectory called after each change of the directory */
  constructor(options: PortsipIngestOptions, onDirectory: () => void) {
    this.#options = options;
    this.#tables = createTables(options.bounds ?? TABLE_BOUNDS);
    options.observer.watchTables(options.source, () => this.sizes());
    this.#index = new PortsipIndex(options.directory.current);
    this.#stopWatching = options.directory.onChange((directory) => {
      this.#index = new PortsipIndex(directory);
      onDirectory();
    });
  }

  /** Entries per table, for metrics. */
  sizes() {
    const { agents, calls, wishes, learned, breaches } = this.#tables;
    return {
      agentStates: agents.size,
      calls: calls.size,
      callbackWishes: wishes.size,
      learnedNumbers: learned.size,
      serviceLevelBreaches: breaches.size,
      loggedKinds: this.#loggedKinds.size,
    };
  }

  /** Users and queues as the directory has them now. */
  get index(): PortsipIndex {
    return this.#index;
  }

  /**
   * Takes one message; never throws.
   * @param occasion why the PBX tells the state of everything; absent when it tells changes
   */
  accept(frame: MessageFrame, occasion?: SnapshotOccasion): void {
    switch (frame.kind) {
      case 'event':
        this.#apply(frame, occasion);
        return;
      case 'malformed':
        this.#count(frame.name, 'malformed');
        this.#logOnce(frame.name, frame.problem, 'malformed PortSIP message ignored');
        return;
      case 'unknown':
        this.#count(frame.name, 'unknown-name');
        return;
      case 'irrelevant':
        this.#count(frame.name, 'irrelevant');
    }
  }

  /** Tells what the passing of time alone tells; to be called once a second or so. */
  tick(): void {
    this.#tell(passTime(this.#context()));
  }

  /**
   * Takes the PBX's own list of a tenant's sessions. A call that is twice in a row not in it is over,
   * though its record was missed.
   * @param askedAt when the list was asked for, epoch ms
   */
  takeSessions(tenantId: string, sessionIds: ReadonlySet<string>, askedAt: number): void {
    this.#tell(reconcileSessions(tenantId, sessionIds, askedAt, this.#context()));
  }

  /** Stops watching the directory. */
  close(): void {
    this.#stopWatching();
  }

  #apply({ name, message, doubts }: EventFrame, occasion?: SnapshotOccasion): void {
    if (doubts.length > 0) {
      this.#logOnce(name, doubts.join('; '), 'PortSIP message not wholly understood');
    }
    try {
      const { outcome, events } = translate(message, this.#context(occasion));
      this.#tell(events);
      this.#count(name, doubts.length > 0 && outcome === 'applied' ? 'doubtful' : outcome);
    } catch (error) {
      // A fault of ours costs the message that showed it, not the source.
      this.#count(name, 'failed');
      const { source, logger } = this.#options;
      logger.error({ err: error, source, event: name }, 'PortSIP message not applied');
    }
  }

  #tell(events: readonly DomainEvent[]): void {
    if (events.length > 0) this.#options.sink(events);
  }

  #context(occasion?: SnapshotOccasion): TranslationContext {
    const index = this.#index;
    const { learned } = this.#tables;
    return {
      ...this.#tables,
      index,
      ids: this.#options.ids,
      rules: this.#options.rules,
      receivedAt: this.#options.now(),
      occasion,
      findQueue: ({ tenantId, queueId, queueNumber }) => {
        const number = queueNumber ?? learned.queueNumber(tenantId, queueId ?? '');
        return index.queueOf(tenantId, { queueId, queueNumber: number });
      },
    };
  }

  #logOnce(name: string, problem: string, message: string): void {
    const kind = `${name}: ${message}`;
    if (this.#loggedKinds.has(kind) || this.#loggedKinds.size >= MAX_LOGGED_KINDS) return;
    this.#loggedKinds.add(kind);
    const fields = { source: this.#options.source, event: name, problem };
    this.#options.logger.warn(fields, `${message}; later ones of this kind are only counted`);
  }

  #count(name: string, outcome: EventOutcome): void {
    this.#options.observer.eventIn(this.#options.source, name, outcome);
  }
}
