import type {
  EventSink,
  EventSource,
  SourceCondition,
  SourceLogger,
  SourceObserver,
} from '../source.js';
import type { DirectoryHolder } from '../../directory/types.js';
import { consumeForever } from './amqp-consumer.js';
import { bindings } from './events/event-table.js';
import { WazoIngest } from './wazo-ingest.js';

export interface WazoSourceOptions {
  readonly amqpUrl: string;
  readonly exchange: string;
  readonly exchangeType: 'headers' | 'topic';
  readonly queue: string;
  readonly reorderWindowMs: number;
  readonly directory: DirectoryHolder;
  readonly observer: SourceObserver;
  readonly logger: SourceLogger;
  /** Epoch ms; the system's clock by default. */
  readonly now?: () => number;
}

/** Wazo's message bus as a source of events. */
export class WazoSource implements EventSource {
  readonly name = 'wazo';
  readonly #options: WazoSourceOptions;

  constructor(options: WazoSourceOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal, sink: EventSink): Promise<void> {
    const { observer, logger, directory, reorderWindowMs, now = Date.now } = this.#options;
    const ingest = new WazoIngest({
      source: this.name,
      directory,
      sink,
      observer,
      logger,
      reorderWindowMs,
      now,
    });
    const { amqpUrl: url, exchange, exchangeType, queue } = this.#options;
    // What is held must be applied and acknowledged before the connection goes.
    signal.addEventListener('abort', () => ingest.close(), { once: true });
    await consumeForever(
      {
        url,
        topology: { exchange, exchangeType, queue, bindings: bindings() },
        logger,
        onMessage: (body, done) => ingest.accept(body, done),
        onCondition: (condition) => this.#report(condition),
      },
      signal,
    );
  }

  #report(condition: SourceCondition): void {
    const { observer, logger } = this.#options;
    observer.conditionChanged(this.name, 'events', condition);
    if (condition.state === 'up') logger.info({ source: this.name }, 'source up');
    else logger.warn({ source: this.name, reason: condition.detail }, 'source down');
  }
}
