import { inspect } from 'node:util';
import { vi } from 'vitest';
import type { Directory } from '../../../src/directory/types.js';
import { ContactCenter } from '../../../src/contact-center/index.js';
import { createEventFlow } from '../../../src/composition/event-flow.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { eventCatalogue, eventNames } from '../../../src/rte/events/event-catalogue.js';
import { createRteHub } from '../../../src/rte/hub.js';
import { startPublisher } from '../../../src/rte/publisher.js';
import type { StateFeed } from '../../../src/rte/state-feed.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import { memoryCallbacks } from '../../support/callback-store/memory-callbacks.js';
import { expectPossible, expectPossibleUser } from '../../support/possible.js';
import type { ReceivedMessage } from '../../support/rte-client.js';
import { FakeCaller } from '../rte/fixtures/fake-caller.js';
import { noExtensions } from '../rte/fixtures/no-extensions.js';
import { RecordingMetrics } from '../rte/fixtures/recording-metrics.js';
import { supervisor } from './cast.js';

/** As the settings have them unless told otherwise, milliseconds. */
const INTERVALS = { userStatusIntervalMs: 200, queueStatusIntervalMs: 1000 };

export interface HubStageOptions {
  readonly directory: Directory;
  /** The source tells what members do: one who is not ready has an active queue without serving. */
  readonly activitiesTold: boolean;
  /** Told of every message that the supervisor receives, as it arrives. */
  readonly onMessage: (data: ReceivedMessage['data']) => void;
}

/**
 * The hub from domain events to what a supervisor's connection receives, in one process and on
 * vitest's fake timers: everything but the sources and the sockets.
 */
export class HubStage {
  readonly directory: FakeDirectoryHolder;
  readonly feed: StateFeed;
  /** A log in which every problem fails the test. */
  readonly logger = { debug() {}, info() {}, warn: failTest, error: failTest };

  constructor({ directory: given, activitiesTold, onMessage }: HubStageOptions) {
    const directory = new FakeDirectoryHolder(given);
    const { logger } = this;
    const bus = new InProcessEventBus(logger);
    const metrics = new RecordingMetrics();
    const registry = new SubscriptionRegistry({ metrics });
    const audit = { refused: failOnRefusal, itemRefused: failOnRefusal };
    startPublisher({ bus, registry, directory, metrics, audit, logger, now: Date.now });
    const hub = createRteHub({
      directory,
      registry,
      audit,
      ...noExtensions,
      listExtensions: false,
    });
    const caller = new FakeCaller(supervisor, 'connection of the supervisor', (message) => {
      const [{ data }] = message.arguments;
      requirePossible(data, activitiesTold);
      onMessage(data);
    });
    hub.methods['Subscribe']?.bind([everything(given)])(caller);
    this.directory = directory;
    this.feed = createEventFlow({
      contactCenter: new ContactCenter(),
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
  }

  /** Lets time pass, with everything that is due in it. */
  async pass(milliseconds: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }
}

/** Every event of every entity; what the supervisor may not see is refused item by item. */
function everything({ organizations, users, queues, callLists }: Directory): object[] {
  const entities = { Organization: organizations, User: users, Queue: queues, CallList: callLists };
  return eventNames.flatMap((EventName) =>
    Array.from(entities[eventCatalogue[EventName].entityType].keys(), (EntityId) => {
      return { EntityId, EventName };
    }),
  );
}

function requirePossible(data: ReceivedMessage['data'], activitiesTold: boolean): void {
  if (data['eventType'] === 'QueueStatus') expectPossible(data);
  if (data['eventType'] === 'UserStatus') expectPossibleUser(data, { activitiesTold });
}

/** No figures are read. */
export function watchTables(): void {}

function failTest(fields: object, message: string): never {
  throw new Error(`the hub logged: ${message}: ${inspect(fields)}`);
}

function failOnRefusal(refusal: object): never {
  return failTest(refusal, 'access refused');
}
