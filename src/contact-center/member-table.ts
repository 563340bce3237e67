import { BoundedMap } from './bounded-map.js';
import type { AgentLoginChanged, MemberFacts, MemberRef, QueueMemberEvent } from './events.js';
import type { ChangeSet } from './change-set.js';
import { BURST_MS, MAX_MEMBERS, REMOVED_MEMBER_MS, TOMBSTONE_MS } from './limits.js';
import { MultiMap } from './multi-map.js';
import { applyFacts, newMember, type QueueMember } from './queue-member.js';

interface Removal {
  readonly at: number;
  readonly loginTime: number;
}

/** Who is logged in to which queue. Removals are remembered, so that late news revives nobody. */
export class MemberTable {
  readonly #members = new BoundedMap<string, QueueMember>(MAX_MEMBERS, (key, member) => {
    this.#unindex(key, member);
  });
  readonly #removals = new BoundedMap<string, Removal>(MAX_MEMBERS);
  readonly #byQueue = new MultiMap();
  readonly #byMember = new MultiMap();
  readonly #byUser = new MultiMap();
  readonly #wrappingUp = new Set<string>();

  get size(): number {
    return this.#members.size;
  }

  get evictions(): number {
    return this.#members.evictions + this.#removals.evictions;
  }

  get(queueId: string, memberId: string): QueueMember | undefined {
    return this.#members.get(memberKey(queueId, memberId));
  }

  /** Members logged in to a queue. */
  inQueue(queueId: string): readonly QueueMember[] {
    return this.#resolve(this.#byQueue.get(queueId));
  }

  /** A member's logins, one per queue. */
  ofMember(memberId: string): readonly QueueMember[] {
    return this.#resolve(this.#byMember.get(memberId));
  }

  /** A user's logins, one per queue and member. */
  ofUser(userId: string): readonly QueueMember[] {
    return this.#resolve(this.#byUser.get(userId));
  }

  /** Applies what was told of a member. A login proves it is there; other news only if it never left. */
  apply(event: QueueMemberEvent): void {
    if (event.kind === 'queue-member-removed') this.#remove(event);
    else if (this.#mayExist(event)) this.#update(event);
  }

  /** A queue rings the member at `at`: it must be logged in, whatever was told before. */
  ensure(queueId: string, member: MemberRef, at: number): void {
    const key = memberKey(queueId, member.memberId);
    if (this.#members.has(key)) return;
    const removal = this.#removals.get(key);
    if (removal === undefined || at - removal.at > REMOVED_MEMBER_MS) {
      this.#put(newMember(queueId, member, {}));
    }
  }

  /** Replaces a member that is known already. */
  replace(member: QueueMember): void {
    this.#put(member);
  }

  /** Puts a member there that is known to be logged in, whatever was told before. */
  admit(member: QueueMember): void {
    this.#removals.delete(memberKey(member.queueId, member.member.memberId));
    this.#put(member);
  }

  /** Takes a member away that is known to be gone; later news brings it back. */
  forget(queueId: string, memberId: string): void {
    const key = memberKey(queueId, memberId);
    const known = this.#members.get(key);
    if (known === undefined) return;
    this.#unindex(key, known);
    this.#members.delete(key);
  }

  /** An agent left all its queues. */
  removeEverywhere(event: AgentLoginChanged): void {
    for (const { queueId, member, loginTime } of this.ofMember(event.member.memberId)) {
      this.#remove({ kind: 'queue-member-removed', at: event.at, queueId, member, loginTime });
    }
  }

  /** Notes that the member may be in another state: its users show it, and every queue it serves. */
  touch(member: MemberRef, changes: ChangeSet): void {
    for (const userId of member.userIds) changes.user(userId);
    for (const login of this.ofMember(member.memberId)) changes.queue(login.queueId);
  }

  /** Members whose wrap-up has not been taken back yet, whether it is over or not. */
  wrappingUp(): readonly QueueMember[] {
    return this.#resolve(this.#wrappingUp);
  }

  /** Forgets removals older than ten minutes. */
  sweep(now: number): void {
    for (const [key, removal] of this.#removals.entries()) {
      if (now - removal.at >= TOMBSTONE_MS) this.#removals.delete(key);
    }
  }

  #mayExist(event: Exclude<QueueMemberEvent, { kind: 'queue-member-removed' }>): boolean {
    const key = memberKey(event.queueId, event.member.memberId);
    const removal = this.#removals.get(key);
    if (removal === undefined || this.#members.has(key)) return true;
    const newLogin = (event.facts.loginTime ?? 0) > removal.loginTime;
    if (event.kind === 'queue-member-changed') return newLogin && removal.loginTime > 0;
    return newLogin || event.at - removal.at > BURST_MS;
  }

  #update(event: { queueId: string; member: MemberRef; facts: MemberFacts }): void {
    const { queueId, member, facts } = event;
    const known = this.get(queueId, member.memberId);
    this.#removals.delete(memberKey(queueId, member.memberId));
    this.#put(
      known === undefined
        ? newMember(queueId, member, facts)
        : { ...applyFacts(known, facts), member },
    );
  }

  #remove(event: Extract<QueueMemberEvent, { kind: 'queue-member-removed' }>): void {
    const key = memberKey(event.queueId, event.member.memberId);
    const known = this.#members.get(key);
    const loginTime = event.loginTime ?? 0;
    if (known !== undefined && loginTime > 0 && loginTime < known.loginTime) return;
    this.#removals.set(key, {
      at: event.at,
      loginTime: Math.max(loginTime, known?.loginTime ?? 0),
    });
    if (known === undefined) return;
    this.#unindex(key, known);
    this.#members.delete(key);
  }

  #put(member: QueueMember): void {
    const key = memberKey(member.queueId, member.member.memberId);
    const before = this.#members.get(key);
    if (before !== undefined) this.#unindex(key, before);
    this.#members.set(key, member);
    this.#byQueue.add(member.queueId, key);
    this.#byMember.add(member.member.memberId, key);
    for (const userId of member.member.userIds) this.#byUser.add(userId, key);
    if (member.wrapUp !== undefined) this.#wrappingUp.add(key);
  }

  #unindex(key: string, member: QueueMember): void {
    this.#wrappingUp.delete(key);
    this.#byQueue.remove(member.queueId, key);
    this.#byMember.remove(member.member.memberId, key);
    for (const userId of member.member.userIds) this.#byUser.remove(userId, key);
  }

  #resolve(keys: ReadonlySet<string>): QueueMember[] {
    const members: QueueMember[] = [];
    for (const key of keys) {
      const member = this.#members.get(key);
      if (member !== undefined) members.push(member);
    }
    return members;
  }
}

function memberKey(queueId: string, memberId: string): string {
  return `${queueId} ${memberId}`;
}
