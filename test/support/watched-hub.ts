import { type HubOnBus, startHubOnBus } from './broker-test.js';
import { RteClient } from './rte-client.js';
import type { BusEvent } from './wazo-bus.js';

/** A hub that reads from a broker, and a client that watches it. */
export interface WatchedHub extends HubOnBus {
  readonly client: RteClient;
  /** Publishes bursts one after the other, each as soon as the broker has the one before. */
  play(...bursts: readonly (readonly BusEvent[])[]): Promise<void>;
}

/** Starts a hub on the tests' broker; resolves when it reads and a client is subscribed. */
export async function startWatchedHub(options: {
  /** Who watches; the supervisor unless told. */
  readonly userName?: string;
  /** Pairs of entity id and event name. */
  readonly subscriptions: readonly (readonly [string, string])[];
  /** Settings beside the usual ones. */
  readonly changes?: Readonly<Record<string, string>>;
  /** The hub's clock, epoch ms. */
  readonly now?: () => number;
}): Promise<WatchedHub> {
  const { userName = 'supervisor', subscriptions, changes = {}, now } = options;
  const running = await startHubOnBus({ changes, now });
  const client = await RteClient.connect(running.hub, userName);
  await client.subscribe(...subscriptions);
  return {
    ...running,
    client,
    async play(...bursts) {
      for (const burst of bursts) await running.bus.publish(...burst);
    },
    async stop() {
      await client.stop();
      await running.stop();
    },
  };
}
