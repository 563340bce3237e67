import { BoundedMap } from './bounded-map.js';
import { ChangeSet } from './change-set.js';
import type {
  AgentLoginChanged,
  Changes,
  DomainEvent,
  LegEvent,
  MemberRef,
  QueueCallEvent,
  QueueMemberEvent,
  UserEvent,
} from './events.js';
import { LegTable } from './leg-table.js';
import { MAX_PRESENCES } from './limits.js';
import { MemberTable } from './member-table.js';
import { endWrapUp, memberState, type QueueMember, startWrapUp } from './queue-member.js';
import { type QueueStatus, queueStatus } from './queue-status.js';
import {
  applyToVisit,
  busyMembers,
  callerGaveUp,
  endOffer,
  endVisitChannel,
  isNewStay,
  openVisit,
  type QueueVisit,
} from './queue-visit.js';
import {
  applyToPresence,
  isDoNotDisturb,
  UNKNOWN_PRESENCE,
  type UserPresence,
} from './user-presence.js';
import { type UserAvailability, userAvailability } from './user-availability.js';
import { type UserStatus, userStatus } from './user-status.js';
import { visitMembers, VisitTable } from './visit-table.js';

/**
 * The state of a contact center, computed from domain events that may come late, twice or in any
 * order within a burst. It does no I/O and has no clock: `apply` takes events with their times,
 * `tick` takes the time, and the same calls always give the same answers.
 */
export class ContactCenter {
  readonly #visits = new VisitTable();
  readonly #members = new MemberTable();
  readonly #legs = new LegTable();
  readonly #presences = new BoundedMap<string, UserPresence>(MAX_PRESENCES);
  readonly #talking = new BoundedMap<string, Talking>(MAX_PRESENCES);
  /** Users whose agent logged in, by user id. */
  readonly #loggedInAgents = new BoundedMap<string, true>(MAX_PRESENCES);
  readonly #knownQueues = new BoundedMap<string, true>(MAX_PRESENCES);

  /** Applies one event; says which states may read differently and what happened. */
  apply(event: DomainEvent): Changes {
    const changes = new ChangeSet();
    switch (event.kind) {
      case 'queue-call-joined':
      case 'queue-call-offered':
      case 'queue-call-offer-ended':
      case 'queue-call-connected':
      case 'queue-call-completed':
      case 'queue-call-abandoned':
      case 'queue-call-left':
        this.#applyQueueCall(event, changes);
        break;
      case 'queue-member-added':
      case 'queue-member-changed':
      case 'queue-member-removed':
        this.#applyMember(event, changes);
        break;
      case 'agent-login-changed':
        this.#applyAgentLogin(event, changes);
        break;
      case 'leg-changed':
      case 'leg-held':
        this.#applyLeg(event, changes);
        break;
      case 'channel-ended':
        this.#endChannel(event.legId, event.at, changes);
        break;
      case 'presence-changed':
      case 'do-not-disturb-changed':
      case 'terminal-changed':
        this.#applyUser(event, changes);
        break;
    }
    this.#noteTalking(changes, event.at);
    return changes;
  }

