import { WazoIngest } from '../../../src/sources/wazo/wazo-ingest.js';
import type { ReceivedMessage } from '../../support/rte-client.js';
import { storyDirectory } from './cast.js';
import { HubStage, watchTables } from './hub-stage.js';

const REORDER_WINDOW_MS = 50;

/** The hub from the bodies of Wazo's bus messages on: everything but the broker and the sockets. */
export class Stage {
  readonly #hub: HubStage;
  readonly #ingest: WazoIngest;
  #accepted = 0;
  #acknowledged = 0;

  /** @param onMessage told of every message that the supervisor receives, as it arrives */
  constructor(onMessage: (data: ReceivedMessage['data']) => void) {
    this.#hub = new HubStage({ directory: storyDirectory(), activitiesTold: false, onMessage });
    const { directory, feed, logger } = this.#hub;
    this.#ingest = new WazoIngest({
      source: 'wazo',
      directory,
      sink: feed.sink,
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
    await this.#hub.pass(milliseconds);
  }

  /**
   * Ends the hub.
   * @throws when a message was not acknowledged
   */
  end(): void {
    this.#ingest.close();
    this.#hub.feed.stop();
    if (this.#acknowledged !== this.#accepted) {
      throw new Error(
        `${String(this.#acknowledged)} of ${String(this.#accepted)} messages were acknowledged`,
      );
    }
  }
}
