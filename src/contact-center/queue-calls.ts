import type { ChangeSet } from './change-set.js';
import type { ChannelEnded, QueueCallEvent, QueueExit } from './call-events.js';
import type { MemberRef, WrapUpEvent } from './events.js';
import type { LegTable } from './leg-table.js';
import type { MemberTable } from './member-table.js';
import { takeVisitNews } from './queue-call-occurrences.js';
import { QueueExits } from './queue-exits.js';
import { endWrapUp, startWrapUp, wrapUpTime } from './queue-member.js';
import {
  applyToVisit,
  endOffer,
  endVisitChannel,
  openVisit,
  type QueueVisit,
  sentAwayAt,
  VISIT_TOLD,
} from './queue-visit.js';
import { isNewStay } from './visit-phase.js';
import { ToldWrapUps } from './told-wrap-ups.js';
import { unservedCaller } from './unserved-callers.js';
import { visitMembers, type VisitTable } from './visit-table.js';
import { waitOutcome } from './wait-outcome.js';
import { wrapUpEnded, wrapUpStarted } from './wrap-up-occurrences.js';

/** Leads what is told of callers in queues to the stays and members that it changes. */
export class QueueCalls {
  readonly #visits: VisitTable;
  readonly #members: MemberTable;
  readonly #legs: LegTable;
  readonly #exits = new QueueExits();
  readonly #wrapUps: ToldWrapUps;

  constructor(visits: VisitTable, members: MemberTable, legs: LegTable) {
    this.#visits = visits;
    this.#members = members;
    this.#legs = legs;
    this.#wrapUps = new ToldWrapUps(members, visits);
  }

  apply(event: QueueCallEvent, changes: ChangeSet): void {
    const known = this.#visits.get(event.queueId, event.legId);
    const before = this.#stayOf(event, known, changes);
    const after = applyToVisit(before, event);
    if (after === known) return;
    this.#tellSentOn(event, changes);
    this.#endWrapUpsBy(event, before, changes);
    this.keep(after, event.at, changes);
    this.#startWrapUpBy(event, before, changes);
  }

  get size(): number {
    return this.#exits.size;
  }

  get evictions(): number {
    return this.#exits.evictions;
  }

  /** A queue says why it let go of a caller. */
  applyExit(exit: QueueExit, changes: ChangeSet): void {
    const visit = this.#exits.apply(exit, this.#visits.ofLeg(exit.legId));
    if (visit !== undefined) this.keep(visit, exit.at, changes);
  }

  /** Forgets exits of callers who are in no queue. */
  sweep(now: number): void {
    this.#exits.sweep(now);
  }

  /** A channel is gone: the caller's own, or one that rang at a member. */
  endChannel({ legId, at, cause }: ChannelEnded, changes: ChangeSet): void {
    for (const visit of this.#visits.ofLeg(legId)) {
      const ended = endVisitChannel(visit, at, cause);
      if (ended !== visit) this.keep(ended, at, changes);
    }
    for (const visit of this.#visits.ofOffer(legId)) {
      const ended = endOffer(visit, legId, at);
      if (ended !== visit) this.keep(ended, at, changes);
    }
  }

  /** Somebody answered in the call: a caller whom a queue sent on has found an ear. */
  noteAnswer(callId: string, at: number): void {
    for (const visit of this.#visits.ofCall(callId)) {
      const { callAnsweredAt = -Infinity } = visit;
      if (at > callAnsweredAt) this.#visits.amend({ ...visit, callAnsweredAt: at });
    }
  }

  /** Ends the graces that are over at `now`. */
  tick(now: number, changes: ChangeSet): void {
    for (const visit of this.#visits.expired(now)) this.keep(visit, now, changes);
  }

  /** Keeps the stay, and tells what of it is news at `now`. */
  keep(visit: QueueVisit, now: number, changes: ChangeSet): void {
    const { queueId, connected } = visit;
    const member = connected && this.#members.get(queueId, connected.member.memberId);
    const wrapUpSeconds = wrapUpTime(member, connected?.wrapUpSeconds ?? 0);
    const news = takeVisitNews(visit, now, wrapUpSeconds);
    const unserved = unservedCaller(news.visit);
    const told =
      unserved === undefined ? news.visit : { ...news.visit, unservedTold: unserved.kind };
    this.#visits.put(told, now);
    this.touch(told, changes);
    changes.happened(...news.occurrences);
    if (told.told === VISIT_TOLD.over) this.#wrapUps.tellDue(told, changes);
    if (unserved !== undefined) changes.happened(unserved);
    this.#endWait(visit, told, changes);
  }

  #endWait(before: QueueVisit, after: QueueVisit, changes: ChangeSet): void {
    const outcome = waitOutcome(before, after);
    if (outcome !== undefined) changes.waited(outcome);
    if (after.connected !== undefined) this.noteAnswer(after.callId, after.connected.at);
  }

