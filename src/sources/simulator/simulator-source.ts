import { setTimeout as sleep } from 'node:timers/promises';
import type { DirectoryHolder } from '../../directory/types.js';
import type { EventSink, EventSource, SourceLogger, SourceObserver } from '../source.js';
import type { BusClock } from '../wazo/bus-clock.js';
import { isAmiEventName } from '../wazo/events/event-table.js';
import { WazoIngest } from '../wazo/wazo-ingest.js';
import { SimulatedCenter } from './simulated-center.js';
import type { BusMessage } from './wazo-messages.js';

/** The simulator's messages of one moment come at once; longer would only delay them. */
const REORDER_WINDOW_MS = 20;

/** The Wazo that the simulator pretends to be. */
const ORIGIN_UUID = 'de300000-0000-4000-8000-0000000000ff';

export interface SimulatorSourceOptions {
  readonly directory: DirectoryHolder;
  /** How many seconds of the simulated center pass in one of ours. */
  readonly speed: number;
  /** The same seed plays the same day. */
  readonly seed: number;
  readonly observer: SourceObserver;
  readonly logger: SourceLogger;
  readonly now?: () => number;
}

/**
 * A contact center to look at without a telephony system. Its events are Wazo bus messages and go
 * through the same ingest as those of a real Wazo, in the reversed order that wazo-amid gives them.
 */
export class SimulatorSource implements EventSource {
  readonly name = 'simulator';
  readonly #options: SimulatorSourceOptions;

  constructor(options: SimulatorSourceOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal, sink: EventSink): Promise<void> {
    const { directory, speed, seed, observer, now = Date.now } = this.#options;
    const startedAt = now();
    const dueAt = (at: number) => startedAt + (at - startedAt) / speed;
    const ingest = new WazoIngest({
      ...this.#options,
      source: this.name,
      sink,
      reorderWindowMs: REORDER_WINDOW_MS,
      clock: simulatedClock(dueAt),
      now,
    });
    const center = new SimulatedCenter(directory.current, seed, startedAt, (messages, at) => {
      for (const body of encode(messages, at)) ingest.accept(body, () => undefined);
    });
    observer.conditionChanged(this.name, 'events', { state: 'up' });
    while (!signal.aborted) {
      const { nextAt } = center;
      if (nextAt === undefined) break;
      await this.#waitUntil(dueAt(nextAt), signal);
      if (!signal.aborted) center.step();
    }
    ingest.close();
  }

  async #waitUntil(time: number, signal: AbortSignal): Promise<void> {
    const { now = Date.now } = this.#options;
    try {
      await sleep(Math.max(0, time - now()), undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

/**
 * The simulated messages never wait, but they may come late when the hub is busy.
 * @param dueAt when a moment of the simulated center is, epoch ms
 */
function simulatedClock(dueAt: (at: number) => number): Pick<BusClock, 'sentAt' | 'delayOf'> {
  return {
    sentAt: (_, receivedAt) => receivedAt,
    delayOf: ({ timestampMs }, receivedAt) =>
      timestampMs === undefined ? undefined : Math.max(0, receivedAt - dueAt(timestampMs)),
  };
}

/** The bodies as they leave Wazo: stamped with local time, one microsecond apart. */
function encode(messages: readonly BusMessage[], at: number): Buffer[] {
  return asAmidSends(messages).map(({ name, data }, index) => {
    const timestamp = `${new Date(at).toISOString().slice(0, -1)}${String(index).padStart(3, '0')}`;
    return Buffer.from(JSON.stringify({ name, origin_uuid: ORIGIN_UUID, timestamp, data }));
  });
}

function asAmidSends(messages: readonly BusMessage[]): readonly BusMessage[] {
  const ami = messages.filter(({ name }) => isAmiEventName(name));
  return [...ami.toReversed(), ...messages.filter(({ name }) => !isAmiEventName(name))];
}
