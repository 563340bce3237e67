import { BoundedMap } from './bounded-map.js';
import { ChangeSet } from './change-set.js';
import type { ChannelEnded, LegEvent } from './call-events.js';
import type {
  AgentLoginChanged,
  Changes,
  DomainEvent,
  QueueMemberEvent,
  UserEvent,
} from './events.js';
import { LegTable } from './leg-table.js';
import { MAX_PRESENCES } from './limits.js';
import { MemberTable } from './member-table.js';
import { MissedCalls } from './missed-calls.js';
import { endWrapUp, memberState, type QueueMember } from './queue-member.js';
import { ParkedCalls } from './parked-calls.js';
import { type QueueStatus, queueStatus } from './queue-status.js';
import { QueueCalls } from './queue-calls.js';
import { settingChanged } from './setting-occurrences.js';
import {
  applyToPresence,
  isDoNotDisturb,
  UNKNOWN_PRESENCE,
  type UserPresence,
} from './user-presence.js';
import { UserCalls } from './user-calls.js';
import { type UserAvailability, userAvailability } from './user-availability.js';
import { type UserStatus, userStatus } from './user-status.js';
import { busyMembers } from './visit-phase.js';
import { VisitTable } from './visit-table.js';
import { wrapUpEnded } from './wrap-up-occurrences.js';

/**
 * The state of a contact center, computed from domain events that may come late, twice or in any
 * order within a burst. It does no I/O and has no clock: `apply` takes events with their times,
 * `tick` takes the time, and the same calls always give the same answers.
 */
export class ContactCenter {
  readonly #visits = new VisitTable();
  readonly #members = new MemberTable();
  readonly #legs = new LegTable();
  readonly #queueCalls = new QueueCalls(this.#visits, this.#members, this.#legs);
  readonly #userCalls = new UserCalls(this.#legs, this.#members, this.#visits);
  readonly #parked = new ParkedCalls();
  readonly #missed = new MissedCalls(this.#visits);
  readonly #presences = new BoundedMap<string, UserPresence>(MAX_PRESENCES);
  readonly #talking = new BoundedMap<string, Talking>(MAX_PRESENCES);
  /** Users whose agent logged in, by user id. */
  readonly #loggedInAgents = new BoundedMap<string, true>(MAX_PRESENCES);
  readonly #knownQueues = new BoundedMap<string, true>(MAX_PRESENCES);

