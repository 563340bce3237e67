import type { Callback } from './callback.js';

/** All requests that are known of, by id: the open ones, and those that closed meanwhile. */
export type CallbackBook = ReadonlyMap<string, Callback>;

/** None yet. */
export const NO_CALLBACKS: CallbackBook = new Map();

/** Open requests that are held: more than a team works through in days. */
export const MAX_OPEN = 2_000;

/** Requests that closed and are remembered, so that an answer from before does not open them. */
export const MAX_CLOSED = 200;

/**
 * The book with what was told of some requests. Of each the newest state counts, whichever way and
 * in whatever order they came.
 */
export function withCallbacks(book: CallbackBook, told: Iterable<Callback>): CallbackBook {
  const next = new Map(book);
  for (const callback of told) {
    const known = next.get(callback.id);
    if (known !== undefined && known.modified > callback.modified) continue;
    // Behind the others, as it was changed last.
    next.delete(callback.id);
    next.set(callback.id, callback);
  }
  forgetOldest(next, true, MAX_CLOSED);
  forgetOldest(next, false, MAX_OPEN);
  return next;
}

/**
 * The book after everything was read anew: what the reading does not have is gone.
 * @param read all open requests
 * @param since epoch ms of the hub when the reading began: who changed later stays
 */
export function withReading(
  book: CallbackBook,
  read: readonly Callback[],
  since: number,
): CallbackBook {
  const ids = new Set(read.map(({ id }) => id));
  const kept = [...book].filter(
    ([id, { isClosed, modified }]) => isClosed || ids.has(id) || modified >= since,
  );
  return withCallbacks(new Map(kept), read);
}

/** The open requests. */
export function openCallbacks(book: CallbackBook): readonly Callback[] {
  return [...book.values()].filter(({ isClosed }) => !isClosed);
}

function forgetOldest(book: Map<string, Callback>, isClosed: boolean, most: number): void {
  const some = [...book.values()].filter((one) => one.isClosed === isClosed);
  for (const { id } of some.slice(0, Math.max(0, some.length - most))) book.delete(id);
}
