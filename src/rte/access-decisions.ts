import type { Directory } from '../directory/types.js';
import { mayReceive, type Caller } from './access-policy.js';
import type { EntityRef } from './entities.js';
import type { RteEventName } from './events/event-catalogue.js';

/**
 * Decisions kept of a directory, some 20 MB: 500 users with wildcards, each of whom is sent 400
 * different events of entities. With more than that all are forgotten and asked for again.
 */
const MAX_DECISIONS = 200_000;

/**
 * Whose decision it is: a user with the role that counts, which the login may have given; or the
 * access rules of one login, which narrow the user's.
 */
type Holder = string | object;

/**
 * What the access policy says to those who subscribed with wildcards, asked once for each user,
 * entity and event. A directory never changes, so what follows from it lives as long as it does: when
 * it is replaced, all are asked for anew.
 */
export class AccessDecisions {
  readonly #directory: Directory;
  readonly #max: number;
  /** entity and event -> whose -> whether */
  readonly #decisions = new Map<string, Map<Holder, boolean>>();
  #size = 0;

  constructor(directory: Directory, max = MAX_DECISIONS) {
    this.#directory = directory;
    this.#max = max;
  }

  /** Decisions kept now. */
  get size(): number {
    return this.#size;
  }

  /** Tells whether the user may receive the event about the entity. */
  allows(caller: Caller, entity: EntityRef, eventName: RteEventName): boolean {
    const key = `${entity.id} ${eventName}`;
    const holder = holderOf(caller);
    const known = this.#decisions.get(key)?.get(holder);
    if (known !== undefined) return known;
    const decision = mayReceive(this.#directory, caller, entity, eventName);
    this.#keep(key, holder, decision);
    return decision;
  }

  #keep(key: string, holder: Holder, decision: boolean): void {
    if (this.#size >= this.#max) {
      this.#decisions.clear();
      this.#size = 0;
    }
    const ofTopic = this.#decisions.get(key);
    if (ofTopic) ofTopic.set(holder, decision);
    else this.#decisions.set(key, new Map([[holder, decision]]));
    this.#size += 1;
  }
}

function holderOf({ access, id, organizationId, loginRole }: Caller): Holder {
  return access ?? `${id} ${organizationId} ${loginRole ?? ''}`;
}

const byDirectory = new WeakMap<Directory, AccessDecisions>();

/** The decisions under a directory; they go with it. */
export function decisionsUnder(directory: Directory): AccessDecisions {
  const known = byDirectory.get(directory);
  if (known) return known;
  const decisions = new AccessDecisions(directory);
  byDirectory.set(directory, decisions);
  return decisions;
}
