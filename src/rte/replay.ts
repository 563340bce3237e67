import type { RteEvent } from './events/create-event.js';
import type { PastEvent } from './organization-history.js';
import { conflatedEvents, type Topic } from './subscription.js';

/**
 * Why a client can't be told what it has missed:
 * - `unknown`: the hub does not know the event, which may be another organization's or of before the
 *   hub's start
 * - `too-old`: events that it missed are no longer kept
 * - `too-much`: it missed more than can be sent at once
 * - `too-late`: later events of the same entities were sent already, or the client has unsubscribed
 *   or resumed on this connection
 */
export type ReplayRefusal = 'unknown' | 'too-old' | 'too-much' | 'too-late';

/** What a client has missed. */
export type Replay =
  | {
      readonly ok: true;
      /** In the order to be sent. */
      readonly events: readonly RteEvent[];
      /** How many are left out because they waited for longer than their messageTTLSeconds. */
      readonly expired: number;
    }
  | { readonly ok: false; readonly reason: ReplayRefusal };

/** What has to be known of the client and of the moment. */
export interface ReplayContext {
  /** Place since which the client has been sent the topic's events; undefined for what is not for it. */
  readonly sentSince: (topic: Topic) => number | undefined;
  /** The newest state of a topic, where it is a conflated one; its own event may be gone. */
  readonly lastState: (topic: Topic) => RteEvent | undefined;
  /** Whether conflated states are left out: they are sent otherwise. */
  readonly withoutStates: boolean;
  /** Bytes of JSON, roughly, that may be sent. */
  readonly maxBytes: number;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Picks from what was told since the client's last event what it has to be told now: everything
 * that happened, in order; of states only the newest, in the newest one's place, as the outbound
 * queue conflates them. The state that holds is told however old it is; a callback request whose
 * change has expired is not.
 */
export function planReplay(past: readonly PastEvent[], context: ReplayContext): Replay {
  const plan = new Plan(context);
  for (const one of past) {
    if (one.topic === undefined) continue;
    const since = context.sentSince(one.topic);
    if (since === undefined) continue;
    if (one.place > since) plan.wasSent(one, one.topic);
    else plan.wasMissed(one, one.topic);
  }
  return plan.result();
}

/** What becomes of the past events, one after the other. */
class Plan {
  readonly #context: ReplayContext;
  /** By what a newer one replaces, in the order of the newest. As long as what was told. */
  readonly #missed = new Map<object | string, PastEvent & { readonly topic: Topic }>();
  readonly #sentStates = new Set<string>();
  readonly #sentEntities = new Set<string>();
  #isTooOld = false;

  constructor(context: ReplayContext) {
    this.#context = context;
  }

  wasSent(one: PastEvent, topic: Topic): void {
    const key = stateKey(one, topic);
    if (key === undefined) this.#sentEntities.add(topic.entityId);
    else this.#sentStates.add(key);
  }

  wasMissed(one: PastEvent, topic: Topic): void {
    if (conflatedEvents.has(topic.eventName)) {
      if (this.#context.withoutStates) return;
    } else if (one.event === undefined) {
      this.#isTooOld = true;
      return;
    }
    const key = stateKey(one, topic) ?? one;
    this.#missed.delete(key);
    this.#missed.set(key, { ...one, topic });
  }

  result(): Replay {
    if (this.#isTooOld) return { ok: false, reason: 'too-old' };
    const events: RteEvent[] = [];
    let [expired, bytes] = [0, 0];
    for (const [key, { topic, event: own, bytes: size }] of this.#missed) {
      if (typeof key === 'string' && this.#sentStates.has(key)) continue;
      if (typeof key !== 'string' && this.#sentEntities.has(topic.entityId)) {
        return { ok: false, reason: 'too-late' };
      }
      const isState = conflatedEvents.has(topic.eventName);
      const event = isState ? this.#context.lastState(topic) : own;
      // The entity has left the directory, and its state with it.
      if (event === undefined) continue;
      if (!isState && this.#isExpired(event)) {
        expired += 1;
        continue;
      }
      events.push(event);
      bytes += size;
    }
    if (bytes > this.#context.maxBytes) return { ok: false, reason: 'too-much' };
    return { ok: true, events, expired };
  }

  #isExpired({ ttlSeconds, timestamp }: RteEvent): boolean {
    return ttlSeconds >= 0 && timestamp + ttlSeconds * 1000 <= this.#context.now;
  }
}

/** What a newer event of the same makes worthless; undefined where each one counts. */
function stateKey({ event }: PastEvent, { entityId, eventName }: Topic): string | undefined {
  if (conflatedEvents.has(eventName)) return `${entityId} ${eventName}`;
  const data = event?.data;
  if (data === undefined) return undefined;
  if ('keyword' in data) return `${entityId} ${eventName} ${data.keyword}`;
  if ('callBackId' in data) return `${entityId} ${eventName} ${data.callBackId}`;
  return undefined;
}
