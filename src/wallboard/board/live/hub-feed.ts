import { type ReadonlySignal, signal } from '@preact/signals';
import type { EntitySubscription, RteClient } from '../../../client/index.js';
import { RepeatedReading } from '../../shell/repeated-reading.js';
import type { Rest } from '../../shell/rest.js';
import { AGENT_CALL_EVENTS } from '../model/agent-call.js';
import { callbackEntry } from '../model/callback-book.js';
import type { BoardStore } from './board-store.js';
import { readOpenCallbacks } from './open-callbacks.js';
import { readRoster, type Roster } from './roster.js';

/** What the person may see; undefined while the hub has not said. */
interface Access {
  readonly queues: boolean | undefined;
  readonly agents: boolean | undefined;
  readonly callbacks: boolean | undefined;
}

/** What leads the hub's events into the store. */
interface FeedParts {
  readonly client: Pick<RteClient, 'on' | 'onGap' | 'subscribe' | 'unsubscribe'>;
  readonly rest: Pick<Rest, 'get' | 'getPage'>;
  readonly store: BoardStore;
}

/** Of everything that the person may see; the hub leaves out the rest by itself. */
const EVENTS = [
  'QueueStatus',
  'UserStatus',
  'UserAvailability',
  'CallbackChanged',
  ...AGENT_CALL_EVENTS,
] as const;

const SUBSCRIPTIONS: readonly EntitySubscription[] = EVENTS.map((eventName) => ({
  entityId: '*',
  eventName,
}));

/**
 * Keeps a store as the hub has things: names and open callback requests are read over REST, at the
 * start and whenever events were missed; all else comes as events.
 */
export class HubFeed {
  readonly #parts: FeedParts;
  readonly #roster = signal<Roster | undefined>(undefined);
  readonly #access = signal<Access>({
    queues: undefined,
    agents: undefined,
    callbacks: undefined,
  });
  readonly #reading: RepeatedReading;
  readonly #stops: (() => void)[] = [];

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#reading = new RepeatedReading(() => this.#read());
  }

  /** Who and what the person may see; undefined until it was read. */
  get roster(): ReadonlySignal<Roster | undefined> {
    return this.#roster;
  }

  get access(): ReadonlySignal<Access> {
    return this.#access;
  }

  /** Why the last reading failed; it is tried again. Undefined when it did not. */
  get failure(): ReadonlySignal<Error | undefined> {
    return this.#reading.failure;
  }

  /** Follows the hub until `stop`. Never rejects. */
  async start(): Promise<void> {
    this.#listen();
    const results = await this.#parts.client.subscribe(SUBSCRIPTIONS);
    const may = (name: (typeof EVENTS)[number]): boolean | undefined =>
      results[EVENTS.indexOf(name)]?.subscribed;
    this.#access.value = {
      queues: may('QueueStatus'),
      agents: may('UserStatus'),
      callbacks: may('CallbackChanged'),
    };
    // Only now nothing can change between a reading and the first event unnoticed.
    this.#reading.request();
  }

  stop(): void {
    this.#reading.stop();
    for (const stop of this.#stops) stop();
    void this.#parts.client.unsubscribe(SUBSCRIPTIONS);
  }

  #listen(): void {
    const { client, store } = this.#parts;
    this.#stops.push(
      client.on('QueueStatus', (data) => {
        store.takeQueueStatus(data);
        this.#readWhenNew(data.queueId);
      }),
      client.on('UserStatus', (data) => store.takeUserStatus(data)),
      client.on('UserAvailability', (data) => store.takeUserAvailability(data)),
      client.on('CallbackChanged', (data) => store.takeCallback(callbackEntry(data))),
      ...AGENT_CALL_EVENTS.map((name) => client.on(name, (data) => store.takeCall(data))),
      client.onGap(() => {
        store.missedEvents();
        this.#reading.request();
      }),
    );
  }

  /** A queue that the roster lacks came after it was read. */
  #readWhenNew(queueId: string): void {
    const queues = this.#roster.peek()?.queues;
    if (queues !== undefined && !isIn(queues, queueId)) this.#reading.request();
  }

  async #read(): Promise<void> {
    const { rest, store } = this.#parts;
    const roster = await readRoster(rest);
    const { queues, agents, callLists } = roster;
    const known = this.#roster.peek()?.queues;
    store.keepAgents(new Set(agents.map(({ id }) => id)));
    this.#roster.value = roster;
    // Of a queue that has come since nothing was told, or long ago.
    if (known !== undefined && queues.some(({ id }) => !isIn(known, id))) {
      void this.#parts.client.subscribe(SUBSCRIPTIONS);
    }
    await store.readCallbacks(() =>
      readOpenCallbacks(
        rest,
        callLists.map(({ id }) => id),
      ),
    );
  }
}

function isIn(queues: Roster['queues'], queueId: string): boolean {
  return queues.some(({ id }) => id === queueId);
}
