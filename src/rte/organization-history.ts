import { v7 as uuidV7 } from 'uuid';

import type { RteEvent } from './events/create-event.js';
import type { HistoryLimits } from './limits.js';
import type { Topic } from './subscription.js';

/** What is known of an event that was told. */
export interface PastEvent {
  readonly id: string;
  /** Where it stands among the events of all organizations. */
  readonly place: number;
  /** Undefined for a mark, which is no event but a place that a client was told. */
  readonly topic: Topic | undefined;
  /** The event, as long as it is kept. */
  event: RteEvent | undefined;
  /** Estimated size of the event. */
  readonly bytes: number;
  /** Epoch ms. */
  readonly at: number;
}

/** What follows an event: all of it, or the reason why that can't be told. */
export type PastEvents =
  { readonly known: true; readonly events: readonly PastEvent[] } | { readonly known: false };

/** An entry without its event: id, topic, and what the collections need. */
const ENTRY_BYTES = 200;

/**
 * What was told in an organization lately, in order. Events go when they are old or too many; that
 * there were such events, and of what, is remembered for longer, so that who has missed none of
 * their own can be told that.
 */
export class OrganizationHistory {
  readonly #limits: HistoryLimits;
  /** Bounded by limits.idsPerOrganization. */
  #past: PastEvent[] = [];
  readonly #byId = new Map<string, PastEvent>();
  /** How many of the oldest have lost their event. */
  #emptied = 0;
  #eventBytes = 0;

  constructor(limits: HistoryLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#past.length;
  }

  /** Estimated bytes of all that is kept. */
  get bytes(): number {
    return this.#eventBytes + this.#past.length * ENTRY_BYTES;
  }

  add(event: RteEvent, place: number, at: number): void {
    const { entityId, name: eventName, data } = event;
    const bytes = estimatedBytes(data);
    this.#append({ id: data.id, place, topic: { entityId, eventName }, event, bytes, at });
    this.#eventBytes += bytes;
    this.expire(at);
  }

  /** An id for the end as it is now: what follows it is what comes from now on. */
  mark(place: number, at: number): string {
    const last = this.#past.at(-1);
    if (last !== undefined && last.topic === undefined) return last.id;
    const id = uuidV7();
    this.#append({ id, place, topic: undefined, event: undefined, bytes: 0, at });
    return id;
  }

  /** What came behind the event of that id. */
  after(id: string): PastEvents {
    const found = this.#byId.get(id);
    if (found === undefined) return { known: false };
    return { known: true, events: this.#past.slice(this.#past.indexOf(found) + 1) };
  }

  /** Lets go of what is too old or too much at `now`, epoch ms. */
  expire(now: number): void {
    const { eventAgeMs, bytesPerOrganization, idsPerOrganization } = this.#limits;
    for (let one = this.#oldest; one !== undefined; one = this.#oldest) {
      if (now - one.at < eventAgeMs && this.#eventBytes <= bytesPerOrganization) break;
      this.#empty(one);
    }
    // Not each time: moving the whole list for one entry would cost more than all the rest.
    if (this.#past.length > idsPerOrganization) this.forget(idsPerOrganization / 10);
  }

  /** Forgets the oldest altogether. */
  forget(count: number): void {
    const forgotten = this.#past.slice(0, count);
    for (const one of forgotten) if (this.#byId.get(one.id) === one) this.#byId.delete(one.id);
    for (const one of forgotten.slice(this.#emptied)) this.#eventBytes -= one.bytes;
    this.#past = this.#past.slice(count);
    this.#emptied = Math.max(0, this.#emptied - count);
  }

  /** The oldest that may still have its event. */
  get #oldest(): PastEvent | undefined {
    return this.#past[this.#emptied];
  }

  #append(one: PastEvent): void {
    this.#past.push(one);
    // Of an event that is told again nobody knows which time a client heard of it: rather too early.
    if (!this.#byId.has(one.id)) this.#byId.set(one.id, one);
  }

  #empty(one: PastEvent): void {
    one.event = undefined;
    this.#eventBytes -= one.bytes;
    this.#emptied += 1;
  }
}

/** About the length of its JSON; exactness would cost an encoding. */
function estimatedBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 6;
  let bytes = 2;
  for (const [name, member] of Object.entries(value))
    bytes += name.length + 4 + estimatedBytes(member);
  return bytes;
}
