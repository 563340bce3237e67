import type { EventSink, EventSource, SourceObserver } from './source.js';

/** Where a source that ends by a fault is reported. */
export interface RunnerLogger {
  error(fields: object, message: string): void;
}

/** Runs the sources side by side: one that fails is reported down and leaves the others running. */
export class SourceRunner {
  readonly #sources: readonly EventSource[];
  readonly #sink: EventSink;
  readonly #observer: Pick<SourceObserver, 'conditionChanged'>;
  readonly #logger: RunnerLogger;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(parts: {
    readonly sources: readonly EventSource[];
    readonly sink: EventSink;
    readonly observer: Pick<SourceObserver, 'conditionChanged'>;
    readonly logger: RunnerLogger;
  }) {
    this.#sources = parts.sources;
    this.#sink = parts.sink;
    this.#observer = parts.observer;
    this.#logger = parts.logger;
  }

  start(): void {
    this.#running = Promise.all(this.#sources.map((source) => this.#run(source)));
  }

  /** Resolves when every source has handed on what it had and let go of its system. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(source: EventSource): Promise<void> {
    try {
      await source.run(this.#stopping.signal, this.#sink);
    } catch (error) {
      this.#logger.error({ err: error, source: source.name }, 'source failed');
      const detail = 'ended by a fault; the log has it; restart the hub';
      const condition = { state: 'down', trouble: 'failed', detail } as const;
      this.#observer.conditionChanged(source.name, 'run', condition);
    }
  }
}
