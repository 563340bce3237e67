import type { DirectoryContributor, DirectoryHolder } from '../../directory/types.js';
import { ConditionLog } from '../condition-log.js';
import type {
  EventSink,
  EventSource,
  SourceCondition,
  SourceLogger,
  SourceObserver,
} from '../source.js';
import { consumeForever } from './amqp-consumer.js';
import { BusClock } from './bus-clock.js';
import { bindings } from './events/event-table.js';
import type { WazoRest } from './rest/wazo-rest.js';
import { WazoFollower } from './wazo-follower.js';
import { WazoIngest } from './wazo-ingest.js';

export interface WazoSourceOptions {
  readonly amqpUrl: string;
  readonly exchange: string;
  readonly exchangeType: 'headers' | 'topic';
  readonly queue: string;
  readonly reorderWindowMs: number;
  /** How often the state is compared with Wazo's, seconds. */
  readonly auditSeconds: number;
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

/** Wazo's message bus as a source of events, and its REST services for what the bus cannot tell. */
export class WazoSource implements EventSource {
  readonly name = 'wazo';
  readonly #options: WazoSourceOptions;
  readonly #log: ConditionLog;

  constructor(options: WazoSourceOptions) {
    this.#options = options;
    this.#log = new ConditionLog(options.logger, this.name);
  }

  async run(signal: AbortSignal, sink: EventSink): Promise<void> {
    const { now = Date.now, rest, ...options } = this.#options;
    const { observer, logger } = options;
    const shared = { ...options, source: this.name, now, clock: new BusClock() };
    const follower = rest === undefined ? undefined : new WazoFollower({ ...shared, rest, sink });
    const ingest = new WazoIngest({
      ...shared,
      sink: (events) => {
        sink(events);
        follower?.applied(events);
      },
      onDirectoryChange: (change) => follower?.directoryChanged(change),
      onResyncTrigger: (trigger) => follower?.resync.noticed(trigger),
    });
    observer.watchTables(this.name, () => ({ ...ingest.sizes(), ...follower?.sizes() }));
    const { amqpUrl: url, exchange, exchangeType, queue } = this.#options;
    // What is held must be applied and acknowledged before the connection goes.
    signal.addEventListener('abort', () => ingest.close(), { once: true });
    const consumed = consumeForever(
      {
        url,
        topology: { exchange, exchangeType, queue, bindings: bindings() },
        logger,
        onMessage: (body, done) => {
          follower?.resync.progressed();
          ingest.accept(body, done);
        },
        onCondition: (condition) => this.#report(condition, follower),
      },
      signal,
    );
    await Promise.all([consumed, follower?.run(signal)]);
  }

  /** The state is in doubt before the events are up, so that nobody sees both well in between. */
  #report(condition: SourceCondition, follower: WazoFollower | undefined): void {
    if (condition.state === 'up') follower?.connected();
    else follower?.resync.disconnected();
    this.#options.observer.conditionChanged(this.name, 'events', condition);
    this.#log.note(condition);
  }
}
