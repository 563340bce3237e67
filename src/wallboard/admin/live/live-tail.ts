import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { RteClient } from '../../../client/index.js';
import { passes, Tail, type TailEvent, type TailFilter } from '../model/tail.js';

/** What the tail shows now. */
export interface TailView {
  readonly events: readonly TailEvent[];
  readonly perSecond: number;
  readonly isPaused: boolean;
}

const EVERYTHING = [{ entityId: '*', eventName: '*' }];

/** Often enough to look live, rarely enough to read. */
const SHOW_EVERY_MS = 250;

/** Events that may wait to be shown while one reads; those before them are not shown. */
const MAX_WAITING = 500;

/** Shows all events of the organization as they come. Nothing of it is kept anywhere but on the page. */
export class LiveTail {
  readonly #view = signal<TailView>({ events: [], perSecond: 0, isPaused: false });
  readonly #tail = new Tail();
  readonly #client: Pick<RteClient, 'onAny' | 'subscribe' | 'unsubscribe'>;
  readonly #nameOf: (id: string) => string;
  readonly #now: () => number;
  #filter: TailFilter = { entity: '', event: '' };
  #waiting: Omit<TailEvent, 'key'>[] = [];
  #isPaused = false;

  /** @param now epoch ms by the hub's clock */
  constructor(
    client: Pick<RteClient, 'onAny' | 'subscribe' | 'unsubscribe'>,
    nameOf: (id: string) => string,
    now: () => number,
  ) {
    this.#client = client;
    this.#nameOf = nameOf;
    this.#now = now;
  }

  get view(): ReadonlySignal<TailView> {
    return this.#view;
  }

  /** Subscribes to everything. @returns what ends that */
  start(): () => void {
    const stopListening = this.#client.onAny((data) => this.#take(data));
    void this.#client.subscribe(EVERYTHING);
    const timer = setInterval(() => this.#show(), SHOW_EVERY_MS);
    return () => {
      clearInterval(timer);
      stopListening();
      void this.#client.unsubscribe(EVERYTHING);
    };
  }

  filterBy(filter: TailFilter): void {
    this.#filter = filter;
  }

  /** While it is paused nothing comes and nothing is kept. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#waiting = [];
    this.#show();
  }

  clear(): void {
    this.#waiting = [];
    this.#tail.clear();
    this.#show();
  }

  #take(data: { readonly eventType: string; readonly timestamp: string }): void {
    if (this.#isPaused) return;
    const given: Readonly<Record<string, unknown>> = { ...data };
    const { entityId } = given;
    const event = {
      name: data.eventType,
      entityId: typeof entityId === 'string' ? entityId : '',
      at: Date.parse(data.timestamp) || this.#now(),
      data: given,
    };
    if (!passes(event, this.#filter, this.#nameOf)) return;
    this.#waiting.push(event);
    if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
  }

  #show(): void {
    const now = this.#now();
    if (this.#waiting.length > 0) this.#tail.add(this.#waiting, now);
    this.#waiting = [];
    const { events } = this.#tail;
    const perSecond = this.#tail.rate(now);
    const before = this.#view.value;
    const isSame = before.events === events && before.perSecond === perSecond;
    if (isSame && before.isPaused === this.#isPaused) return;
    batch(() => {
      this.#view.value = { events, perSecond, isPaused: this.#isPaused };
    });
  }
}
