import { BoundedMap } from './bounded-map.js';
import type { ChangeSet } from './change-set.js';
import type {
  CallAnswered,
  CallArrived,
  ChannelEnded,
  HangupRequested,
  LegCall,
} from './call-events.js';
import type { LegTable } from './leg-table.js';
import { BURST_MS, LEAVE_GRACE_MS, LEG_HOLD_MS, MAX_LEGS, TOMBSTONE_MS } from './limits.js';
import type { MemberTable } from './member-table.js';
import {
  answerUserCall,
  applyLegReport,
  arriveUserCall,
  endUserLeg,
  findUserLeg,
  hangUpUserCall,
  type LegReport,
  loseUserLeg,
  openUserCall,
  USER_CALL_TOLD,
  type UserCall,
} from './user-call.js';
import type { LegSnapshot } from './snapshot-events.js';
import { takeUserCallNews } from './user-call-occurrences.js';
import type { UserCallTable } from './user-call-table.js';
import type { VisitTable } from './visit-table.js';

type FoundLeg = Omit<LegSnapshot, 'call'> & {
  readonly call: NonNullable<LegSnapshot['call']>;
  readonly at: number;
};

/** Takes what is told of users' calls to and from their own numbers, and says what happened. */
export class UserCalls {
  readonly #calls: UserCallTable;
  /** When somebody first answered in a call, by its id. */
  readonly #answered = new BoundedMap<string, number>(MAX_LEGS);
  readonly #legs: LegTable;
  readonly #members: MemberTable;
  readonly #visits: VisitTable;

  constructor(calls: UserCallTable, legs: LegTable, members: MemberTable, visits: VisitTable) {
    this.#calls = calls;
    this.#legs = legs;
    this.#members = members;
    this.#visits = visits;
  }

  get size(): number {
    return this.#calls.size;
  }

  get evictions(): number {
    return this.#calls.evictions + this.#answered.evictions;
  }

