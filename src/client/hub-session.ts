import type { Environment } from './environment.js';
import { readMessage, type ReceivedMessage } from './event-handlers.js';
import type { Failure } from './failures.js';
import type { HubLink } from './hub-link.js';
import type { ResumePoint } from './resume-point.js';
import type { SubscriptionSet } from './subscription-set.js';
import { keyOf, type EntitySubscription, type SubscriptionResult } from './subscription.js';
import { Subscribing, type Asked, type GapReason } from './subscribing.js';

/** A hub that leaves a question open for this long after a wake-up is not there any more. */
const PROBE_MS = 5_000;

/**
 * Messages held until the hub has said whether it could resume: far more than the 512 KiB that it
 * replays. A connection that brings more is begun anew.
 */
const MAX_HELD = 10_000;

interface HubSessionParts {
  readonly set: SubscriptionSet;
  readonly point: ResumePoint;
  /** Whether to use Resume where the hub has it. */
  readonly resume: boolean;
  readonly after: Environment['after'];
  readonly onMessage: (message: ReceivedMessage) => void;
  readonly onGap: (reason: GapReason) => void;
  readonly onRefused: (result: SubscriptionResult) => void;
}

/**
 * One connection with its subscriptions. Until those of before stand again, messages are held: if
 * the connection ends first, the hub replays them to the next one, and none is told twice; and that
 * something is missing is told before what comes after the gap.
 */
export class HubSession {
  readonly ended: Promise<Failure>;
  readonly #parts: HubSessionParts;
  #end: (failure: Failure) => void = () => {};
  /** Bounded by MAX_HELD; undefined once the subscriptions stand. */
  #held: ReceivedMessage[] | undefined = [];
  #link: HubLink | undefined;
  #subscribing: Subscribing | undefined;
  #isFirstAnswer = true;
  #isOver = false;

  constructor(parts: HubSessionParts) {
    this.#parts = parts;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Takes what the hub sends. */
  receive(given: unknown): void {
    const message = readMessage(given);
    if (message === undefined || this.#isOver) return;
    if (this.#held === undefined) this.#tell(message);
    else if (this.#held.length < MAX_HELD) this.#held.push(message);
    else this.#lose(`More than ${String(MAX_HELD)} messages came before the subscriptions stood.`);
  }

  /**
   * Subscribes on a new connection to all that is remembered, and gets what was missed.
   * @throws when the connection ends before
   */
  async begin(link: HubLink): Promise<void> {
    const { set } = this.#parts;
    this.#link = link;
    void link.ended.then((failure) => this.#finish(failure));
    this.#subscribing = new Subscribing(link, this.#parts.resume);
    set.forgetAsked();
    const { granted, fresh } = set.takeUnasked();
    if (granted.length > 0) this.#tellGap(await this.#ask(granted, this.#parts.point.id));
    // At once: what is held has been told as far as the resume point, which has just moved, says.
    this.#release();
    // With what was added while the hub answered.
    await this.#askAll([...fresh, ...this.#unasked()]);
  }

  /** Asks for what was added to the set meanwhile; `begin` does so by itself. */
  async askMore(): Promise<void> {
    if (this.#held === undefined) await this.#askAll(this.#unasked());
  }

  /** Takes subscriptions back. @throws Error with the hub's words */
  async unsubscribe(items: readonly EntitySubscription[]): Promise<void> {
    await this.#subscribing?.unsubscribe(items);
  }

  /** The machine may have slept: asks the hub whether it is still there, and ends if it is not. */
  probe(): void {
    if (this.#link === undefined || this.#isOver) return;
    const stop = this.#parts.after(PROBE_MS, () => this.#lose('The hub did not answer.'));
    // An error is an answer, too; and the end of the connection is seen by itself.
    this.#link.invoke('AvailableSubscriptions').then(stop, stop);
  }

  /** Ends the connection; what still comes is not told. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#link?.close();
  }

  async #askAll(first: EntitySubscription[]): Promise<void> {
    for (let items = first; items.length > 0;) {
      await this.#ask(items, null);
      items = this.#unasked();
    }
  }

  #unasked(): EntitySubscription[] {
    const { granted, fresh } = this.#parts.set.takeUnasked();
    return [...granted, ...fresh];
  }

  async #ask(items: EntitySubscription[], lastEventId: string | null): Promise<Asked> {
    if (this.#subscribing === undefined) throw new Error('There is no connection yet.');
    const asked = await this.#subscribing.ask(items, lastEventId);
    const { point, set, onRefused } = this.#parts;
    if (asked.lastEventId !== null) {
      if (this.#isFirstAnswer) point.set(asked.lastEventId);
      else point.advance(asked.lastEventId);
    }
    this.#isFirstAnswer = false;
    const byKey = new Map(asked.results.map((result) => [keyOf(result), result]));
    for (const item of items) {
      const result = byKey.get(keyOf(item));
      if (result === undefined) continue;
      set.answer(item, result);
      if (!result.subscribed) onRefused(result);
    }
    return asked;
  }

  /** Of what was granted before, something was missed unless the hub says otherwise. */
  #tellGap({ outcome }: Asked): void {
    if (outcome === 'resumed') return;
    this.#parts.onGap(outcome === 'nothing-to-resume' ? 'unknown' : outcome);
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const message of held) this.#tell(message);
  }

  #tell(message: ReceivedMessage): void {
    this.#parts.point.advance(message.data.id);
    this.#parts.onMessage(message);
  }

  #lose(detail: string): void {
    this.#finish({ kind: 'passing', reason: 'connection-lost', detail });
    // The connection is of no use any more; how its end goes concerns nobody.
    this.#link?.close().catch(() => undefined);
  }

  #finish(failure: Failure): void {
    this.#isOver = true;
    this.#end(failure);
  }
}
