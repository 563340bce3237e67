import { AgentLogins } from './agent-logins.js';
import { BoundedMap } from './bounded-map.js';
import type { ChannelEnded, LegEvent, ParkingEvent } from './call-events.js';
import { CallSnapshots } from './call-snapshots.js';
import { ChangeSet } from './change-set.js';
import type { Changes, DomainEvent } from './events.js';
import { LegTable } from './leg-table.js';
import { MAX_PRESENCES } from './limits.js';
import { MemberSnapshots } from './member-snapshots.js';
import { isServing, type MemberCircumstances, memberState } from './member-state.js';
import { MemberTable } from './member-table.js';
import { MissedCalls } from './missed-calls.js';
import { ParkedCalls } from './parked-calls.js';
import { parkers } from './parkers.js';
import { PresenceTable } from './presence-table.js';
import { QueueCalls } from './queue-calls.js';
import type { QueueMember } from './queue-member.js';
import type { QueueRules } from './queue-rules.js';
import { type QueueStatus, queueStatus } from './queue-status.js';
import { QueueWatch } from './queue-watch.js';
import type { Snapshot } from './snapshot-events.js';
import { breachAlerts } from './service-level-breach.js';
import { Snapshots } from './snapshots.js';
import { Supervisions } from './supervisions.js';
import { TalkingTimes } from './talking-times.js';
import { Transfers } from './transfers.js';
import { type UserAvailability, userAvailability } from './user-availability.js';
import { UserCalls } from './user-calls.js';
import { type UserStatus, userStatus } from './user-status.js';
import { busyMembers } from './visit-phase.js';
import { VisitSnapshots } from './visit-snapshots.js';
import { VisitTable } from './visit-table.js';

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
  readonly #transfers = new Transfers(this.#legs, this.#userCalls, this.#visits);
  readonly #supervisions = new Supervisions(this.#legs, this.#userCalls, this.#visits);
  readonly #parked = new ParkedCalls();
  readonly #logins = new AgentLogins(this.#members);
  readonly #presences = new PresenceTable(this.#members);
  readonly #missed = new MissedCalls(this.#visits, this.#presences);
  readonly #snapshots = new Snapshots({
    members: new MemberSnapshots(this.#members, this.#logins),
    visits: new VisitSnapshots(this.#visits, this.#queueCalls),
    calls: new CallSnapshots({
      legs: this.#legs,
      userCalls: this.#userCalls,
      supervisions: this.#supervisions,
      parked: this.#parked,
      visits: this.#visits,
    }),
    presences: this.#presences,
    logins: this.#logins,
  });
  readonly #talking = new TalkingTimes({
    visits: this.#visits,
    legs: this.#legs,
    members: this.#members,
    presences: this.#presences,
  });
  readonly #knownQueues = new BoundedMap<string, true>(MAX_PRESENCES);
  readonly #watch = new QueueWatch(this.#visits, (queueId) => this.#knownQueues.has(queueId));

  /**
   * Takes over what is laid down for queues, in the place of all that was before; `now` is epoch
   * ms. Says which states read differently because of it.
   * @throws RangeError for a schedule in a time zone that does not exist
   */
  setQueueRules(queues: Iterable<QueueRules>, now: number): Changes {
    const changes = new ChangeSet();
    this.#watch.setRules(queues, now, changes);
    return changes;
  }

  /** Applies one event; says which states may read differently and what happened. */
  apply(event: DomainEvent): Changes {
    const changes = new ChangeSet();
    this.#snapshots.note(event);
    switch (event.kind) {
      case 'queue-call-announced':
      case 'queue-call-joined':
      case 'queue-call-offered':
      case 'queue-call-offer-ended':
      case 'queue-call-connected':
      case 'queue-call-completed':
      case 'queue-call-abandoned':
      case 'queue-call-left':
      case 'queue-call-answered':
      case 'queue-callback-requested':
        this.#queueCalls.apply(event, changes);
        this.#transfers.review(event.legId, event.callId, changes);
        break;
      case 'queue-exit':
        this.#queueCalls.applyExit(event, changes);
        break;
      case 'queue-member-added':
      case 'queue-member-changed':
      case 'queue-member-removed':
        this.#logins.applyMember(event, changes);
        break;
      case 'wrap-up-begun':
      case 'wrap-up-over':
        this.#queueCalls.applyWrapUp(event, changes);
        break;
      case 'agent-login-changed':
        this.#logins.applyLogin(event, changes);
        break;
      case 'leg-changed':
      case 'leg-held':
        this.#applyLeg(event, changes);
        break;
      case 'call-arrived':
        this.#userCalls.applyArrival(event, changes);
        break;
      case 'call-answered':
        this.#userCalls.applyAnswer(event, changes);
        this.#transfers.applyAnswer(event, changes);
        this.#queueCalls.noteAnswer(event.callId, event.at);
        break;
      case 'hangup-requested':
        this.#userCalls.requestHangup(event, changes);
        break;
      case 'call-missed':
        this.#missed.apply(event, changes);
        break;
      case 'call-parked':
      case 'call-unparked':
        this.#applyParking(event, changes);
        break;
      case 'call-transfer':
        this.#transfers.apply(event, changes);
        break;
      case 'call-supervision':
        this.#supervisions.apply(event, changes);
        break;
      case 'channel-ended':
        this.#endChannel(event, changes);
        break;
      case 'callback-made':
        changes.happened(event);
        break;
      case 'service-level-breached':
        changes.happened(...breachAlerts(event, this.#visits.inQueue(event.queueId)));
        break;
      case 'presence-changed':
      case 'do-not-disturb-changed':
      case 'terminal-changed':
      case 'phone-changed':
      case 'setting-changed':
      case 'availability-set':
      case 'availability-ended':
        this.#presences.apply(event, changes);
        break;
      case 'snapshot-begun':
        this.#snapshots.begin(event.snapshotId, event.at);
        break;
      case 'snapshot':
        this.#applySnapshot(event, changes);
        break;
      case 'backlog-begun':
      case 'backlog-over':
        // Whoever keeps the time, and tells what happened, has to know.
        break;
    }
    for (const queueId of changes.queues) this.#knownQueues.set(queueId, true);
    if (event.kind === 'snapshot') this.#forgetQueues(event);
    this.#talking.note(changes.users, event.at);
    this.#watch.note(changes);
    return changes;
  }

  /** Applies the passing of time up to `now`: ends wrap-ups and graces that are due. */
  tick(now: number): Changes {
    const changes = new ChangeSet();
    this.#queueCalls.tick(now, changes);
    this.#userCalls.tick(now, changes);
    this.#transfers.tick(now, changes);
    this.#supervisions.tick(now, changes);
    this.#logins.tick(now, changes);
    this.#presences.tick(now, changes);
    this.#watch.tick(now, changes);
    this.#talking.note(changes.users, now);
    return changes;
  }

  /** When `tick` next has something to do, epoch ms; undefined while only events can change things. */
  nextDeadline(now: number): number | undefined {
    const deadlines = [
      this.#visits,
      this.#userCalls,
      this.#transfers,
      this.#supervisions,
      this.#presences,
      this.#watch,
    ]
      .map((table) => table.nextDeadline(now))
      .filter((deadline) => deadline !== undefined);
    deadlines.push(...this.#logins.wrapUpEnds());
    return deadlines.length === 0 ? undefined : Math.min(...deadlines);
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
    this.#queueCalls.sweep(now);
    this.#transfers.sweep(now);
    this.#supervisions.sweep(now);
    this.#missed.sweep(now);
    this.#snapshots.sweep(now);
    this.#talking.note(changes.users, now);
    this.#watch.note(changes);
    return changes;
  }

  userStatus(userId: string, now: number): UserStatus {
    const talking = this.#talking.get(userId);
    return userStatus(
      {
        userId,
        presence: this.#presences.get(userId),
        memberships: this.#members.ofUser(userId),
        visits: this.#visits.ofUser(userId),
        parkedCalls: this.#parked.count(userId),
        agentLoggedIn: this.#logins.isLoggedIn(userId),
        talking: talking?.talking ?? false,
        talkingSince: talking?.since ?? null,
        stateOf: (login) => this.#stateOf(login, now, [userId]),
      },
      now,
    );
  }

  /** The user's availability; undefined while nobody has said anything of it. */
  userAvailability(userId: string): UserAvailability | undefined {
    return userAvailability(userId, this.#presences.get(userId));
  }

  queueStatus(queueId: string, now: number): QueueStatus {
    return queueStatus(
      {
        queueId,
        known: this.#knownQueues.has(queueId),
        isOpen: this.#watch.isOpen(queueId, now),
        members: this.#members.inQueue(queueId),
        visits: this.#visits.inQueue(queueId),
        stateOf: (member) => this.#stateOf(member, now),
        isServing: (member) => isServing(member, this.#circumstances(member, now)),
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
      transfers: this.#transfers.size,
      supervisions: this.#supervisions.size,
      queueExits: this.#queueCalls.size,
      missedCalls: this.#missed.size,
      parkedCalls: this.#parked.size,
      presences: this.#presences.size,
      recentFacts: this.#snapshots.size,
      agentLogins: this.#logins.size,
      talkingTimes: this.#talking.size,
      knownQueues: this.#knownQueues.size,
      evictions: this.#evictions(),
    };
  }

  #evictions(): number {
    const tables = [
      this.#visits,
      this.#members,
      this.#legs,
      this.#userCalls,
      this.#queueCalls,
      this.#transfers,
      this.#supervisions,
      this.#missed,
      this.#parked,
      this.#presences,
      this.#talking,
      this.#logins,
      this.#knownQueues,
      this.#snapshots,
    ];
    return tables.reduce((sum, table) => sum + table.evictions, 0);
  }

  /** A queue or user that comes to light is told of, though nothing goes on there. */
  #applySnapshot(event: Snapshot, changes: ChangeSet): void {
    this.#snapshots.apply(event, changes);
    for (const { queueId, exists } of event.queues ?? []) {
      if (exists !== this.#knownQueues.has(queueId)) changes.queue(queueId);
    }
    for (const { userId, exists } of event.users ?? []) {
      if (!exists) this.#talking.forget(userId);
    }
  }

  #forgetQueues({ queues = [] }: Snapshot): void {
    for (const { queueId, exists } of queues) if (!exists) this.#knownQueues.delete(queueId);
  }

  #applyLeg(event: LegEvent, changes: ChangeSet): void {
    const userId = this.#legs.apply(event);
    if (userId !== undefined) changes.user(userId);
    if (event.kind !== 'leg-changed') return;
    this.#userCalls.applyLeg(event, changes);
    this.#transfers.review(event.legId, event.call?.callId, changes);
    this.#supervisions.review(event.legId, changes);
    const { call, state, at } = event;
    if (call?.role === 'callee' && state === 'up') this.#queueCalls.noteAnswer(call.callId, at);
  }

  #applyParking(event: ParkingEvent, changes: ChangeSet): void {
    const changed =
      event.kind === 'call-parked'
        ? this.#parked.park({ ...event, userIds: parkers(event, this.#userCalls) })
        : this.#parked.end(event.legId, event.at);
    for (const userId of changed) changes.user(userId);
  }

  #endChannel(event: ChannelEnded, changes: ChangeSet): void {
    const userId = this.#legs.end(event.legId, event.at);
    if (userId !== undefined) changes.user(userId);
    for (const parker of this.#parked.end(event.legId, event.at)) changes.user(parker);
    this.#userCalls.endChannel(event, changes);
    this.#queueCalls.endChannel(event, changes);
    this.#transfers.endChannel(event, changes);
    this.#supervisions.endChannel(event.legId, event.at, changes);
  }

  #stateOf(
    login: QueueMember,
    now: number,
    userIds: readonly string[] = login.member.userIds,
  ): ReturnType<typeof memberState> {
    return memberState(login, now, this.#circumstances(login, now, userIds));
  }

  #circumstances(
    { member }: QueueMember,
    now: number,
    userIds: readonly string[] = member.userIds,
  ): MemberCircumstances {
    const presences = this.#presences;
    return {
      busy: presences.isAnyOnPhone(userIds) || this.#isBusy(member.memberId, now),
      doNotDisturb: presences.areAllDisturbed(userIds),
      unreachable: presences.areAllUnreachable(userIds),
    };
  }

  #isBusy(memberId: string, now: number): boolean {
    return this.#visits
      .ofMember(memberId)
      .some((visit) => busyMembers(visit, now).some((member) => member.memberId === memberId));
  }
}

type SizedTable =
  | 'visits'
  | 'members'
  | 'legs'
  | 'userCalls'
  | 'transfers'
  | 'supervisions'
  | 'queueExits'
  | 'missedCalls'
  | 'parkedCalls'
  | 'presences'
  | 'recentFacts'
  | 'agentLogins'
  | 'talkingTimes'
  | 'knownQueues';