  /** Takes a report of a user's leg; what is said of an ended one comes too late. */
  applyLeg(report: LegReport, changes: ChangeSet): void {
    const { call: said, legId, userId, at } = report;
    if (said === undefined || this.#legs.endedAt(legId) !== undefined) return;
    const key = this.#keyOf(report, said);
    const known = this.#calls.get(key);
    const isOver = known?.endedAt !== undefined && at > known.endedAt + BURST_MS;
    const before = known === undefined || isOver ? this.#open(userId, said, at) : known;
    this.#put(key, this.#withQueue(applyLegReport(before, report, said), at), at, changes);
    if (said.role === 'callee' && report.state === 'up') this.applyAnswer({ ...said, at }, changes);
  }

  /** Takes the news that a call has come to a user's number, unless the leg has ended. */
  applyArrival({ userId, legId, at, call: said }: CallArrived, changes: ChangeSet): void {
    if (this.#legs.endedAt(legId) !== undefined) return;
    const report = { userId, legId, at, state: 'ringing' as const };
    const key = this.#keyOf(report, said);
    const before = this.#calls.get(key) ?? this.#open(userId, said, at);
    const arrived = arriveUserCall(applyLegReport(before, report, said), at);
    this.#put(key, this.#withQueue(arrived, at), at, changes);
  }

  /** Somebody who was called answered: the callers of that call are connected. */
  applyAnswer({ callId, at }: Pick<CallAnswered, 'callId' | 'at'>, changes: ChangeSet): void {
    if (!this.#answered.has(callId)) this.#answered.set(callId, at);
    this.#change(this.#calls.keysOfCall(callId), at, changes, (call) =>
      call.role === 'caller' ? answerUserCall(call, at) : call,
    );
  }

  requestHangup({ legId, at }: HangupRequested, changes: ChangeSet): void {
    this.#change(this.#calls.keysOfLeg(legId), at, changes, hangUpUserCall);
  }

  endChannel(ended: ChannelEnded, changes: ChangeSet): void {
    const { legId, at } = ended;
    this.#change(this.#calls.keysOfLeg(legId), at, changes, (call) =>
      endUserLeg(call, legId, at, ended),
    );
  }

  /** Takes a leg that a snapshot has; `isQueueCall` when a queue has its call. */
  find(leg: FoundLeg, isQueueCall: boolean, changes: ChangeSet): void {
    const { call: said, userId, at } = leg;
    const key = this.#keyOf(leg, said);
    const known = this.#calls.get(key);
    const isOpen = known !== undefined && known.endedAt === undefined;
    // What is held is told when its time comes.
    if (isOpen && at < known.heldUntil) return;
    const before = isOpen ? known : openUserCall(userId, said, { since: 0, heldUntil: at });
    const isUntold = before.told === USER_CALL_TOLD.nothing;
    const offered = said.role === 'callee' && isQueueCall && isUntold;
    const found = findUserLeg({ ...before, isQueueCall: before.isQueueCall || offered }, leg);
    this.#put(key, found, at, changes);
  }

  /** A snapshot no longer has the leg. */
  lose(legId: string, at: number, changes: ChangeSet): void {
    this.#change(this.#calls.keysOfLeg(legId), at, changes, (call) => loseUserLeg(call, legId, at));
  }

  /** Tells what no queue has claimed by `now`. */
  tick(now: number, changes: ChangeSet): void {
    this.#change(this.#calls.heldKeys, now, changes, (call) => call);
  }

  /** When `tick` next has something to tell, epoch ms. */
  nextDeadline(): number | undefined {
    return this.#calls.nextDeadline();
  }

  /** Forgets calls that ended ten minutes ago, and those that never ended within a day. */
  sweep(now: number): void {
    this.#calls.sweep(now);
    for (const [callId, at] of this.#answered.entries()) {
      if (now - at >= TOMBSTONE_MS) this.#answered.delete(callId);
    }
  }

  /**
   * The part that the leg is of. A transfer makes the target's leg one of the caller's call, but for
   * the user it stays the call that rang, of which it was told.
   */
  #keyOf(
    { userId, legId }: Pick<LegReport, 'userId' | 'legId'>,
    { callId, role }: LegCall,
  ): string {
    for (const key of this.#calls.keysOfLeg(legId)) {
      const call = this.#calls.get(key);
      const isUsers = call?.userId === userId && call.role === role && call.endedAt === undefined;
      if (isUsers && (call.isQueueCall || call.told > USER_CALL_TOLD.nothing)) return key;
    }
    return `${userId} ${callId} ${role}`;
  }

  /** Who serves no queue gets no queue's calls, so theirs need not wait. */
  #open(userId: string, said: LegCall, at: number): UserCall {
    const mayBeQueueCall = said.role === 'callee' && this.#members.ofUser(userId).length > 0;
    const heldUntil = mayBeQueueCall ? at + LEG_HOLD_MS : at;
    const call = openUserCall(userId, said, { since: at, heldUntil });
    const answeredAt = this.#answered.get(said.callId);
    return said.role === 'caller' && answeredAt !== undefined
      ? answerUserCall(call, answeredAt)
      : call;
  }

  #withQueue(call: UserCall, now: number): UserCall {
    const { told, role, callId, userId } = call;
    if (call.isQueueCall || told > 0 || role === 'caller') return call;
    return { ...call, isQueueCall: this.#visits.offered(userId, callId, now - LEAVE_GRACE_MS) };
  }

  #change(
    keys: ReadonlySet<string>,
    now: number,
    changes: ChangeSet,
    next: (call: UserCall) => UserCall,
  ): void {
    // Keeping a call changes the index that `keys` may be.
    const known = Array.from(keys, (key) => [key, this.#calls.get(key)] as const);
    for (const [key, call] of known) {
      if (call !== undefined) this.#put(key, this.#withQueue(next(call), now), now, changes);
    }
  }

  #put(key: string, call: UserCall, now: number, changes: ChangeSet): void {
    const news = takeUserCallNews(call, now);
    const isSilent = news.call.isSilent && news.occurrences.length === 0;
    this.#calls.put(key, { ...news.call, isSilent });
    changes.happened(...news.occurrences);
  }
}
