import { AgentLogins } from './agent-logins.js';
import { BoundedMap } from './bounded-map.js';
import { CallSnapshots } from './call-snapshots.js';
import type { ChangeSet } from './change-set.js';
import { LegTable } from './leg-table.js';
import { MAX_PRESENCES } from './limits.js';
import { MemberSnapshots } from './member-snapshots.js';
import { MemberTable } from './member-table.js';
import { MissedCalls } from './missed-calls.js';
import { ParkedCalls } from './parked-calls.js';
import { PresenceTable } from './presence-table.js';
import { QueueCalls } from './queue-calls.js';
import { QueueWatch } from './queue-watch.js';
import { Snapshots } from './snapshots.js';
import { Supervisions } from './supervisions.js';
import { TalkingTimes } from './talking-times.js';
import { Transfers } from './transfers.js';
import { UserCallTable } from './user-call-table.js';
import { UserCalls } from './user-calls.js';
import { VisitSnapshots } from './visit-snapshots.js';
import { VisitTable } from './visit-table.js';

/** Something that keeps a bounded number of entries. */
interface SizedTable {
  readonly size: number;
  /** How many entries the bound pushed out. */
  readonly evictions: number;
}

/** All that a contact center knows, in tables that look at each other. */
export class Tables {
  readonly visits = new VisitTable();
  readonly members = new MemberTable();
  readonly legs = new LegTable();
  readonly queueCalls = new QueueCalls(this.visits, this.members, this.legs);
  readonly calls = new UserCallTable();
  readonly userCalls = new UserCalls(this.calls, this.legs, this.members, this.visits);
  readonly transfers = new Transfers(this.legs, this.calls, this.visits);
  readonly supervisions = new Supervisions(this.legs, this.calls, this.visits);
  readonly parked = new ParkedCalls();
  readonly logins = new AgentLogins(this.members);
  readonly presences = new PresenceTable(this.members);
  readonly missed = new MissedCalls(this.visits, this.presences);
  readonly snapshots = new Snapshots({
    members: new MemberSnapshots(this.members, this.logins),
    visits: new VisitSnapshots(this.visits, this.queueCalls),
    calls: new CallSnapshots(this),
    presences: this.presences,
    logins: this.logins,
  });
  readonly talking = new TalkingTimes(this);
  /** The queues that a source has told of. */
  readonly knownQueues = new BoundedMap<string, true>(MAX_PRESENCES);
  readonly watch = new QueueWatch(this.visits, (queueId) => this.knownQueues.has(queueId));

  /** By their names in metrics and in TABLE_LIMITS. */
  readonly #sized: Readonly<Record<string, SizedTable>> = {
    visits: this.visits,
    members: this.members,
    legs: this.legs,
    userCalls: this.userCalls,
    transfers: this.transfers,
    supervisions: this.supervisions,
    queueExits: this.queueCalls,
    missedCalls: this.missed,
    parkedCalls: this.parked,
    presences: this.presences,
    recentFacts: this.snapshots,
    agentLogins: this.logins,
    talkingTimes: this.talking,
    knownQueues: this.knownQueues,
  };

  /** Ends what is due at `now`, epoch ms here and below. */
  tick(now: number, changes: ChangeSet): void {
    this.queueCalls.tick(now, changes);
    this.userCalls.tick(now, changes);
    this.transfers.tick(now, changes);
    this.supervisions.tick(now, changes);
    this.logins.tick(now, changes);
    this.presences.tick(now, changes);
    this.watch.tick(now, changes);
  }

  /** When `tick` next has something to do; undefined while only events can change things. */
  nextDeadline(now: number): number | undefined {
    const { visits, userCalls, transfers, supervisions, presences, watch } = this;
    const deadlines = [visits, userCalls, transfers, supervisions, presences, watch]
      .map((table) => table.nextDeadline(now))
      .filter((deadline) => deadline !== undefined);
    deadlines.push(...this.logins.wrapUpEnds());
    return deadlines.length === 0 ? undefined : Math.min(...deadlines);
  }

  /** Forgets what nobody can ask about any more. */
  sweep(now: number, changes: ChangeSet): void {
    for (const visit of this.visits.sweep(now)) this.queueCalls.touch(visit, changes);
    for (const userId of this.legs.sweep(now)) changes.user(userId);
    for (const userId of this.parked.sweep(now)) changes.user(userId);
    this.members.sweep(now);
    this.userCalls.sweep(now);
    this.queueCalls.sweep(now);
    this.transfers.sweep(now);
    this.supervisions.sweep(now);
    this.missed.sweep(now);
    this.snapshots.sweep(now);
  }

  /** Entries per table. */
  sizes(): Readonly<Record<string, number>> {
    const sizes = Object.entries(this.#sized).map(([name, { size }]) => [name, size] as const);
    return Object.fromEntries(sizes);
  }

  /** How many entries the bounds pushed out, of all tables. */
  get evictions(): number {
    return Object.values(this.#sized).reduce((sum, table) => sum + table.evictions, 0);
  }
}
