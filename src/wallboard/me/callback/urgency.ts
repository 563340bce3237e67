import type { Callback } from './callback.js';

/** What is due within this time is marked as due: the vendor's own counters look an hour ahead. */
export const DUE_SOON_MS = 3_600_000;

/** What closes by itself within this time says so. */
const EXPIRES_SOON_MS = 24 * 3_600_000;

/**
 * How much a request wants to be worked on, the most first:
 * - `overdue`: its time has passed
 * - `due`: its time comes within the hour
 * - `open`: later, or at no certain time
 * - `put-off`: not before a time to come
 */
export const URGENCIES = ['overdue', 'due', 'open', 'put-off'] as const;

export type Urgency = (typeof URGENCIES)[number];

/** How urgent the request is at `now`, epoch ms. */
export function urgencyOf({ dueAt, notBefore }: Callback, now: number): Urgency {
  if (notBefore !== null && notBefore > now) return 'put-off';
  if (dueAt === null) return 'open';
  if (dueAt <= now) return 'overdue';
  return dueAt - now <= DUE_SOON_MS ? 'due' : 'open';
}

/** Whether the request is about to close by itself. */
export function expiresSoon({ expiresAt }: Callback, now: number): boolean {
  return expiresAt !== null && expiresAt - now <= EXPIRES_SOON_MS;
}

/** Which requests are shown. */
export interface CallbackFilter {
  readonly who: 'mine' | 'nobody' | 'all';
  /** Id of a list; null for all lists. */
  readonly listId: string | null;
  /** Only those that are due or overdue. */
  readonly onlyDue: boolean;
}

/** How many there are of each kind, whatever the filter leaves out. */
export interface CallbackCounts {
  readonly mine: number;
  readonly nobody: number;
  readonly all: number;
  readonly due: number;
  readonly overdue: number;
}

/** Counts the open requests of a list, or of all. */
export function countCallbacks(
  callbacks: readonly Callback[],
  me: string,
  listId: string | null,
  now: number,
): CallbackCounts {
  const some = callbacks.filter((one) => listId === null || one.listId === listId);
  const ofUrgency = (urgency: Urgency) =>
    some.filter((one) => urgencyOf(one, now) === urgency).length;
  return {
    mine: some.filter(({ assignedTo }) => assignedTo === me).length,
    nobody: some.filter(({ assignedTo }) => assignedTo === null).length,
    all: some.length,
    due: ofUrgency('due'),
    overdue: ofUrgency('overdue'),
  };
}

/** The requests that the filter lets through, the most urgent first. */
export function chosenCallbacks(
  callbacks: readonly Callback[],
  { who, listId, onlyDue }: CallbackFilter,
  me: string,
  now: number,
): readonly Callback[] {
  return callbacks
    .filter((one) => listId === null || one.listId === listId)
    .filter(({ assignedTo }) => who === 'all' || assignedTo === (who === 'mine' ? me : null))
    .map((callback) => ({ callback, urgency: urgencyOf(callback, now) }))
    .filter(({ urgency }) => !onlyDue || urgency === 'due' || urgency === 'overdue')
    .sort((a, b) => {
      const byUrgency = URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency);
      return byUrgency === 0 ? byTime(a.callback, b.callback) : byUrgency;
    })
    .map(({ callback }) => callback);
}

/** What comes first within one urgency: what is due first, then who has waited longest. */
function byTime(a: Callback, b: Callback): number {
  const due = (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity);
  if (due !== 0 && !Number.isNaN(due)) return due;
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

/** One page of a list. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** Cuts out a page; an index beyond the last is the last, as entries go while somebody looks. */
export function pageOf<Entry>(all: readonly Entry[], index: number, size: number): Page<Entry> {
  const count = Math.max(1, Math.ceil(all.length / size));
  const at = Math.min(Math.max(0, index), count - 1);
  return { entries: all.slice(at * size, (at + 1) * size), index: at, count };
}