  /** Applies the passing of time up to `now`: ends wrap-ups and graces that are due. */
  tick(now: number): Changes {
    const changes = new ChangeSet();
    for (const visit of this.#visits.takeExpired(now)) this.#touchVisit(visit, changes);
    for (const member of this.#members.wrappingUp()) {
      if (member.wrapUp !== undefined && member.wrapUp.end <= now) {
        this.#members.replace(endWrapUp(member, now));
        this.#touchMember(member.member, changes);
      }
    }
    this.#noteTalking(changes, now);
    return changes;
  }

  /** When `tick` next has something to do, epoch ms; undefined while only events can change things. */
  nextDeadline(now: number): number | undefined {
    const ends = this.#members.wrappingUp().map((member) => member.wrapUp?.end ?? now);
    const grace = this.#visits.nextDeadline();
    if (grace !== undefined) ends.push(grace);
    return ends.length === 0 ? undefined : ends.reduce((first, end) => Math.min(first, end));
  }

  /**
   * Forgets what nobody can ask about any more; call it about once a minute. A call whose end was
   * lost goes after a day, which changes states.
   */
  sweep(now: number): Changes {
    const changes = new ChangeSet();
    for (const visit of this.#visits.sweep(now)) this.#touchVisit(visit, changes);
    for (const userId of this.#legs.sweep(now)) changes.user(userId);
    this.#members.sweep(now);
    this.#noteTalking(changes, now);
    return changes;
  }

  userStatus(userId: string, now: number): UserStatus {
    const talking = this.#talking.get(userId);
    return userStatus(
      {
        userId,
        presence: this.#presence(userId),
        memberships: this.#members.ofUser(userId),
        visits: this.#visits.ofUser(userId),
        agentLoggedIn: this.#loggedInAgents.has(userId),
        talking: talking?.talking ?? false,
        talkingSince: talking?.since ?? null,
        isBusy: (memberId) => this.#isBusy(memberId, now),
      },
      now,
    );
  }

  /** The user's availability; undefined while no source has said anything of it. */
  userAvailability(userId: string): UserAvailability | undefined {
    return userAvailability(userId, this.#presence(userId));
  }

  queueStatus(queueId: string, now: number): QueueStatus {
    return queueStatus(
      {
        queueId,
        known: this.#knownQueues.has(queueId),
        members: this.#members.inQueue(queueId),
        visits: this.#visits.inQueue(queueId),
        stateOf: (member) => this.#stateOf(member, now),
      },
      now,
    );
  }

  /** Entries per table and how many the bounds pushed out, for metrics. */
  sizes(): { visits: number; members: number; legs: number; presences: number; evictions: number } {
    return {
      visits: this.#visits.size,
      members: this.#members.size,
      legs: this.#legs.size,
      presences: this.#presences.size,
      evictions: this.#evictions(),
    };
  }

  #evictions(): number {
    const tables = [
      this.#visits,
      this.#members,
      this.#legs,
      this.#presences,
      this.#talking,
      this.#loggedInAgents,
      this.#knownQueues,
    ];
    return tables.reduce((sum, table) => sum + table.evictions, 0);
  }

  #applyQueueCall(event: QueueCallEvent, changes: ChangeSet): void {
    const known = this.#visits.get(event.queueId, event.legId);
    const before = this.#stayOf(event, known);
    const after = applyToVisit(before, event);
    if (after === known) return;
    this.#applyToMemberOf(event, before, changes);
    this.#putVisit(after, event.at, changes);
  }

  /** The stay that the event belongs to: the one known, or a new one. */
  #stayOf(event: QueueCallEvent, known: QueueVisit | undefined): QueueVisit {
    if (known !== undefined) {
      const starts = event.kind === 'queue-call-joined' && isNewStay(known, event.at);
      if (!starts) return known;
    }
    const visit = openVisit(event);
    const endedAt = this.#legs.endedAt(event.legId);
    return endedAt === undefined ? visit : endVisitChannel(visit, endedAt);
  }

  #applyToMemberOf(event: QueueCallEvent, before: QueueVisit, changes: ChangeSet): void {
    if (event.kind === 'queue-call-offered' || event.kind === 'queue-call-connected') {
      this.#members.ensure(event.queueId, event.member, event.at);
      if (before.completedAt === undefined) this.#endWrapUps(event.member, event.at);
    }
    if (event.kind === 'queue-call-completed' && before.completedAt === undefined) {
      this.#members.ensure(event.queueId, event.member, event.at);
      const member = this.#members.get(event.queueId, event.member.memberId);
      if (member !== undefined) {
        this.#members.replace(startWrapUp(member, event.at, event.wrapUpSeconds));
      }
      this.#touchMember(event.member, changes);
    }
  }

