import { AvailabilityEnds } from './availability-ends.js';
import { BoundedMap } from './bounded-map.js';
import type { ChangeSet } from './change-set.js';
import type { UserEvent, UserSettingSaid } from './events.js';
import { MAX_PRESENCES } from './limits.js';
import type { MemberTable } from './member-table.js';
import { settingChanged } from './setting-occurrences.js';
import {
  applyToPresence,
  isChosen,
  isDoNotDisturb,
  isUnreachable,
  UNKNOWN_PRESENCE,
  type UserPresence,
} from './user-presence.js';

/** What is known of each user apart from calls. */
export class PresenceTable {
  readonly #presences = new BoundedMap<string, UserPresence>(MAX_PRESENCES);
  readonly #ends = new AvailabilityEnds();
  readonly #members: MemberTable;

  constructor(members: MemberTable) {
    this.#members = members;
  }

  get size(): number {
    return this.#presences.size;
  }

  get evictions(): number {
    return this.#presences.evictions + this.#ends.evictions;
  }

  get(userId: string): UserPresence {
    return this.#presences.get(userId) ?? UNKNOWN_PRESENCE;
  }

  apply(event: UserEvent, changes: ChangeSet): void {
    if (event.kind === 'setting-changed') {
      changes.happened(...settingChanged(this.get(event.userId), event));
    }
    // An entry that another has replaced, or of a user who is gone, has ended already.
    if (event.kind === 'availability-ended' && !isChosen(this.get(event.userId), event)) return;
    this.#put(event, changes);
  }

  /** Ends what was set until a time that has come. */
  tick(now: number, changes: ChangeSet): void {
    for (const userId of this.#ends.due(now)) {
      const { chosen } = this.get(userId);
      if (chosen?.until === undefined || chosen.until === null || chosen.until > now) continue;
      const { availabilityId, until: at } = chosen;
      this.apply({ kind: 'availability-ended', at, userId, availabilityId }, changes);
    }
  }

  /** When `tick` next has something to do, epoch ms. */
  nextDeadline(): number | undefined {
    return this.#ends.next;
  }

  /** Takes what a snapshot shows to have changed. A setting of which nothing was told is no news. */
  correct(event: UserEvent, changes: ChangeSet): void {
    const isFound = event.kind === 'setting-changed' && !this.#hasSetting(event);
    if (isFound) this.#put(event, changes);
    else this.apply(event, changes);
  }

  /** The user does not exist any more. */
  forget(userId: string, changes: ChangeSet): void {
    this.#ends.set(userId, null);
    if (!this.#presences.delete(userId)) return;
    changes.user(userId);
    changes.availability(userId);
    for (const login of this.#members.ofUser(userId)) changes.queue(login.queueId);
  }

  /** Whether none of the users wants calls; an agent that several share is disturbed by then only. */
  areAllDisturbed(userIds: readonly string[]): boolean {
    return userIds.length > 0 && userIds.every((userId) => isDoNotDisturb(this.get(userId)));
  }

  /** Whether none of the users has a terminal that can be reached. */
  areAllUnreachable(userIds: readonly string[]): boolean {
    return userIds.length > 0 && userIds.every((userId) => isUnreachable(this.get(userId)));
  }

  /** Whether the phone of any of the users rings or has a call, as told without the call. */
  isAnyOnPhone(userIds: readonly string[]): boolean {
    return userIds.some((userId) => this.get(userId).phone !== 'idle');
  }

  #hasSetting({ userId, setting }: UserSettingSaid): boolean {
    return this.get(userId).settings[setting] !== undefined;
  }

  #put(event: UserEvent, changes: ChangeSet): void {
    const before = this.get(event.userId);
    if (event.kind === 'phone-changed' && event.phone === before.phone) return;
    this.#presences.set(event.userId, applyToPresence(before, event));
    if (event.kind === 'availability-set') this.#ends.set(event.userId, event.until);
    changes.user(event.userId);
    for (const login of this.#members.ofUser(event.userId)) changes.queue(login.queueId);
    if (event.kind === 'terminal-changed' || event.kind === 'phone-changed') return;
    changes.availability(event.userId);
  }
}
