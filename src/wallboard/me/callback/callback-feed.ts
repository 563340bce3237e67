import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Page } from '../../shell/rest.js';
import type { ViewContext } from '../../shell/view-context.js';
import { callbacksAnswer, callListsAnswer } from '../answers.js';
import { problemWords } from '../problem-words.js';
import { lastingReading } from '../lasting-reading.js';
import { callbackOf, type Callback } from './callback.js';
import {
  type CallbackBook,
  MAX_OPEN,
  NO_CALLBACKS,
  withCallbacks,
  withReading,
} from './callback-book.js';

/** A list whose requests the user may see. */
export interface CallListName {
  readonly id: string;
  readonly name: string;
}

/** Requests in one answer: as many as the hub gives at most. */
const PAGE_SIZE = 500;

/** What changed so shortly before a reading may be missing in it: clocks are read by the second. */
const CLOCK_SKEW_MS = 5_000;

/**
 * CallbackChanged, under a name that no other view has: the wallboard ends its own when it is left,
 * while the desk lasts.
 */
const OWN_SUBSCRIPTION = { entityId: '*', eventName: 'Callback*' } as const;

type Parts = Pick<ViewContext, 'client' | 'rest' | 'now'>;

/** The open requests of all lists that the user may see: read once, and kept up by events. */
export class CallbackFeed {
  /** Why they could not be read, in words; it is tried again. Empty when they could. */
  readonly problem: ReadonlySignal<string>;
  readonly #parts: Parts;
  readonly #book = signal<CallbackBook>(NO_CALLBACKS);
  readonly #lists = signal<readonly CallListName[] | undefined>(undefined);
  readonly #isCut = signal(false);
  readonly #listeners: ((callback: Callback) => void)[] = [];

  /** Follows them as long as the client lasts. */
  constructor(parts: Parts) {
    this.#parts = parts;
    const { client } = parts;
    const reading = lastingReading(client, () => this.#read());
    this.problem = computed(() =>
      reading.failure.value === undefined ? '' : problemWords(reading.failure.value),
    );
    client.on('CallbackChanged', (data) => this.take(callbackOf(data)));
    // Only then nothing can change between a reading and the first event unnoticed.
    void client.subscribe([OWN_SUBSCRIPTION]).then(() => reading.request());
  }

  get book(): ReadonlySignal<CallbackBook> {
    return this.#book;
  }

  /** Undefined until they are read; none for who may see no list. */
  get lists(): ReadonlySignal<readonly CallListName[] | undefined> {
    return this.#lists;
  }

  /** Whether there are more requests than are held here. */
  get isCut(): ReadonlySignal<boolean> {
    return this.#isCut;
  }

  /** Tells each state that comes, by an event, a reading, or the answer to a change. */
  onCallback(listener: (callback: Callback) => void): void {
    this.#listeners.push(listener);
  }

  /** Takes over a state of a request, unless a newer one is known. */
  take(callback: Callback): void {
    this.#book.value = withCallbacks(this.#book.value, [callback]);
    this.#tell(callback);
  }

  #tell(callback: Callback): void {
    for (const listener of this.#listeners) listener(callback);
  }

  async #read(): Promise<void> {
    const since = this.#parts.now.value - CLOCK_SKEW_MS;
    const lists = await this.#parts.rest.get('/calllists', callListsAnswer);
    const read: Callback[] = [];
    let isCut = false;
    for (const { Id } of lists) {
      const state = await this.#readList(Id, MAX_OPEN - read.length);
      read.push(...state.callbacks);
      isCut ||= state.isCut;
    }
    this.#lists.value = lists.map(({ Id: id, Name: name }) => ({ id, name }));
    this.#isCut.value = isCut;
    this.#book.value = withReading(this.#book.value, read, since);
    for (const callback of read) this.#tell(callback);
  }

  /** The open requests of a list, page by page, `most` at most. */
  async #readList(
    listId: string,
    most: number,
  ): Promise<{ readonly callbacks: readonly Callback[]; readonly isCut: boolean }> {
    const callbacks: Callback[] = [];
    let next: string | undefined = `/calllists/${listId}/callbacks?Limit=${String(PAGE_SIZE)}`;
    while (next !== undefined && callbacks.length < most) {
      const page: Page<Callback[]> = await this.#parts.rest.getPage(next, callbacksAnswer);
      callbacks.push(...page.body);
      next = page.next;
    }
    return { callbacks: callbacks.slice(0, most), isCut: next !== undefined || most <= 0 };
  }
}