  /** Applies one event; says which states may read differently and what happened. */
  apply(event: DomainEvent): Changes {
    const changes = new ChangeSet();
    switch (event.kind) {
      case 'queue-call-announced':
      case 'queue-call-joined':
      case 'queue-call-offered':
      case 'queue-call-offer-ended':
      case 'queue-call-connected':
      case 'queue-call-completed':
      case 'queue-call-abandoned':
      case 'queue-call-left':
        this.#queueCalls.apply(event, changes);
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
      case 'call-answered':
        this.#userCalls.applyAnswer(event, changes);
        break;
      case 'hangup-requested':
        this.#userCalls.requestHangup(event, changes);
        break;
      case 'call-missed':
        this.#missed.apply(event, changes);
        break;
      case 'call-parked':
      case 'call-unparked':
        for (const userId of this.#parked.apply(event)) changes.user(userId);
        break;
      case 'channel-ended':
        this.#endChannel(event, changes);
        break;
      case 'presence-changed':
      case 'do-not-disturb-changed':
      case 'terminal-changed':
      case 'setting-changed':
        this.#applyUser(event, changes);
        break;
    }
    for (const queueId of changes.queues) this.#knownQueues.set(queueId, true);
    this.#noteTalking(changes, event.at);
    return changes;
  }

  /** Applies the passing of time up to `now`: ends wrap-ups and graces that are due. */
  tick(now: number): Changes {
    const changes = new ChangeSet();
    this.#queueCalls.tick(now, changes);
    this.#userCalls.tick(now, changes);
    for (const member of this.#members.wrappingUp()) {
      if (member.wrapUp !== undefined && member.wrapUp.end <= now) {
        changes.happened(...wrapUpEnded(member, now));
        this.#members.replace(endWrapUp(member, now));
        this.#members.touch(member.member, changes);
      }
    }
    this.#noteTalking(changes, now);
    return changes;
  }

  /** When `tick` next has something to do, epoch ms; undefined while only events can change things. */
  nextDeadline(now: number): number | undefined {
    const ends = this.#members.wrappingUp().map((member) => member.wrapUp?.end ?? now);
    for (const table of [this.#visits, this.#userCalls]) {
      const deadline = table.nextDeadline();
      if (deadline !== undefined) ends.push(deadline);
    }
    return ends.length === 0 ? undefined : ends.reduce((first, end) => Math.min(first, end));
  }

  /**
   * Forgets what nobody can ask about any more; call it about once a minute. A call whose end was
   * lost goes after a day, which changes states.
   */
  sweep(now: number): Changes {
    const changes = new ChangeSet();
    for (const visit of this.#visits.sweep(now)) this.#queueCalls.touch(visit, changes);
    for (const userId of this.#legs.sweep(now)) changes.user(userId);
    for (const userId of this.#parked.sweep(now)) changes.user(userId);
    this.#members.sweep(now);
    this.#userCalls.sweep(now);
    this.#missed.sweep(now);
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
        parkedCalls: this.#parked.count(userId),
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
  sizes(): Readonly<Record<SizedTable | 'evictions', number>> {
    return {
      visits: this.#visits.size,
      members: this.#members.size,
      legs: this.#legs.size,
      userCalls: this.#userCalls.size,
      missedCalls: this.#missed.size,
      parkedCalls: this.#parked.size,
      presences: this.#presences.size,
      evictions: this.#evictions(),
    };
  }

  #evictions(): number {
    const tables = [
      this.#visits,
      this.#members,
      this.#legs,
      this.#userCalls,
      this.#missed,
      this.#parked,
      this.#presences,
      this.#talking,
      this.#loggedInAgents,
      this.#knownQueues,
    ];
    return tables.reduce((sum, table) => sum + table.evictions, 0);
  }

  #applyMember(event: QueueMemberEvent, changes: ChangeSet): void {
    const before = this.#members.get(event.queueId, event.member.memberId);
    this.#members.apply(event);
    if (event.kind === 'queue-member-removed') this.#forgetLogins(event.member.userIds);
    if (before !== undefined) this.#members.touch(before.member, changes);
    if (before !== undefined) this.#tellLostWrapUps([before], event.at, changes);
    changes.queue(event.queueId);
    this.#members.touch(event.member, changes);
  }

  /** Who has left the last queue is not logged in any more, whatever the agent's login said. */
  #forgetLogins(userIds: readonly string[]): void {
    for (const userId of userIds) {
      if (this.#members.ofUser(userId).length === 0) this.#loggedInAgents.delete(userId);
    }
  }

  #applyAgentLogin(event: AgentLoginChanged, changes: ChangeSet): void {
    this.#members.touch(event.member, changes);
    for (const userId of event.member.userIds) {
      if (event.loggedIn) this.#loggedInAgents.set(userId, true);
      else this.#loggedInAgents.delete(userId);
    }
    if (event.loggedIn) return;
    const logins = this.#members.ofMember(event.member.memberId);
    this.#members.removeEverywhere(event);
    this.#tellLostWrapUps(logins, event.at, changes);
  }

  /** Who logs off in the middle of a wrap-up ends it. */
  #tellLostWrapUps(logins: readonly QueueMember[], at: number, changes: ChangeSet): void {
    for (const login of logins) {
      const { queueId, member } = login;
      const isGone = this.#members.get(queueId, member.memberId) === undefined;
      if (isGone) changes.happened(...wrapUpEnded(login, at));
    }
  }

  #applyLeg(event: LegEvent, changes: ChangeSet): void {
    const userId = this.#legs.apply(event);
    if (userId !== undefined) changes.user(userId);
    if (event.kind === 'leg-changed') this.#userCalls.applyLeg(event, changes);
  }

  #endChannel(event: ChannelEnded, changes: ChangeSet): void {
    const userId = this.#legs.end(event.legId, event.at);
    if (userId !== undefined) changes.user(userId);
    for (const parker of this.#parked.end(event.legId, event.at)) changes.user(parker);
    this.#userCalls.endChannel(event, changes);
    this.#queueCalls.endChannel(event, changes);
  }

  #applyUser(event: UserEvent, changes: ChangeSet): void {
    const before = this.#presence(event.userId);
    this.#presences.set(event.userId, applyToPresence(before, event));
    if (event.kind === 'setting-changed') changes.happened(...settingChanged(before, event));
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
}

type SizedTable =
  'visits' | 'members' | 'legs' | 'userCalls' | 'missedCalls' | 'parkedCalls' | 'presences';

interface Talking {
  readonly talking: boolean;
  readonly since: number;
}