  /** Begins, or ends, a wrap-up that its system tells of. */
  applyWrapUp(event: WrapUpEvent, changes: ChangeSet): void {
    const { queueId, member, at } = event;
    const login = this.#members.get(queueId, member.memberId);
    if (login === undefined) return;
    if (event.kind === 'wrap-up-begun') {
      this.#wrapUps.begin(login, event, changes);
    } else {
      const visit = this.#wrapUps.dueAfter(login);
      if (visit !== undefined) this.keep(visit, Infinity, changes);
      this.#wrapUps.end(login, at, changes);
    }
    this.#members.touch(member, changes);
  }

  /** Notes that the stay may read differently. */
  touch(visit: QueueVisit, changes: ChangeSet): void {
    changes.queue(visit.queueId);
    for (const member of visitMembers(visit)) this.#members.touch(member, changes);
  }

  /** The stay that the event belongs to: the one known, or a new one. */
  #stayOf(event: QueueCallEvent, known: QueueVisit | undefined, changes: ChangeSet): QueueVisit {
    if (known !== undefined) {
      if (!beginsStay(event) || !isNewStay(known, event.at)) return known;
      this.keep(known, Infinity, changes);
    }
    const visit = this.#exits.take(openVisit(event));
    const endedAt = this.#legs.endedAt(event.legId);
    return endedAt === undefined ? visit : endVisitChannel(visit, endedAt);
  }

  /** A caller who comes to a queue lives, so the queue that let go of the call had sent it on. */
  #tellSentOn(event: QueueCallEvent, changes: ChangeSet): void {
    if (!beginsStay(event)) return;
    for (const visit of this.#visits.ofLeg(event.legId)) {
      const letGo = visit.abandonedAt ?? visit.leftAt ?? sentAwayAt(visit);
      const elsewhere = visit.queueId !== event.queueId && visit.connected === undefined;
      if (elsewhere && letGo !== undefined) this.keep(visit, Infinity, changes);
    }
  }

  /** A call to a member ends the wrap-ups that still run. */
  #endWrapUpsBy(event: QueueCallEvent, before: QueueVisit, changes: ChangeSet): void {
    if (event.kind !== 'queue-call-offered' && event.kind !== 'queue-call-connected') return;
    // One who answers may have logged off while it rang; one who is rung is there.
    if (event.kind === 'queue-call-offered')
      this.#members.ensure(event.queueId, event.member, event.at);
    if (before.completedAt === undefined) this.#endWrapUps(event.member, event.at, changes);
  }

  #endWrapUps(member: MemberRef, at: number, changes: ChangeSet): void {
    for (const login of this.#members.ofMember(member.memberId)) {
      const ended = endWrapUp(login, at);
      if (ended === login) continue;
      changes.happened(...wrapUpEnded(login, at));
      this.#members.replace(ended);
    }
  }

  #startWrapUpBy(event: QueueCallEvent, before: QueueVisit, changes: ChangeSet): void {
    if (event.kind !== 'queue-call-completed' || before.completedAt !== undefined) return;
    const { queueId, member, at } = event;
    const login = this.#members.get(queueId, member.memberId);
    if (login !== undefined) {
      const wrappingUp = startWrapUp(login, at, event.wrapUpSeconds, event);
      if (wrappingUp !== login) {
        changes.happened(...wrapUpEnded(login, at), ...wrapUpStarted(wrappingUp));
        this.#members.replace(wrappingUp);
      }
    }
    this.#members.touch(member, changes);
  }
}

function beginsStay({ kind }: QueueCallEvent): boolean {
  return kind === 'queue-call-announced' || kind === 'queue-call-joined';
}
