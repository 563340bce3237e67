/** Bounds of callback requests and of what waits to become one, each with its reason. */
export const CALLBACK_LIMITS = {
  /** Longest name, number, priority, or name of a channel: as in the directory file. */
  text: 256,
  /** Longest note, message, note of an attempt, or value of an extra: some pages. */
  longText: 4_000,
  /** Nobody is tried more often; events carry all attempts. */
  attempts: 100,
  /** Fields that an organization adds. */
  extras: 50,
  /** Of somebody who calls again and again, the newest calls are kept. */
  relatedItems: 100,
  /** Requests in one page of a list. */
  page: 500,
} as const;

/** Changes that wait for the store: an hour of a large center, at 20,000 calls a day ten times over. */
export const MAX_WAITING_CHANGES = 20_000;

/**
 * Changes written in one transaction: so many share the wait for the disk. With 32 the event loop
 * waited three times as long, at the same rate: libsql's answers follow each other without a turn.
 */
export const MAX_BATCH = 8;

/** Events told in one go, for the same reason. */
export const OUTBOX_PAGE = 16;

/** Requests that one transaction of the upkeep closes or deletes, so that others get their turn. */
export const UPKEEP_PAGE = 100;
