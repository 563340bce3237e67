import type { ChannelEnded, LegEvent, ParkingEvent } from './call-events.js';
import { ChangeSet } from './change-set.js';
import type { Changes, DomainEvent } from './events.js';
import { MemberStates } from './member-states.js';
import { parkers } from './parkers.js';
import type { QueueRules } from './queue-rules.js';
import { type QueueStatus, queueStatus } from './queue-status.js';
import type { Snapshot } from './snapshot-events.js';
import { breachAlerts } from './service-level-breach.js';
import { Tables } from './tables.js';
import { type UserAvailability, userAvailability } from './user-availability.js';
import { type UserStatus, userStatus } from './user-status.js';

/**
 * The state of a contact center, computed from domain events that may come late, twice or in any
 * order within a burst. It does no I/O and has no clock: `apply` takes events with their times,
 * `tick` takes the time, and the same calls always give the same answers.
 */
export class ContactCenter {
  readonly #tables = new Tables();
  readonly #memberStates = new MemberStates(this.#tables);

  /**
   * Takes over what is laid down for queues, in the place of all that was before; `now` is epoch
   * ms. Says which states read differently because of it.
   * @throws RangeError for a schedule in a time zone that does not exist
   */
  setQueueRules(queues: Iterable<QueueRules>, now: number): Changes {
    const changes = new ChangeSet();
    this.#tables.watch.setRules(queues, now, changes);
    return changes;
  }

  /** Applies one event; says which states may read differently and what happened. */
  apply(event: DomainEvent): Changes {
    const { snapshots, talking, knownQueues, watch } = this.#tables;
    const changes = new ChangeSet();
    snapshots.note(event);
    this.#enter(event, changes);
    for (const queueId of changes.queues) knownQueues.set(queueId, true);
    if (event.kind === 'snapshot') this.#forgetQueues(event);
    talking.note(changes.users, event.at);
    watch.note(changes);
    return changes;
  }

  /** Applies the passing of time up to `now`: ends wrap-ups and graces that are due. */
  tick(now: number): Changes {
    const changes = new ChangeSet();
    this.#tables.tick(now, changes);
    this.#tables.talking.note(changes.users, now);
    return changes;
  }

  /** When `tick` next has something to do, epoch ms; undefined while only events can change things. */
  nextDeadline(now: number): number | undefined {
    return this.#tables.nextDeadline(now);
  }

  /**
   * Forgets what nobody can ask about any more; call it about once a minute. A call whose end was
   * lost goes after a day, which changes states.
   */
  sweep(now: number): Changes {
    const changes = new ChangeSet();
    this.#tables.sweep(now, changes);
    this.#tables.talking.note(changes.users, now);
    this.#tables.watch.note(changes);
    return changes;
  }

  userStatus(userId: string, now: number): UserStatus {
    const { visits, members, parked, logins, presences, talking } = this.#tables;
    const known = talking.get(userId);
    return userStatus(
      {
        userId,
        presence: presences.get(userId),
        memberships: members.ofUser(userId),
        visits: visits.ofUser(userId),
        parkedCalls: parked.count(userId),
        agentLoggedIn: logins.isLoggedIn(userId),
        talking: known?.talking ?? false,
        talkingSince: known?.since ?? null,
        stateOf: (member) => this.#memberStates.stateOf(member, now, [userId]),
      },
      now,
    );
  }

