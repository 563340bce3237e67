import type { DirectoryHolder } from '../../directory/types.js';
import type { EventOutcome, EventSink, SourceLogger, SourceObserver } from '../source.js';
import type { MessageFrame } from './client/wsi-connection.js';
import { PortsipIndex } from './portsip-index.js';
import { translatePresence, translateStatus, type Translation } from './translate-presence.js';
import type { PortsipMessage } from './wsi/message-catalogue.js';

/** Kinds of messages with a problem that are logged, once each. */
const MAX_LOGGED_KINDS = 100;

export interface PortsipIngestOptions {
  /** Whose events these are, in metrics and logs. */
  readonly source: string;
  readonly directory: DirectoryHolder;
  readonly sink: EventSink;
  readonly observer: SourceObserver;
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * From a message of the PBX to domain events. Presence and registration are mapped; of all other
 * messages nothing is made yet, and they are counted as `unmapped`.
 */
export class PortsipIngest {
  readonly #options: PortsipIngestOptions;
  readonly #loggedKinds = new Set<string>();
  readonly #stopWatching: () => void;
  #index: PortsipIndex;

  /** @param onDirectory called after each change of the directory */
  constructor(options: PortsipIngestOptions, onDirectory: () => void) {
    this.#options = options;
    this.#index = new PortsipIndex(options.directory.current);
    this.#stopWatching = options.directory.onChange((directory) => {
      this.#index = new PortsipIndex(directory);
      onDirectory();
    });
  }

  /** Users and queues as the directory has them now. */
  get index(): PortsipIndex {
    return this.#index;
  }

  /** Takes one message; never throws. */
  accept(frame: MessageFrame): void {
    switch (frame.kind) {
      case 'event':
        this.#apply(frame.name, frame.message, frame.doubts);
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

  /** Stops watching the directory. */
  close(): void {
    this.#stopWatching();
  }

  #apply(name: string, message: PortsipMessage, doubts: readonly string[]): void {
    if (doubts.length > 0) {
      this.#logOnce(name, doubts.join('; '), 'PortSIP message not wholly understood');
    }
    try {
      const { outcome, events } = this.#translate(message);
      if (events.length > 0) this.#options.sink(events);
      this.#count(name, doubts.length > 0 && outcome === 'applied' ? 'doubtful' : outcome);
    } catch (error) {
      // A fault of ours costs the message that showed it, not the source.
      this.#count(name, 'failed');
      const { source, logger } = this.#options;
      logger.error({ err: error, source, event: name }, 'PortSIP message not applied');
    }
  }

  #translate(message: PortsipMessage): Translation {
    const receivedAt = this.#options.now();
    switch (message.kind) {
      case 'extension_status':
        return translateStatus(message, this.#index, receivedAt);
      case 'extension_presence':
        return translatePresence(message, this.#index, receivedAt);
      case 'extension_call':
      case 'extension_agent_status':
      case 'extension_created':
      case 'extension_updated':
      case 'extension_destroyed':
      case 'queue_created':
      case 'queue_updated':
      case 'queue_destroyed':
      case 'queue_status':
      case 'queue_caller_status':
      case 'queue_agent_status':
      case 'queue_sla_breached':
      case 'call_start':
      case 'call_update_info':
      case 'cdr_target':
      case 'call_cdr':
        return { outcome: 'unmapped', events: [] };
    }
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