  #endWrapUps(member: MemberRef, at: number): void {
    for (const login of this.#members.ofMember(member.memberId)) {
      if (login.wrapUp !== undefined) this.#members.replace(endWrapUp(login, at));
    }
  }

  #putVisit(visit: QueueVisit, at: number, changes: ChangeSet): void {
    const gaveUp = !visit.gaveUpTold && callerGaveUp(visit);
    const told = gaveUp ? { ...visit, gaveUpTold: true } : visit;
    this.#visits.put(told, at);
    this.#touchVisit(told, changes);
    if (!gaveUp) return;
    const { queueId, callId, legId, callerNumber, callerName } = visit;
    changes.happened({
      kind: 'caller-gave-up',
      at: visit.abandonedAt ?? at,
      queueId,
      callId,
      legId,
      callerNumber,
      callerName,
    });
  }

  #applyMember(event: QueueMemberEvent, changes: ChangeSet): void {
    const before = this.#members.get(event.queueId, event.member.memberId);
    this.#members.apply(event);
    if (event.kind === 'queue-member-removed') this.#forgetLogins(event.member.userIds);
    if (before !== undefined) this.#touchMember(before.member, changes);
    this.#touchQueue(event.queueId, changes);
    this.#touchMember(event.member, changes);
  }

  /** Who has left the last queue is not logged in any more, whatever the agent's login said. */
  #forgetLogins(userIds: readonly string[]): void {
    for (const userId of userIds) {
      if (this.#members.ofUser(userId).length === 0) this.#loggedInAgents.delete(userId);
    }
  }

  #applyAgentLogin(event: AgentLoginChanged, changes: ChangeSet): void {
    this.#touchMember(event.member, changes);
    for (const userId of event.member.userIds) {
      if (event.loggedIn) this.#loggedInAgents.set(userId, true);
      else this.#loggedInAgents.delete(userId);
    }
    if (!event.loggedIn) this.#members.removeEverywhere(event);
  }

  #applyLeg(event: LegEvent, changes: ChangeSet): void {
    const userId = this.#legs.apply(event);
    if (userId !== undefined) changes.user(userId);
  }

  #endChannel(legId: string, at: number, changes: ChangeSet): void {
    const userId = this.#legs.end(legId, at);
    if (userId !== undefined) changes.user(userId);
    for (const visit of this.#visits.ofLeg(legId)) {
      const ended = endVisitChannel(visit, at);
      if (ended !== visit) this.#putVisit(ended, at, changes);
    }
    for (const visit of this.#visits.ofOffer(legId)) {
      const ended = endOffer(visit, legId);
      if (ended !== visit) this.#putVisit(ended, at, changes);
    }
  }

  #applyUser(event: UserEvent, changes: ChangeSet): void {
    this.#presences.set(event.userId, applyToPresence(this.#presence(event.userId), event));
    changes.user(event.userId);
    if (event.kind === 'terminal-changed') return;
    changes.availability(event.userId);
    for (const login of this.#members.ofUser(event.userId)) changes.queue(login.queueId);
  }

  #presence(userId: string): UserPresence {
    return this.#presences.get(userId) ?? UNKNOWN_PRESENCE;
  }

  /** An agent that several users share counts as disturbed only when none of them wants calls. */
  #stateOf(login: QueueMember, now: number): ReturnType<typeof memberState> {
    const { memberId, userIds } = login.member;
    const doNotDisturb =
      userIds.length > 0 && userIds.every((userId) => isDoNotDisturb(this.#presence(userId)));
    return memberState(login, now, { busy: this.#isBusy(memberId, now), doNotDisturb });
  }

  #isBusy(memberId: string, now: number): boolean {
    return this.#visits
      .ofMember(memberId)
      .some((visit) => busyMembers(visit, now).some((member) => member.memberId === memberId));
  }

  #isTalking(userId: string, now: number): boolean {
    if (this.#legs.hasLegs(userId)) return true;
    return this.#visits
      .ofUser(userId)
      .some((visit) => busyMembers(visit, now).some((member) => member.userIds.includes(userId)));
  }

  /** Remembers when talking began or ended, of everyone that the change may concern. */
  #noteTalking(changes: ChangeSet, at: number): void {
    for (const userId of changes.users) {
      const talking = this.#isTalking(userId, at);
      const known = this.#talking.get(userId);
      if (talking !== (known?.talking ?? false)) this.#talking.set(userId, { talking, since: at });
    }
  }

  #touchVisit(visit: QueueVisit, changes: ChangeSet): void {
    this.#touchQueue(visit.queueId, changes);
    for (const member of visitMembers(visit)) this.#touchMember(member, changes);
  }

  /** A member's state shows in the status of its users and of every queue that it serves. */
  #touchMember(member: MemberRef, changes: ChangeSet): void {
    for (const userId of member.userIds) changes.user(userId);
    for (const login of this.#members.ofMember(member.memberId)) changes.queue(login.queueId);
  }

  #touchQueue(queueId: string, changes: ChangeSet): void {
    this.#knownQueues.set(queueId, true);
    changes.queue(queueId);
  }
}

interface Talking {
  readonly talking: boolean;
  readonly since: number;
}
