import { BusClock } from '../../../src/sources/wazo/bus-clock.js';
import { Resync, type ResyncOptions } from '../../../src/sources/wazo/resync/resync.js';
import { WazoIngest } from '../../../src/sources/wazo/wazo-ingest.js';
import type { DirectWazo } from '../../support/fake-wazo/direct-wazo.js';
import type { ReceivedMessage } from '../../support/rte-client.js';
import { storyDirectory } from './cast.js';
import { HubStage, watchTables } from './hub-stage.js';

const REORDER_WINDOW_MS = 50;
const AUDIT_MS = 300_000;

/** The hub from the bodies of Wazo's bus messages on: everything but the broker and the sockets. */
export class Stage {
  readonly #hub: HubStage;
  readonly #ingest: WazoIngest;
  readonly #resync: Resync | undefined;
  readonly #stopping = new AbortController();
  #isDead = false;
  #accepted = 0;
  #acknowledged = 0;

  /**
   * @param onMessage told of every message that the supervisor receives, as it arrives
   * @param wazo whose REST services the hub asks; without it the bus is all there is
   */
  constructor(onMessage: (data: ReceivedMessage['data']) => void, wazo?: DirectWazo) {
    this.#hub = new HubStage({ directory: storyDirectory(), activitiesTold: false, onMessage });
    const { directory, feed, logger } = this.#hub;
    const shared = {
      source: 'wazo',
      directory,
      observer: { eventIn() {}, conditionChanged() {}, watchTables },
      logger,
      // The stories' stamps are in UTC, wherever the test runs.
      clock: new BusClock(() => 0),
      now: Date.now,
    };
    this.#ingest = new WazoIngest({
      ...shared,
      sink: (events) => {
        if (!this.#isDead) feed.sink(events);
      },
      onResyncTrigger: (trigger) => this.#resync?.noticed(trigger),
      reorderWindowMs: REORDER_WINDOW_MS,
    });
    if (wazo !== undefined) {
      this.#resync = this.#followWazo({ ...shared, services: wazo.services });
    }
  }

  /** Messages flow from the bus, for the first time or again; those that waited have been given. */
  connected(): void {
    this.#resync?.connected();
  }

  disconnected(): void {
    this.#resync?.disconnected();
  }

  /** Gives the body of a bus message to the hub; `done` when it is acknowledged. */
  deliver(body: Uint8Array, done: () => void): void {
    this.#accepted += 1;
    this.#resync?.progressed();
    this.#ingest.accept(body, () => {
      if (this.#isDead) return;
      this.#acknowledged += 1;
      done();
    });
  }

  /** kill -9: what it holds is neither applied nor acknowledged. */
  kill(): void {
    this.#isDead = true;
    this.#stop();
  }

  /** Lets time pass, with everything that is due in it. */
  async pass(milliseconds: number): Promise<void> {
    await this.#hub.pass(milliseconds);
  }

  /**
   * Ends the hub.
   * @throws when a message was not acknowledged
   */
  end(): void {
    this.#stop();
    if (this.#acknowledged !== this.#accepted) {
      throw new Error(
        `${String(this.#acknowledged)} of ${String(this.#accepted)} messages were acknowledged`,
      );
    }
  }

  #stop(): void {
    this.#ingest.close();
    this.#hub.feed.stop();
    this.#stopping.abort();
  }

  #followWazo(options: Omit<ResyncOptions, 'sink' | 'auditMs'>): Resync {
    const { sink } = this.#hub.feed;
    const resync = new Resync({ ...options, sink, auditMs: AUDIT_MS, random: () => 0 });
    resync.run(this.#stopping.signal).catch((error: unknown) => {
      options.logger.error({ error }, 'resync ended');
    });
    return resync;
  }
}
