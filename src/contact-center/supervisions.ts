import { BoundedMap } from './bounded-map.js';
import type { ChangeSet } from './change-set.js';
import type { LegTable } from './leg-table.js';
import { MAX_CALL_MS, MAX_LEGS, TOMBSTONE_MS } from './limits.js';
import { MultiMap } from './multi-map.js';
import {
  applySupervision,
  isNextSupervision,
  openSupervision,
  stopSupervision,
  type Supervision,
  SUPERVISION_TOLD,
  supervisionDeadline,
  type SupervisionParties,
  takeSupervisionNews,
} from './supervision.js';
import type { SupervisionReport } from './supervision-events.js';
import type { UserCallTable } from './user-call-table.js';
import type { VisitTable } from './visit-table.js';

/**
 * Who listens in on whose calls. What is over stays for ten minutes, so that late news of it is not
 * told again.
 */
export class Supervisions {
  readonly #supervisions = new BoundedMap<string, Supervision>(MAX_LEGS, (key, supervision) => {
    this.#unindex(key, supervision);
  });
  readonly #byLeg = new MultiMap();
  /** Keys of those that are not told yet, since it is not known whose they are. */
  readonly #untold = new Set<string>();
  readonly #legs: LegTable;
  readonly #calls: UserCallTable;
  readonly #visits: VisitTable;

  constructor(legs: LegTable, calls: UserCallTable, visits: VisitTable) {
    this.#legs = legs;
    this.#calls = calls;
    this.#visits = visits;
  }

  get size(): number {
    return this.#supervisions.size;
  }

  get evictions(): number {
    return this.#supervisions.evictions;
  }

  apply(report: SupervisionReport, changes: ChangeSet): void {
    const { supervisorLegId, targetLegId, step, at } = report;
    const key = `${supervisorLegId} ${targetLegId}`;
    const known = this.#supervisions.get(key);
    const isNext = known !== undefined && step === 'started' && isNextSupervision(known, at);
    const before = known === undefined || isNext ? openSupervision(report) : known;
    const after = applySupervision(before, report);
    const endedAt = this.#legs.endedAt(supervisorLegId) ?? this.#legs.endedAt(targetLegId);
    this.#put(key, endedAt === undefined ? after : stopSupervision(after, endedAt), changes);
  }

  /** Nobody listens by, or to, a leg that is gone. */
  endChannel(legId: string, at: number, changes: ChangeSet): void {
    for (const [key, supervision] of this.#resolve(this.#byLeg.get(legId))) {
      this.#put(key, stopSupervision(supervision, at), changes);
    }
  }

  /** Something new is known of a leg: whose it is may show now. */
  review(legId: string, changes: ChangeSet): void {
    if (this.#untold.size === 0) return;
    for (const [key, supervision] of this.#resolve(this.#byLeg.get(legId))) {
      this.#put(key, supervision, changes);
    }
  }

  /** Tells of those whose listener has not become known by `now`. */
  tick(now: number, changes: ChangeSet): void {
    for (const [key, supervision] of this.#resolve(this.#untold)) {
      if ((supervisionDeadline(supervision) ?? Infinity) > now) continue;
      this.#put(key, supervision, changes, true);
    }
  }

  /** When `tick` next has something to tell, epoch ms. */
  nextDeadline(): number | undefined {
    const deadlines = this.#resolve(this.#untold)
      .filter(([, supervision]) => this.#partiesOf(supervision.report) !== undefined)
      .map(([, supervision]) => supervisionDeadline(supervision) ?? Infinity);
    return deadlines.length === 0 ? undefined : Math.min(...deadlines);
  }

  /** Forgets what ended ten minutes ago, and what never ended within a day. */
  sweep(now: number): void {
    for (const [key, supervision] of this.#supervisions.entries()) {
      const { stoppedAt, report } = supervision;
      const goesAt = stoppedAt === undefined ? report.at + MAX_CALL_MS : stoppedAt + TOMBSTONE_MS;
      if (now < goesAt) continue;
      this.#unindex(key, supervision);
      this.#supervisions.delete(key);
    }
  }

  #put(key: string, supervision: Supervision, changes: ChangeSet, isFinal = false): void {
    const parties = supervision.parties ?? this.#partiesOf(supervision.report);
    const isKnown = parties !== undefined && (isFinal || parties.supervisorId !== null);
    const isTold = supervision.told !== SUPERVISION_TOLD.nothing;
    if (parties === undefined || (!isKnown && !isTold)) {
      this.#keep(key, supervision);
      return;
    }
    const news = takeSupervisionNews(supervision, parties);
    this.#keep(key, news.supervision);
    changes.happened(...news.occurrences);
  }

  #keep(key: string, supervision: Supervision): void {
    const { supervisorLegId, targetLegId } = supervision.report;
    this.#supervisions.set(key, supervision);
    for (const legId of [supervisorLegId, targetLegId]) this.#byLeg.add(legId, key);
    if (supervision.told === SUPERVISION_TOLD.nothing) this.#untold.add(key);
    else this.#untold.delete(key);
  }

  /** Undefined while it is not known whose leg is listened to, or of what call it is. */
  #partiesOf(report: SupervisionReport): SupervisionParties | undefined {
    const targetId = this.#userOf(report.targetLegId, report.targetUserIds);
    if (targetId === undefined) return undefined;
    const told = this.#calls.ofLeg(report.targetLegId)[0]?.callId ?? report.callId;
    const visit = this.#visits
      .ofUser(targetId)
      .find(
        ({ connected, callId }) =>
          connected?.member.userIds.includes(targetId) === true &&
          (told === undefined || callId === told),
      );
    const callId = told ?? visit?.callId;
    if (callId === undefined) return undefined;
    const supervisorId = this.#userOf(report.supervisorLegId, report.supervisorUserIds) ?? null;
    return { targetId, supervisorId, callId, queueId: visit?.queueId ?? null };
  }

  /** A phone that several users share does not tell which of them it is. */
  #userOf(legId: string, userIds: readonly string[]): string | undefined {
    const known = this.#legs.get(legId)?.userId ?? this.#calls.ofLeg(legId)[0]?.userId;
    return known ?? (userIds.length === 1 ? userIds[0] : undefined);
  }

  #resolve(keys: ReadonlySet<string>): readonly (readonly [string, Supervision])[] {
    return Array.from(keys).flatMap((key) => {
      const supervision = this.#supervisions.get(key);
      return supervision === undefined ? [] : [[key, supervision] as const];
    });
  }

  #unindex(key: string, { report }: Supervision): void {
    this.#untold.delete(key);
    this.#byLeg.remove(report.supervisorLegId, key);
    this.#byLeg.remove(report.targetLegId, key);
  }
}