  /** The user's availability; undefined while nobody has said anything of it. */
  userAvailability(userId: string): UserAvailability | undefined {
    return userAvailability(userId, this.#tables.presences.get(userId));
  }

  queueStatus(queueId: string, now: number): QueueStatus {
    const { visits, members, knownQueues, watch } = this.#tables;
    return queueStatus(
      {
        queueId,
        known: knownQueues.has(queueId),
        isOpen: watch.isOpen(queueId, now),
        members: members.inQueue(queueId),
        visits: visits.inQueue(queueId),
        stateOf: (member) => this.#memberStates.stateOf(member, now),
        isServing: (member) => this.#memberStates.isServing(member, now),
      },
      now,
    );
  }

  /** Entries per table and how many the bounds pushed out, for metrics. */
  sizes(): Readonly<Record<string, number>> & { readonly evictions: number } {
    return { ...this.#tables.sizes(), evictions: this.#tables.evictions };
  }

  /** Leads an event to the tables that it concerns. */
  #enter(event: DomainEvent, changes: ChangeSet): void {
    const { visits, queueCalls, userCalls, transfers, supervisions } = this.#tables;
    const { logins, presences, missed, snapshots } = this.#tables;
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
        queueCalls.apply(event, changes);
        transfers.review(event.legId, event.callId, changes);
        break;
      case 'queue-exit':
        queueCalls.applyExit(event, changes);
        break;
      case 'queue-member-added':
      case 'queue-member-changed':
      case 'queue-member-removed':
        logins.applyMember(event, changes);
        break;
      case 'wrap-up-begun':
      case 'wrap-up-over':
        queueCalls.applyWrapUp(event, changes);
        break;
      case 'agent-login-changed':
        logins.applyLogin(event, changes);
        break;
      case 'leg-changed':
      case 'leg-held':
        this.#applyLeg(event, changes);
        break;
      case 'call-arrived':
        userCalls.applyArrival(event, changes);
        break;
      case 'call-answered':
        userCalls.applyAnswer(event, changes);
        transfers.applyAnswer(event, changes);
        queueCalls.noteAnswer(event.callId, event.at);
        break;
      case 'hangup-requested':
        userCalls.requestHangup(event, changes);
        break;
      case 'call-missed':
        missed.apply(event, changes);
        break;
      case 'call-parked':
      case 'call-unparked':
        this.#applyParking(event, changes);
        break;
      case 'call-transfer':
        transfers.apply(event, changes);
        break;
      case 'call-supervision':
        supervisions.apply(event, changes);
        break;
      case 'channel-ended':
        this.#endChannel(event, changes);
        break;
      case 'callback-made':
        changes.happened(event);
        break;
      case 'service-level-breached':
        changes.happened(...breachAlerts(event, visits.inQueue(event.queueId)));
        break;
      case 'presence-changed':
      case 'do-not-disturb-changed':
      case 'terminal-changed':
      case 'phone-changed':
      case 'setting-changed':
      case 'availability-set':
      case 'availability-ended':
        presences.apply(event, changes);
        break;
      case 'snapshot-begun':
        snapshots.begin(event.snapshotId, event.at);
        break;
      case 'snapshot':
        this.#applySnapshot(event, changes);
        break;
      case 'backlog-begun':
      case 'backlog-over':
        // Whoever keeps the time, and tells what happened, has to know.
        break;
    }
  }

  /** A queue or user that comes to light is told of, though nothing goes on there. */
  #applySnapshot(event: Snapshot, changes: ChangeSet): void {
    const { snapshots, talking, knownQueues } = this.#tables;
    snapshots.apply(event, changes);
    for (const { queueId, exists } of event.queues ?? []) {
      if (exists !== knownQueues.has(queueId)) changes.queue(queueId);
    }
    for (const { userId, exists } of event.users ?? []) {
      if (!exists) talking.forget(userId);
    }
  }

  #forgetQueues({ queues = [] }: Snapshot): void {
    for (const { queueId, exists } of queues) if (!exists) this.#tables.knownQueues.delete(queueId);
  }

  #applyLeg(event: LegEvent, changes: ChangeSet): void {
    const { legs, queueCalls, userCalls, transfers, supervisions } = this.#tables;
    const userId = legs.apply(event);
    if (userId !== undefined) changes.user(userId);
    if (event.kind !== 'leg-changed') return;
    userCalls.applyLeg(event, changes);
    transfers.review(event.legId, event.call?.callId, changes);
    supervisions.review(event.legId, changes);
    const { call, state, at } = event;
    if (call?.role === 'callee' && state === 'up') queueCalls.noteAnswer(call.callId, at);
  }

  #applyParking(event: ParkingEvent, changes: ChangeSet): void {
    const { calls, parked } = this.#tables;
    const changed =
      event.kind === 'call-parked'
        ? parked.park({ ...event, userIds: parkers(event, calls) })
        : parked.end(event.legId, event.at);
    for (const userId of changed) changes.user(userId);
  }

  #endChannel(event: ChannelEnded, changes: ChangeSet): void {
    const { legs, queueCalls, userCalls, transfers, supervisions, parked } = this.#tables;
    const userId = legs.end(event.legId, event.at);
    if (userId !== undefined) changes.user(userId);
    for (const parker of parked.end(event.legId, event.at)) changes.user(parker);
    userCalls.endChannel(event, changes);
    queueCalls.endChannel(event, changes);
    transfers.endChannel(event, changes);
    supervisions.endChannel(event.legId, event.at, changes);
  }
}
