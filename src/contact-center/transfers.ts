import { BoundedMap } from './bounded-map.js';
import { applyReport, type CallTransfer, endCaller, openTransfer } from './call-transfer.js';
import type { ChangeSet } from './change-set.js';
import type { CallAnswered, ChannelEnded } from './call-events.js';
import type { LegTable } from './leg-table.js';
import { BURST_MS, MAX_CALL_MS, MAX_LEGS, MAX_TRANSFERS, TOMBSTONE_MS } from './limits.js';
import { MultiMap } from './multi-map.js';
import type { TransferReport } from './transfer-events.js';
import { takeTransferNews, transferDeadline } from './transfer-occurrences.js';
import { type CallTables, transferredCall, transferTarget } from './transfer-parties.js';

/** Answers remembered per call; a call is not sent on more often. */
const MAX_ANSWERS = 16;

/**
 * Transfers of users' calls, by whoever they are told. Those that are over stay for ten minutes, so
 * that late news of them is not told again.
 */
export class Transfers {
  readonly #transfers = new BoundedMap<string, CallTransfer>(MAX_TRANSFERS, (key, transfer) => {
    this.#unindex(key, transfer);
  });
  /** When legs of nobody known answered, by call and leg. */
  readonly #answers = new BoundedMap<string, ReadonlyMap<string, number>>(MAX_LEGS);
  readonly #byLeg = new MultiMap();
  readonly #byCall = new MultiMap();
  /** Keys of transfers whose outcome is not told yet. */
  readonly #open = new Set<string>();
  readonly #legs: LegTable;
  readonly #tables: CallTables;
  #count = 0;

  constructor(legs: LegTable, calls: CallTables['calls'], visits: CallTables['visits']) {
    this.#legs = legs;
    const strangersAnswers = (callId: string) => [...(this.#answers.get(callId)?.values() ?? [])];
    this.#tables = { calls, visits, strangersAnswers };
  }

  get size(): number {
    return this.#transfers.size;
  }

  get evictions(): number {
    return this.#transfers.evictions + this.#answers.evictions;
  }

  apply(report: TransferReport, changes: ChangeSet): void {
    const key = this.#keyOf(report);
    const transfer = applyReport(this.#transfers.get(key) ?? openTransfer(report), report);
    const callerEndedAt = this.#legs.endedAt(transfer.transferredLegId ?? '');
    const ended = callerEndedAt === undefined ? transfer : endCaller(transfer, callerEndedAt);
    this.#put(key, ended, changes);
  }

  /** Somebody who is no user answered; who was sent on to them is connected. */
  applyAnswer({ callId, legId, at }: CallAnswered, changes: ChangeSet): void {
    const known = this.#answers.get(callId) ?? new Map<string, number>();
    if (!known.has(legId) && known.size < MAX_ANSWERS) {
      this.#answers.set(callId, new Map([...known, [legId, at]]));
    }
    this.#review(this.#byCall.get(callId), changes);
  }

  /** The caller's own leg may have ended. */
  endChannel({ legId, at }: ChannelEnded, changes: ChangeSet): void {
    for (const [key, transfer] of this.#resolve(this.#byLeg.get(legId))) {
      if (transfer.transferredLegId === legId) this.#put(key, endCaller(transfer, at), changes);
    }
  }

  /** Something new is known of a leg, or of a call: what was sent on, or to whom, may show now. */
  review(legId: string, callId: string | undefined, changes: ChangeSet): void {
    if (this.#open.size === 0) return;
    this.#review(this.#byLeg.get(legId), changes);
    if (callId !== undefined) this.#review(this.#byCall.get(callId), changes);
  }

  /** Tells what no earlier fact has contradicted by `now`. */
  tick(now: number, changes: ChangeSet): void {
    this.#review(this.#open, changes, now);
  }

  /** When `tick` next has something to tell, epoch ms. */
  nextDeadline(): number | undefined {
    let next: number | undefined;
    for (const key of this.#open) {
      const transfer = this.#transfers.get(key);
      const deadline = transfer && transferDeadline(transfer);
      if (deadline !== undefined && (next === undefined || deadline < next)) next = deadline;
    }
    return next;
  }

  /** Forgets transfers that ended ten minutes ago, and those that never ended within a day. */
  sweep(now: number): void {
    for (const [key, transfer] of this.#transfers.entries()) {
      const lastAt = lastFactAt(transfer);
      const isOver = transfer.told.outcome || transfer.call === undefined;
      if (now - lastAt < (isOver ? TOMBSTONE_MS : MAX_CALL_MS)) continue;
      this.#unindex(key, transfer);
      this.#transfers.delete(key);
    }
    for (const [callId, answers] of this.#answers.entries()) {
      if (now - Math.max(...answers.values()) >= TOMBSTONE_MS) this.#answers.delete(callId);
    }
  }

  /** The transfer that the report is of: the one of that name, or one that only others told of. */
  #keyOf(report: TransferReport): string {
    const keys = report.transferrerLegIds.flatMap((legId) => [...this.#byLeg.get(legId)]);
    const found = keys.find((key) => {
      const transfer = this.#transfers.get(key);
      return transfer !== undefined && isSameTransfer(transfer, report);
    });
    if (found !== undefined) return found;
    this.#count += 1;
    return String(this.#count);
  }

  #review(keys: ReadonlySet<string>, changes: ChangeSet, now?: number): void {
    for (const [key, transfer] of this.#resolve(keys)) {
      if (this.#open.has(key)) this.#put(key, transfer, changes, now);
    }
  }

  /** All at once, since keeping a transfer changes the index that `keys` may be. */
  #resolve(keys: ReadonlySet<string>): readonly (readonly [string, CallTransfer])[] {
    return Array.from(keys).flatMap((key) => {
      const transfer = this.#transfers.get(key);
      return transfer === undefined ? [] : [[key, transfer] as const];
    });
  }

  #put(key: string, transfer: CallTransfer, changes: ChangeSet, now?: number): void {
    const call = transfer.call ?? transferredCall(transfer, this.#tables);
    const known = call === undefined ? transfer : { ...transfer, call };
    const target = call && transferTarget(known, call, this.#tables);
    const news = takeTransferNews(known, target ?? { target: '' }, now);
    const before = this.#transfers.get(key);
    if (before !== undefined) this.#unindex(key, before);
    this.#transfers.set(key, news.transfer);
    this.#index(key, news.transfer);
    changes.happened(...news.occurrences);
  }

  #index(key: string, transfer: CallTransfer): void {
    for (const legId of legsOf(transfer)) this.#byLeg.add(legId, key);
    if (transfer.call !== undefined) this.#byCall.add(transfer.call.callId, key);
    if (!transfer.told.outcome) this.#open.add(key);
  }

  #unindex(key: string, transfer: CallTransfer): void {
    this.#open.delete(key);
    for (const legId of legsOf(transfer)) this.#byLeg.remove(legId, key);
    if (transfer.call !== undefined) this.#byCall.remove(transfer.call.callId, key);
  }
}

function legsOf(transfer: CallTransfer): readonly string[] {
  const { transferrerLegIds, transferredLegId, targetLegId } = transfer;
  const others = [transferredLegId, targetLegId].filter((legId) => legId !== undefined);
  return [...transferrerLegIds, ...others];
}

/** What another teller says after a transfer came to nothing is of the next one. */
function isSameTransfer(transfer: CallTransfer, report: TransferReport): boolean {
  const name = transfer.names[report.teller];
  if (name !== undefined) return name === report.transferId;
  const overAt = transfer.failed?.at ?? transfer.endedAt;
  if (overAt !== undefined && report.at > overAt + BURST_MS) return false;
  const caller = transfer.transferredLegId;
  return caller === undefined || caller === (report.transferredLegId ?? caller);
}

function lastFactAt(transfer: CallTransfer): number {
  const { firstAt, answeredAt, handedOver, failed, endedAt, callerEndedAt } = transfer;
  const times = [answeredAt, handedOver?.at, failed?.at, endedAt, callerEndedAt];
  return Math.max(firstAt, ...times.filter((time) => time !== undefined));
}
