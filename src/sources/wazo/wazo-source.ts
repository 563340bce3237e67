import type {
  EventSink,
  EventSource,
  SourceCondition,
  SourceLogger,
  SourceObserver,
} from '../source.js';
import type { DirectoryContributor, DirectoryHolder } from '../../directory/types.js';
import { consumeForever } from './amqp-consumer.js';
import { DirectorySync } from './configuration/directory-sync.js';
import { bindings } from './events/event-table.js';
import type { WazoRest } from './rest/wazo-rest.js';
import { WazoIngest } from './wazo-ingest.js';

export interface WazoSourceOptions {
  readonly amqpUrl: string;
  readonly exchange: string;
  readonly exchangeType: 'headers' | 'topic';
  readonly queue: string;
  readonly reorderWindowMs: number;
  readonly directory: DirectoryHolder & DirectoryContributor;
  /** Absent when the settings name only the bus: then the directory file is all there is. */
  readonly rest?: WazoRest;
  readonly observer: SourceObserver;
  /** Told of sessions at wazo-auth that have ended, by their id. */
  readonly onSessionEnded?: (id: string) => void;
  readonly logger: SourceLogger;
  /** Epoch ms; the system's clock by default. */
  readonly now?: () => number;
}

/** Wazo's message bus as a source of events. */
export class WazoSource implements EventSource {
  readonly name = 'wazo';
  readonly #options: WazoSourceOptions;
  readonly #directorySync: DirectorySync | undefined;
  #eventsWereUp = false;

  constructor(options: WazoSourceOptions) {
    this.#options = options;
    if (options.rest !== undefined) {
      this.#directorySync = new DirectorySync({
        ...options,
        source: this.name,
        services: options.rest,
      });
    }
  }

  async run(signal: AbortSignal, sink: EventSink): Promise<void> {
    const { now = Date.now, ...options } = this.#options;
    const { logger } = options;
    const ingest = new WazoIngest({
      ...options,
      source: this.name,
      sink,
      now,
      onDirectoryChange: (change) => this.#directorySync?.changed(change),
    });
    const { amqpUrl: url, exchange, exchangeType, queue } = this.#options;
    // What is held must be applied and acknowledged before the connection goes.
    signal.addEventListener('abort', () => ingest.close(), { once: true });
    const consumed = consumeForever(
      {
        url,
        topology: { exchange, exchangeType, queue, bindings: bindings() },
        logger,
        onMessage: (body, done) => ingest.accept(body, done),
        onCondition: (condition) => this.#report(condition),
      },
      signal,
    );
    await Promise.all([consumed, this.#directorySync?.run(signal)]);
  }

  #report(condition: SourceCondition): void {
    const { observer, logger } = this.#options;
    observer.conditionChanged(this.name, 'events', condition);
    if (condition.state === 'up') {
      logger.info({ source: this.name }, 'source up');
      // wazo-confd's events are lost while the broker is away.
      if (this.#eventsWereUp) this.#directorySync?.changedUnknown();
      this.#eventsWereUp = true;
    } else logger.warn({ source: this.name, reason: condition.detail }, 'source down');
  }
}
