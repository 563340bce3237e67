import { BoundedMap } from './bounded-map.js';
import type { MemberRef } from './events.js';
import { MAX_CALL_MS, MAX_VISITS, TOMBSTONE_MS } from './limits.js';
import { MultiMap } from './multi-map.js';
import { visitNewsDeadline } from './queue-call-occurrences.js';
import { type QueueVisit, sentAwayAt, VISIT_TOLD } from './queue-visit.js';
import { mayStillBeServed } from './unserved-callers.js';
import { visitDeadline, visitPhase, waitingSince } from './visit-phase.js';

/**
 * All stays of callers in queues. Open ones are found by queue, member, user and leg; those that
 * are over stay for ten minutes without an index, so that late news of them revives nothing.
 */
export class VisitTable {
  readonly #visits = new BoundedMap<string, QueueVisit>(MAX_VISITS, (key, visit) => {
    this.#unindex(key, visit);
  });
  readonly #byQueue = new MultiMap();
  readonly #byMember = new MultiMap();
  readonly #byUser = new MultiMap();
  readonly #byOffer = new MultiMap();
  readonly #byLeg = new MultiMap();
  readonly #byCall = new MultiMap();
  /** When a queue last changed something in its offer of a call to a user. */
  readonly #offeredAt = new BoundedMap<string, number>(MAX_VISITS);
  /** Keys of stays that the passing of time will end. */
  readonly #pending = new Set<string>();

  /** Stays known, over ones included. */
  get size(): number {
    return this.#visits.size;
  }

  get evictions(): number {
    return this.#visits.evictions + this.#offeredAt.evictions;
  }

  get(queueId: string, legId: string): QueueVisit | undefined {
    return this.#visits.get(visitKey(queueId, legId));
  }

  /** Puts `visit` in the place of what was known of that caller in that queue. */
  put(visit: QueueVisit, now: number): void {
    const key = visitKey(visit.queueId, visit.legId);
    const before = this.#visits.get(key);
    if (before !== undefined) this.#unindex(key, before);
    this.#visits.set(key, visit);
    if (visitPhase(visit, now) !== 'over') this.#index(key, visit);
    this.#noteOffers(visit, now);
    this.#byLeg.add(visit.legId, key);
    this.#byCall.add(visit.callId, key);
    const isDone = visit.told === VISIT_TOLD.over && visitPhase(visit, now) === 'over';
    if (!isDone && deadlineOf(visit) !== undefined) this.#pending.add(key);
  }

  /** Calls of all open stays. */
  openCallIds(): ReadonlySet<string> {
    const callIds = new Set<string>();
    for (const queueId of this.#byQueue.keys()) {
      for (const visit of this.inQueue(queueId)) callIds.add(visit.callId);
    }
    return callIds;
  }

  /** Open stays in a queue. */
  inQueue(queueId: string): readonly QueueVisit[] {
    return this.#resolve(this.#byQueue.get(queueId));
  }

  /** Open stays that ring or talk, or once rang, at a member. */
  ofMember(memberId: string): readonly QueueVisit[] {
    return this.#resolve(this.#byMember.get(memberId));
  }

  /** Open stays that ring or talk, or once rang, at a user. */
  ofUser(userId: string): readonly QueueVisit[] {
    return this.#resolve(this.#byUser.get(userId));
  }

  /** Whether a queue offers the call to the user, or did so after `since` (epoch ms). */
  offered(userId: string, callId: string, since: number): boolean {
    if ((this.#offeredAt.get(`${userId} ${callId}`) ?? -Infinity) >= since) return true;
    return this.ofUser(userId).some((visit) => visit.callId === callId);
  }

  /** All stays, over or not, of the caller behind a leg. */
  ofLeg(legId: string): readonly QueueVisit[] {
    return this.#resolve(this.#byLeg.get(legId));
  }

  /** All stays, over or not, of a call. */
  ofCall(callId: string): readonly QueueVisit[] {
    return this.#resolve(this.#byCall.get(callId));
  }

  /** Replaces a known stay by one that differs in nothing by which stays are found. */
  amend(visit: QueueVisit): void {
    const key = visitKey(visit.queueId, visit.legId);
    if (this.#visits.has(key)) this.#visits.set(key, visit);
  }

  /** Open stays for which the leg `offerId` rings or rang. */
  ofOffer(offerId: string): readonly QueueVisit[] {
    return this.#resolve(this.#byOffer.get(offerId));
  }

  /** When time alone next changes a stay, epoch ms. */
  nextDeadline(): number | undefined {
    let next: number | undefined;
    for (const visit of this.#resolve(this.#pending)) {
      const deadline = deadlineOf(visit);
      if (deadline !== undefined && (next === undefined || deadline < next)) next = deadline;
    }
    return next;
  }

  /** Stays that time has changed by `now`; whoever asks puts them back changed. */
  expired(now: number): readonly QueueVisit[] {
    return this.#resolve(this.#pending).filter((visit) => {
      const deadline = deadlineOf(visit);
      return deadline !== undefined && deadline <= now;
    });
  }

  /**
   * Forgets what has been over for ten minutes, and what never ended within a day; answers those.
   * Who was sent on may still talk to somebody, so their stays are kept as long as calls are.
   */
  sweep(now: number): readonly QueueVisit[] {
    for (const [key, at] of this.#offeredAt.entries()) {
      if (now - at >= TOMBSTONE_MS) this.#offeredAt.delete(key);
    }
    const unended: QueueVisit[] = [];
    for (const [key, visit] of this.#visits.entries()) {
      const over = visitPhase(visit, now) === 'over';
      const age = now - (over ? lastFactAt(visit) : waitingSince(visit));
      if (age < (over && !mayStillBeServed(visit) ? TOMBSTONE_MS : MAX_CALL_MS)) continue;
      this.#unindex(key, visit);
      this.#visits.delete(key);
      if (!over) unended.push(visit);
    }
    return unended;
  }

  #noteOffers(visit: QueueVisit, now: number): void {
    if (!Number.isFinite(now)) return;
    for (const { userIds } of visitMembers(visit)) {
      for (const userId of userIds) this.#offeredAt.set(`${userId} ${visit.callId}`, now);
    }
  }

  #resolve(keys: ReadonlySet<string>): QueueVisit[] {
    const visits: QueueVisit[] = [];
    for (const key of keys) {
      const visit = this.#visits.get(key);
      if (visit !== undefined) visits.push(visit);
    }
    return visits;
  }

  #index(key: string, visit: QueueVisit): void {
    this.#byQueue.add(visit.queueId, key);
    for (const offer of visit.offers) this.#byOffer.add(offer.offerId, key);
    for (const member of visitMembers(visit)) {
      this.#byMember.add(member.memberId, key);
      for (const userId of member.userIds) this.#byUser.add(userId, key);
    }
  }

  #unindex(key: string, visit: QueueVisit): void {
    this.#byLeg.remove(visit.legId, key);
    this.#byCall.remove(visit.callId, key);
    this.#pending.delete(key);
    this.#byQueue.remove(visit.queueId, key);
    for (const offer of visit.offers) this.#byOffer.remove(offer.offerId, key);
    for (const member of visitMembers(visit)) {
      this.#byMember.remove(member.memberId, key);
      for (const userId of member.userIds) this.#byUser.remove(userId, key);
    }
  }
}

/** Every member that the stay has had to do with. */
export function visitMembers(visit: QueueVisit): readonly MemberRef[] {
  const members = visit.offers.map((offer) => offer.member);
  return visit.connected === undefined ? members : [...members, visit.connected.member];
}

/** When time alone next changes what the stay is, or makes news of it; epoch ms. */
function deadlineOf(visit: QueueVisit): number | undefined {
  const deadlines = [visitDeadline(visit), visitNewsDeadline(visit)].filter(
    (deadline) => deadline !== undefined,
  );
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
}

function visitKey(queueId: string, legId: string): string {
  return `${queueId} ${legId}`;
}

function lastFactAt(visit: QueueVisit): number {
  return Math.max(
    visit.firstAt,
    visit.completedAt ?? 0,
    visit.channelEndedAt ?? 0,
    visit.abandonedAt ?? 0,
    visit.leftAt ?? 0,
    sentAwayAt(visit) ?? 0,
    visit.lostAt ?? 0,
  );
}
