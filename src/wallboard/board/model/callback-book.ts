import type { RteEventData } from '../../../rte/events/event-catalogue.js';

/** What the board needs of a callback request: no names and no numbers. Times in epoch ms. */
export interface CallbackEntry {
  readonly id: string;
  readonly callListId: string;
  readonly isClosed: boolean;
  readonly modified: number;
  readonly due: number | null;
}

/** The open requests of one list at a moment. */
export interface CallbackCounts {
  readonly open: number;
  /** Open requests whose time comes within the next hour. */
  readonly due: number;
  readonly overdue: number;
  /** Since when the first of them is overdue, epoch ms. */
  readonly overdueSince: number | null;
}

export const NO_CALLBACKS: CallbackCounts = { open: 0, due: 0, overdue: 0, overdueSince: null };

/** Both together. */
export function addCounts(one: CallbackCounts, other: CallbackCounts): CallbackCounts {
  const since = Math.min(one.overdueSince ?? Infinity, other.overdueSince ?? Infinity);
  return {
    open: one.open + other.open,
    due: one.due + other.due,
    overdue: one.overdue + other.overdue,
    overdueSince: since === Infinity ? null : since,
  };
}

/** "Due" is what an agent should take up next. The vendor's lists count an hour ahead as well. */
export const DUE_SOON_MS = 3_600_000;

/** Open requests that are kept: forty of the largest pages. Of more only the first are counted. */
export const MAX_CALLBACKS = 20_000;

/** What a CallbackChanged tells the board. */
export function callbackEntry(data: RteEventData<'CallbackChanged'>): CallbackEntry {
  const { callBackId: id, callListId, isClosed, dueDate } = data;
  const due = dueDate === null ? null : Date.parse(dueDate);
  return { id, callListId, isClosed, modified: Date.parse(data.modified), due };
}

/**
 * The open callback requests of the lists that the board shows. Events and a reading over REST come
 * side by side; of each request the one that was modified last counts.
 */
export class CallbackBook {
  readonly #open = new Map<string, CallbackEntry>();
  /** While a reading is under way: what changed since it began. Closed ones would come back else. */
  #changed: Map<string, CallbackEntry> | undefined;
  /** Times at which the open ones of a list are due, in their order; made when asked for. */
  readonly #dueTimes = new Map<string, readonly number[]>();
  readonly #counts = new Map<string, number>();
  #isCut = false;
  #isRead = false;

  /** Whether all were read once: what only events told is not all. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Whether there are more open requests than are counted. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Takes what an event told. */
  change(entry: CallbackEntry): void {
    const known = this.#changed?.get(entry.id) ?? this.#open.get(entry.id);
    if (known !== undefined && known.modified > entry.modified) return;
    if (this.#changed !== undefined && this.#changed.size < MAX_CALLBACKS) {
      this.#changed.set(entry.id, entry);
    }
    this.#put(entry);
  }

  /** A reading of all open requests begins. */
  beginReading(): void {
    this.#changed = new Map();
  }

  /** The reading has failed: what is known stays. */
  giveUpReading(): void {
    this.#changed = undefined;
  }

  /** The reading is over: what it has not found, and nobody told of since it began, is gone. */
  endReading(found: Iterable<CallbackEntry>): void {
    const changed = this.#changed ?? new Map<string, CallbackEntry>();
    this.#changed = undefined;
    this.#isRead = true;
    this.#forgetAll();
    for (const entry of found) {
      const told = changed.get(entry.id);
      this.#put(told !== undefined && told.modified >= entry.modified ? told : entry);
    }
    for (const entry of changed.values()) if (!this.#open.has(entry.id)) this.#put(entry);
  }

  /** The open requests of a list at `now` (epoch ms). */
  counts(callListId: string, now: number): CallbackCounts {
    const times = this.#timesOf(callListId);
    const overdue = countUntil(times, now);
    return {
      open: this.#counts.get(callListId) ?? 0,
      due: countUntil(times, now + DUE_SOON_MS) - overdue,
      overdue,
      overdueSince: overdue === 0 ? null : (times[0] ?? null),
    };
  }

  #put(entry: CallbackEntry): void {
    const known = this.#open.get(entry.id);
    if (known !== undefined) this.#remove(known);
    if (entry.isClosed) return;
    if (this.#open.size >= MAX_CALLBACKS) {
      this.#isCut = true;
      return;
    }
    this.#open.set(entry.id, entry);
    this.#counts.set(entry.callListId, (this.#counts.get(entry.callListId) ?? 0) + 1);
    this.#dueTimes.delete(entry.callListId);
  }

  #remove({ id, callListId }: CallbackEntry): void {
    this.#open.delete(id);
    const left = (this.#counts.get(callListId) ?? 1) - 1;
    if (left === 0) this.#counts.delete(callListId);
    else this.#counts.set(callListId, left);
    this.#dueTimes.delete(callListId);
  }

  #forgetAll(): void {
    this.#open.clear();
    this.#counts.clear();
    this.#dueTimes.clear();
    this.#isCut = false;
  }

  #timesOf(callListId: string): readonly number[] {
    const known = this.#dueTimes.get(callListId);
    if (known !== undefined) return known;
    const times: number[] = [];
    for (const { callListId: list, due } of this.#open.values()) {
      if (list === callListId && due !== null) times.push(due);
    }
    times.sort((one, other) => one - other);
    this.#dueTimes.set(callListId, times);
    return times;
  }
}

/** How many of the times, which are in order, are not after `end`. */
function countUntil(times: readonly number[], end: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) <= end) low = middle + 1;
    else high = middle;
  }
  return low;
}
