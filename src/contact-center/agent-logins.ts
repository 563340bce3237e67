import { BoundedMap } from './bounded-map.js';
import type { ChangeSet } from './change-set.js';
import type { AgentLoginChanged, QueueMemberEvent } from './events.js';
import { MAX_PRESENCES } from './limits.js';
import type { MemberTable } from './member-table.js';
import { endWrapUp, type QueueMember, runningWrapUp } from './queue-member.js';
import { wrapUpEnded } from './wrap-up-occurrences.js';

/** Leads what is told of logins to the queues' members, and ends the wrap-ups of who is gone. */
export class AgentLogins {
  /** Users whose agent logged in, by user id. */
  readonly #loggedIn = new BoundedMap<string, true>(MAX_PRESENCES);
  readonly #members: MemberTable;

  constructor(members: MemberTable) {
    this.#members = members;
  }

  get size(): number {
    return this.#loggedIn.size;
  }

  get evictions(): number {
    return this.#loggedIn.evictions;
  }

  /** Whether the agent of the user logged in, though no queue may have been named yet. */
  isLoggedIn(userId: string): boolean {
    return this.#loggedIn.has(userId);
  }

  applyMember(event: QueueMemberEvent, changes: ChangeSet): void {
    const before = this.#members.get(event.queueId, event.member.memberId);
    this.#members.apply(event);
    if (event.kind === 'queue-member-removed') this.#forgetLogins(event.member.userIds);
    if (before !== undefined) this.#members.touch(before.member, changes);
    if (before !== undefined) this.#tellLostWrapUps([before], event.at, changes);
    changes.queue(event.queueId);
    this.#members.touch(event.member, changes);
  }

  applyLogin(event: AgentLoginChanged, changes: ChangeSet): void {
    this.#members.touch(event.member, changes);
    for (const userId of event.member.userIds) this.setLoggedIn(userId, event.loggedIn);
    if (event.loggedIn) return;
    const logins = this.#members.ofMember(event.member.memberId);
    this.#members.removeEverywhere(event);
    this.#tellLostWrapUps(logins, event.at, changes);
  }

  /** A member is known to be gone from a queue; later news brings it back. */
  drop({ queueId, member }: QueueMember, at: number, changes: ChangeSet): void {
    const before = this.#members.get(queueId, member.memberId);
    this.#members.touch(member, changes);
    this.#members.forget(queueId, member.memberId);
    this.#forgetLogins(member.userIds);
    if (before !== undefined) this.#tellLostWrapUps([before], at, changes);
  }

  /** Sets whether the agent of the user is logged in. */
  setLoggedIn(userId: string, loggedIn: boolean): void {
    if (loggedIn) this.#loggedIn.set(userId, true);
    else this.#loggedIn.delete(userId);
  }

  /** Ends the wrap-ups that are due at `now`. */
  tick(now: number, changes: ChangeSet): void {
    for (const member of this.#members.wrappingUp()) {
      if (member.wrapUp === undefined || runningWrapUp(member, now) !== undefined) continue;
      changes.happened(...wrapUpEnded(member, now));
      this.#members.replace(endWrapUp(member, now));
      this.#members.touch(member.member, changes);
    }
  }

  /** When the wrap-ups that time ends are over, epoch ms. */
  wrapUpEnds(): readonly number[] {
    return this.#members.wrappingUp().flatMap(({ wrapUp }) => {
      return wrapUp === undefined || wrapUp.untilTold === true ? [] : [wrapUp.end];
    });
  }

  /** Who has left the last queue is not logged in any more, whatever the agent's login said. */
  #forgetLogins(userIds: readonly string[]): void {
    for (const userId of userIds) {
      if (this.#members.ofUser(userId).length === 0) this.#loggedIn.delete(userId);
    }
  }

  /** Who logs off in the middle of a wrap-up ends it. */
  #tellLostWrapUps(logins: readonly QueueMember[], at: number, changes: ChangeSet): void {
    for (const login of logins) {
      const { queueId, member } = login;
      const isGone = this.#members.get(queueId, member.memberId) === undefined;
      if (isGone) changes.happened(...wrapUpEnded(login, at));
    }
  }
}
