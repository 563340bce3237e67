import { AccessPattern, type Bearer } from './access-pattern.js';
import type { EntityRef } from './entities.js';
import type { RteEventName } from './events/event-catalogue.js';
import type { EntityType } from './events/event-definition.js';

/** Accesses to events are below this. */
export const EVENT_ACCESS = 'events.rte.';

const ENTITY_WORDS: Readonly<Record<EntityType, string>> = {
  User: 'users',
  Queue: 'queues',
  CallList: 'calllists',
  Organization: 'organizations',
};

/**
 * The access that a subscription needs of who came with an access control list:
 * `events.rte.<users|queues|calllists|organizations>.<entity id>.<event name>`.
 */
export function requiredAccess({ type, id }: EntityRef, eventName: RteEventName): string {
  return `${EVENT_ACCESS}${ENTITY_WORDS[type]}.${id}.${eventName}`;
}

/** An access control list, and whom it was given to. */
export interface AccessList extends Bearer {
  /** Entries in Wazo's notation; `!` begins one that denies. */
  readonly acl: readonly string[];
}

/** The accesses that a list grants: those that an entry is for, unless another entry denies them. */
export class AccessRules {
  readonly #denied: readonly AccessPattern[];
  readonly #granted: readonly AccessPattern[];

  constructor({ acl, ...bearer }: AccessList) {
    const { denials, grants } = splitAcl(acl);
    this.#denied = denials.map((entry) => new AccessPattern(entry.slice(1), bearer));
    this.#granted = grants.map((entry) => new AccessPattern(entry, bearer));
  }

  permits(access: string): boolean {
    if (this.#denied.some((pattern) => pattern.matches(access))) return false;
    return this.#granted.some((pattern) => pattern.matches(access));
  }
}

/** The entries of a list that deny, with their `!`, and those that grant. */
export function splitAcl(acl: readonly string[]): {
  readonly denials: readonly string[];
  readonly grants: readonly string[];
} {
  return {
    denials: acl.filter(isDenial),
    grants: acl.filter((entry) => !isDenial(entry)),
  };
}

function isDenial(entry: string): boolean {
  return entry.startsWith('!');
}
