import type { ParkedCalls } from './parked-calls.js';
import type { LegTable } from './leg-table.js';
import { subject } from './fact-subjects.js';
import type { SnapshotContext } from './snapshot-context.js';
import type { CallsSnapshot, LegSnapshot, ParkedCaller } from './snapshot-events.js';
import type { Supervisions } from './supervisions.js';
import type { UserCalls } from './user-calls.js';
import type { VisitTable } from './visit-table.js';

/** What a snapshot of calls is applied to. */
interface CallSnapshotParts {
  readonly legs: LegTable;
  readonly userCalls: UserCalls;
  readonly supervisions: Supervisions;
  readonly parked: ParkedCalls;
  readonly visits: VisitTable;
}

/** Makes users' legs, calls and parked callers what snapshots say, but for what events told since. */
export class CallSnapshots {
  readonly #parts: CallSnapshotParts;

  constructor(parts: CallSnapshotParts) {
    this.#parts = parts;
  }

  apply(
    { userIds, legs, parked }: CallsSnapshot,
    liveLegIds: ReadonlySet<string>,
    context: SnapshotContext,
  ): void {
    for (const userId of userIds) this.#loseLegs(userId, liveLegIds, context);
    const queueCallIds = this.#parts.visits.openCallIds();
    for (const leg of legs) this.#applyLeg(leg, queueCallIds, context);
    if (parked !== undefined) this.#applyParked(userIds, parked, context);
  }

  /** Ends all of a user's legs. Callers whom the user has parked are there until they are fetched. */
  forgetUser(userId: string, context: SnapshotContext): void {
    this.#loseLegs(userId, new Set(), context);
  }

  #loseLegs(userId: string, liveLegIds: ReadonlySet<string>, context: SnapshotContext): void {
    const { at, recent, changes } = context;
    for (const { legId } of this.#parts.legs.ofUser(userId)) {
      if (liveLegIds.has(legId) || recent.has(subject.leg(legId))) continue;
      changes.corrected('legs');
      changes.user(userId);
      this.#parts.legs.end(legId, at);
      this.#parts.userCalls.lose(legId, at, changes);
      this.#parts.supervisions.endChannel(legId, at, changes);
    }
  }

  #applyLeg(leg: LegSnapshot, queueCallIds: ReadonlySet<string>, context: SnapshotContext): void {
    const { at, recent, changes } = context;
    const { call, ...said } = leg;
    const known = this.#parts.legs.get(leg.legId);
    const isEnded = this.#parts.legs.endedAt(leg.legId) !== undefined;
    if (recent.has(subject.leg(leg.legId)) && (known !== undefined || isEnded)) return;
    const after = { ...said, since: known?.since ?? at };
    if (known?.userId !== said.userId || known.state !== said.state || known.held !== said.held) {
      changes.corrected('legs');
      changes.user(said.userId);
      if (known !== undefined) changes.user(known.userId);
      this.#parts.legs.admit(after);
    }
    if (call === undefined) return;
    this.#parts.userCalls.find({ ...leg, call, at }, queueCallIds.has(call.callId), changes);
  }

  #applyParked(
    userIds: readonly string[],
    parked: readonly ParkedCaller[],
    context: SnapshotContext,
  ): void {
    const { at, recent, changes } = context;
    const isRecent = (legId: string): boolean =>
      recent.has(subject.parking(legId)) || recent.has(subject.leg(legId));
    const listed = new Set(parked.map(({ legId }) => legId));
    const known = userIds.flatMap((userId) => this.#parts.parked.ofUser(userId));
    for (const legId of known) {
      if (listed.has(legId) || isRecent(legId) || !this.#parts.parked.has(legId)) continue;
      changes.corrected('parked-calls');
      for (const userId of this.#parts.parked.end(legId, at)) changes.user(userId);
    }
    for (const caller of parked) {
      if (this.#parts.parked.has(caller.legId) || isRecent(caller.legId)) continue;
      changes.corrected('parked-calls');
      for (const userId of this.#parts.parked.admit(caller, at)) changes.user(userId);
    }
  }
}
