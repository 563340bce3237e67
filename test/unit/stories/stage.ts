import { inspect } from 'node:util';
import { vi } from 'vitest';
import { createEventFlow } from '../../../src/event-flow.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { eventCatalogue, eventNames } from '../../../src/rte/events/event-catalogue.js';
import { createRteHub } from '../../../src/rte/hub.js';
import { startPublisher } from '../../../src/rte/publisher.js';
import type { StateFeed } from '../../../src/rte/state-feed.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import { WazoIngest } from '../../../src/sources/wazo/wazo-ingest.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import { memoryCallbacks } from '../../support/memory-callbacks.js';
import { expectPossible, expectPossibleUser } from '../../support/possible.js';
import { noSnapshots } from '../rte/fixtures/no-snapshots.js';
import { FakeCaller } from '../rte/fixtures/fake-caller.js';
import type { ReceivedMessage } from '../../support/rte-client.js';
import { RecordingMetrics } from '../rte/fixtures/recording-metrics.js';
import { storyDirectory, supervisor } from './cast.js';

/** As the settings have them unless told otherwise, milliseconds. */
const INTERVALS = { userStatusIntervalMs: 200, queueStatusIntervalMs: 1000 };
const REORDER_WINDOW_MS = 50;

/**
 * The hub from the bodies of bus messages to what a supervisor's connection receives, in one
 * process and on vitest's fake timers: everything but the broker and the sockets.
 */
export class Stage {
  readonly #ingest: WazoIngest;
  readonly #feed: StateFeed;
  readonly #directory = new FakeDirectoryHolder(storyDirectory());
  #accepted = 0;
  #acknowledged = 0;

  /** @param onMessage told of every message that the supervisor receives, as it arrives */
  constructor(onMessage: (data: ReceivedMessage['data']) => void) {
    const directory = this.#directory;
    const logger = { debug() {}, info() {}, warn: failTest, error: failTest };
    const bus = new InProcessEventBus(logger);
    const metrics = new RecordingMetrics();
    const registry = new SubscriptionRegistry({ metrics });
    const audit = { refused: (refusal: object) => failTest(refusal, 'access refused') };
    startPublisher({ bus, registry, directory, metrics, audit, logger, now: Date.now });
    const hub = createRteHub({
      directory,
      registry,
      audit,
      ...noSnapshots,
      listExtensions: false,
    });
    const caller = new FakeCaller(supervisor, 'connection of the supervisor', (message) => {
      const [{ data }] = message.arguments;
      requirePossible(data);
      onMessage(data);
    });
    hub.methods['Subscribe']?.bind([this.#everything()])(caller);
    this.#feed = createEventFlow({
      ...INTERVALS,
      directory,
      bus,
      callbacks: memoryCallbacks({ directory, bus, logger, now: Date.now }),
      logger,
      watchTables,
      corrected: () => undefined,
      untold: () => undefined,
      now: Date.now,
    });
    this.#ingest = new WazoIngest({
      source: 'wazo',
      directory,
      sink: this.#feed.sink,
      observer: { eventIn() {}, conditionChanged() {}, watchTables },
      logger,
      reorderWindowMs: REORDER_WINDOW_MS,
      now: Date.now,
    });
  }

  /** Gives the body of a bus message to the hub. */
  deliver(body: Uint8Array): void {
    this.#accepted += 1;
    this.#ingest.accept(body, () => {
      this.#acknowledged += 1;
    });
  }

  /** Lets time pass, with everything that is due in it. */
  async pass(milliseconds: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }

  /**
   * Ends the hub.
   * @throws when a message was not acknowledged
   */
  end(): void {
    this.#ingest.close();
    this.#feed.stop();
    if (this.#acknowledged !== this.#accepted) {
      throw new Error(
        `${String(this.#acknowledged)} of ${String(this.#accepted)} messages were acknowledged`,
      );
    }
  }

  /** Every event of every entity; what the supervisor may not see is refused item by item. */
  #everything(): object[] {
    const { organizations, users, queues, callLists } = this.#directory.current;
    const entities = {
      Organization: organizations,
      User: users,
      Queue: queues,
      CallList: callLists,
    };
    return eventNames.flatMap((EventName) =>
      Array.from(entities[eventCatalogue[EventName].entityType].keys(), (EntityId) => {
        return { EntityId, EventName };
      }),
    );
  }
}

function requirePossible(data: ReceivedMessage['data']): void {
  if (data['eventType'] === 'QueueStatus') expectPossible(data);
  if (data['eventType'] === 'UserStatus') expectPossibleUser(data);
}

/** No figures are read. */
function watchTables(): void {}

function failTest(fields: object, message: string): never {
  throw new Error(`the hub logged: ${message}: ${inspect(fields)}`);
}
