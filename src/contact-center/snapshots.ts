import type { AgentLogins } from './agent-logins.js';
import type { CallSnapshots } from './call-snapshots.js';
import type { ChangeSet } from './change-set.js';
import type { DomainEvent } from './events.js';
import type { MemberSnapshots } from './member-snapshots.js';
import type { PresenceTable } from './presence-table.js';
import { RecentFacts } from './recent-facts.js';
import type { SnapshotContext } from './snapshot-context.js';
import type { CallsSnapshot, Snapshot, UserSnapshot } from './snapshot-events.js';
import { applyUserSnapshot } from './user-snapshots.js';
import type { VisitSnapshots } from './visit-snapshots.js';

/** What a snapshot is applied to. */
export interface SnapshotParts {
  readonly members: MemberSnapshots;
  readonly visits: VisitSnapshots;
  readonly calls: CallSnapshots;
  readonly presences: PresenceTable;
  readonly logins: AgentLogins;
}

/** Leads each part of a snapshot to what it corrects. */
export class Snapshots {
  readonly #recent = new RecentFacts();
  readonly #parts: SnapshotParts;

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#recent.size;
  }

  get evictions(): number {
    return this.#recent.evictions;
  }

  /** Remembers that the event told of its subjects, for snapshots that are being fetched. */
  note(event: DomainEvent): void {
    this.#recent.note(event);
  }

  begin(snapshotId: string, at: number): void {
    this.#recent.begin(snapshotId, at);
  }

  /** Callers come before users' legs, which are told of otherwise when a queue has their call. */
  apply(snapshot: Snapshot, changes: ChangeSet): void {
    const { at, snapshotId, queues = [], agents = [], calls, users = [] } = snapshot;
    const context = { at, recent: this.#recent.end(snapshotId), changes };
    const { members, visits } = this.#parts;
    for (const queue of queues) {
      members.applyQueue(queue, context);
      visits.applyQueue(queue, context);
    }
    const listed = new Set(queues.map(({ queueId }) => queueId));
    for (const agent of agents) members.applyAgent(agent, listed, context);
    if (calls !== undefined) this.#applyCalls(calls, context);
    for (const user of users) this.#applyUser(user, context);
  }

  sweep(now: number): void {
    this.#recent.sweep(now);
  }

  #applyCalls(snapshot: CallsSnapshot, context: SnapshotContext): void {
    const { legs, otherLegIds } = snapshot;
    const liveLegIds = new Set([...legs.map(({ legId }) => legId), ...otherLegIds]);
    this.#parts.visits.applyLegs(snapshot, liveLegIds, context);
    this.#parts.calls.apply(snapshot, liveLegIds, context);
  }

  #applyUser(user: UserSnapshot, context: SnapshotContext): void {
    const { presences, members, calls, logins } = this.#parts;
    if (user.exists) {
      applyUserSnapshot(presences, user, context);
      return;
    }
    const { userId } = user;
    calls.forgetUser(userId, context);
    members.forgetUser(userId, context);
    presences.forget(userId, context.changes);
    logins.setLoggedIn(userId, false);
  }
}
