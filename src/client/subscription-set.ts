import {
  keyOf,
  unanswered,
  type EntitySubscription,
  type SubscriptionResult,
} from './subscription.js';

/**
 * Items that a client may remember: twice what the hub grants one connection, so that the hub's own
 * refusals are what an application meets.
 */
const MAX_ITEMS = 4_000;

interface Remembered {
  readonly item: EntitySubscription;
  /** Whether the hub has granted it before, so that its missed events are to be asked for. */
  wasGranted: boolean;
  /** Whether it was asked for on the connection that is there now. */
  isAsked: boolean;
  /** What the hub will say; undefined once it has. */
  answer: Answer | undefined;
}

/** What the hub will say to an item. */
class Answer {
  readonly promise: Promise<SubscriptionResult>;
  #resolve: (result: SubscriptionResult) => void = () => {};

  constructor() {
    this.promise = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  give(result: SubscriptionResult): void {
    this.#resolve(result);
  }
}

/** What the application has subscribed to, to be done again on each connection. */
export class SubscriptionSet {
  /** By key; bounded by MAX_ITEMS, an entry leaves with unsubscribe. */
  readonly #remembered = new Map<string, Remembered>();

  get size(): number {
    return this.#remembered.size;
  }

  /**
   * Remembers an item; one that is known already is asked for again.
   * @returns what the hub says to it, once it has been asked
   * @throws RangeError when there are too many
   */
  add(item: EntitySubscription): Promise<SubscriptionResult> {
    const remembered = this.#remember(item);
    remembered.isAsked = false;
    remembered.answer ??= new Answer();
    return remembered.answer.promise;
  }

  /** Forgets an item. */
  remove(item: EntitySubscription): void {
    const key = keyOf(item);
    this.#tell(this.#remembered.get(key), unanswered(item, 'Unsubscribed'));
    this.#remembered.delete(key);
  }

  /** There is a new connection, on which nothing was asked for yet. */
  forgetAsked(): void {
    for (const one of this.#remembered.values()) one.isAsked = false;
  }

  /** What is to be asked for now, from now on taken as asked for. */
  takeUnasked(): { readonly granted: EntitySubscription[]; readonly fresh: EntitySubscription[] } {
    const [granted, fresh]: [EntitySubscription[], EntitySubscription[]] = [[], []];
    for (const one of this.#remembered.values()) {
      if (one.isAsked) continue;
      one.isAsked = true;
      (one.wasGranted ? granted : fresh).push(one.item);
    }
    return { granted, fresh };
  }

  /** The hub has answered an item. */
  answer(item: EntitySubscription, result: SubscriptionResult): void {
    const one = this.#remembered.get(keyOf(item));
    if (one === undefined) return;
    one.wasGranted = result.subscribed;
    this.#tell(one, result);
  }

  /** Nobody will be asked before the next start: those who wait are told so. */
  giveUp(message: string): void {
    for (const one of this.#remembered.values()) this.#tell(one, unanswered(one.item, message));
  }

  #remember(item: EntitySubscription): Remembered {
    const key = keyOf(item);
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    if (this.#remembered.size >= MAX_ITEMS) {
      throw new RangeError(
        `A client subscribes to at most ${String(MAX_ITEMS)} items. Use * as entityId instead.`,
      );
    }
    const { entityId, eventName } = item;
    const one = {
      item: { entityId, eventName },
      wasGranted: false,
      isAsked: false,
      answer: undefined,
    };
    this.#remembered.set(key, one);
    return one;
  }

  #tell(one: Remembered | undefined, result: SubscriptionResult): void {
    if (one === undefined) return;
    one.answer?.give(result);
    one.answer = undefined;
  }
}
