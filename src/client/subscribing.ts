import { textOf } from './failures.js';
import { readResults, readResumeAnswer } from './hub-answers.js';
import type { HubLink } from './hub-link.js';
import { unanswered, type EntitySubscription, type SubscriptionResult } from './subscription.js';

/** Items of one call: a message of the hub's usual 32 KB holds some 300. */
const ITEMS_PER_CALL = 200;

/**
 * Why the hub could not tell what was missed:
 * - `unknown`: it does not know the last event: it was restarted, or it is long ago
 * - `too-old`, `too-much`: it does not keep, or not send, that much
 * - `too-late`: newer events of the same entities had come before it was asked
 * - `not-supported`: it knows no Resume (other RTE servers), or `resume` is off
 */
export type GapReason = 'unknown' | 'too-old' | 'too-much' | 'too-late' | 'not-supported';

/** What came of asking for subscriptions. */
export interface Asked {
  readonly results: readonly SubscriptionResult[];
  /** `nothing-to-resume` for who gave no id. */
  readonly outcome: 'resumed' | 'nothing-to-resume' | GapReason;
  /** What to resume from when no newer event follows. */
  readonly lastEventId: string | null;
}

const GAPS: readonly GapReason[] = ['unknown', 'too-old', 'too-much', 'too-late'];

/** Asks one connection's hub for subscriptions, as well as it can. */
export class Subscribing {
  readonly #link: Pick<HubLink, 'invoke' | 'isUp'>;
  #canResume: boolean;

  /** @param resume whether to use Resume where the hub has it */
  constructor(link: Pick<HubLink, 'invoke' | 'isUp'>, resume: boolean) {
    this.#link = link;
    this.#canResume = resume;
  }

  /**
   * Subscribes, and asks for what was missed since an event.
   * @param lastEventId null when nothing was missed; the answer has an id all the same, which a
   * plain Subscribe would not give
   * @throws when the connection ends before the answer
   */
  async ask(items: readonly EntitySubscription[], lastEventId: string | null): Promise<Asked> {
    const first = items.slice(0, ITEMS_PER_CALL);
    // Before the others' Resume, since that is possible once only.
    const others = this.#subscribe(items.slice(ITEMS_PER_CALL));
    const [asked, rest] = await Promise.all([this.#resume(first, lastEventId), others]);
    return { ...asked, results: [...asked.results, ...rest] };
  }

  /** Takes subscriptions back. @throws Error with the hub's words */
  async unsubscribe(items: readonly EntitySubscription[]): Promise<void> {
    try {
      await this.#link.invoke('Unsubscribe', onTheWire(items));
    } catch (error) {
      // They ended with the connection.
      if (this.#link.isUp) throw error;
    }
  }

  async #resume(items: readonly EntitySubscription[], lastEventId: string | null): Promise<Asked> {
    if (!this.#canResume) return this.#withoutResume(items);
    try {
      const answer = await this.#link.invoke('Resume', lastEventId, onTheWire(items));
      const { resumed, reason, ...rest } = readResumeAnswer(answer, items);
      return { ...rest, outcome: resumed ? 'resumed' : outcomeOf(reason) };
    } catch {
      // ASP.NET Core says "Method does not exist", others what they like; if it is the connection that
      // has ended, the next call says so.
      this.#canResume = false;
      return this.#withoutResume(items);
    }
  }

  async #withoutResume(items: readonly EntitySubscription[]): Promise<Asked> {
    const results = await this.#subscribe(items);
    return { results, outcome: 'not-supported', lastEventId: null };
  }

  async #subscribe(items: readonly EntitySubscription[]): Promise<SubscriptionResult[]> {
    const calls: Promise<SubscriptionResult[]>[] = [];
    for (let start = 0; start < items.length; start += ITEMS_PER_CALL) {
      calls.push(this.#subscribeSome(items.slice(start, start + ITEMS_PER_CALL)));
    }
    return (await Promise.all(calls)).flat();
  }

  async #subscribeSome(items: readonly EntitySubscription[]): Promise<SubscriptionResult[]> {
    try {
      return readResults(await this.#link.invoke('Subscribe', onTheWire(items)), items);
    } catch (error) {
      if (!this.#link.isUp) throw error;
      return items.map((item) => unanswered(item, textOf(error)));
    }
  }
}

/** As the RTE documents it; other servers may heed the letter case. */
function onTheWire(items: readonly EntitySubscription[]) {
  return items.map(({ entityId, eventName }) => ({ EntityId: entityId, EventName: eventName }));
}

function outcomeOf(reason: string | null): Asked['outcome'] {
  if (reason === 'nothing-to-resume') return reason;
  return GAPS.find((gap) => gap === reason) ?? 'unknown';
}
