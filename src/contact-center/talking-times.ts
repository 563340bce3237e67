import { BoundedMap } from './bounded-map.js';
import type { LegTable } from './leg-table.js';
import { MAX_PRESENCES } from './limits.js';
import type { MemberTable } from './member-table.js';
import type { PresenceTable } from './presence-table.js';
import type { QueueMember } from './queue-member.js';
import { busyMembers } from './visit-phase.js';
import type { VisitTable } from './visit-table.js';

/** Whether a user talks, ringing included, and since when (epoch ms). */
interface Talking {
  readonly talking: boolean;
  readonly since: number;
}

/** Where it shows that a user talks. */
export interface TalkingTables {
  readonly visits: VisitTable;
  readonly legs: LegTable;
  readonly members: MemberTable;
  readonly presences: PresenceTable;
}

/** Remembers when each user's talking last began or ended. */
export class TalkingTimes {
  readonly #talking = new BoundedMap<string, Talking>(MAX_PRESENCES);
  readonly #visits: VisitTable;
  readonly #legs: LegTable;
  readonly #members: MemberTable;
  readonly #presences: PresenceTable;

  constructor({ visits, legs, members, presences }: TalkingTables) {
    this.#visits = visits;
    this.#legs = legs;
    this.#members = members;
    this.#presences = presences;
  }

  get size(): number {
    return this.#talking.size;
  }

  get evictions(): number {
    return this.#talking.evictions;
  }

  get(userId: string): Talking | undefined {
    return this.#talking.get(userId);
  }

  forget(userId: string): void {
    this.#talking.delete(userId);
  }

  /** Looks at everyone whom a change at `at` may concern. */
  note(userIds: Iterable<string>, at: number): void {
    for (const userId of userIds) {
      const talking = this.#isTalking(userId, at);
      const known = this.#talking.get(userId);
      if (talking !== (known?.talking ?? false)) this.#talking.set(userId, { talking, since: at });
    }
  }

  #isTalking(userId: string, now: number): boolean {
    if (this.#legs.hasLegs(userId) || this.#presences.isAnyOnPhone([userId])) return true;
    if (this.#members.ofUser(userId).some(hasCall)) return true;
    return this.#visits
      .ofUser(userId)
      .some((visit) => busyMembers(visit, now).some((member) => member.userIds.includes(userId)));
  }
}

/** Its system says so, whatever is known of the call. */
function hasCall({ activity }: QueueMember): boolean {
  return activity === 'queue-call' || activity === 'other-call';
}
