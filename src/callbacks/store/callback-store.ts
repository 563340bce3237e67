import type { CallbackChangeEvent, CallbackRequest } from '../../contact-center/index.js';
import type { CallbackPage, CallbackQuery } from '../callback-operations.js';

/**
 * Keeps callback requests, and beside them, in the outbox, the events of their changes until they
 * were told. All methods reject with StoreUnavailableError when the database can't be used now, and
 * with another error for a fault that trying again does not mend.
 */
export interface CallbackStore {
  /**
   * Makes the store usable: connects and brings the tables up to date. Again after a loss.
   * @param onLost told when the connection ends though nobody uses it then
   */
  connect(onLost?: (reason: Error) => void): Promise<void>;
  /**
   * Runs `work` in one transaction: all that it writes is kept when the promise resolves, and
   * nothing when it rejects. One at a time.
   */
  transaction<Result>(work: (transaction: CallbackTransaction) => Promise<Result>): Promise<Result>;
  find(id: string): Promise<CallbackRequest | undefined>;
  list(query: CallbackQuery): Promise<CallbackPage>;
  /** Events that were not told yet, the oldest first. */
  untoldEvents(limit: number): Promise<readonly OutboxEntry[]>;
  countUntoldEvents(): Promise<number>;
  /** Removes events that were told. */
  removeEvents(entries: readonly OutboxEntry[]): Promise<void>;
  /** Ends it in good order; what was promised is kept. */
  close(): Promise<void>;
}

/** What may be done in a transaction. */
export interface CallbackTransaction {
  find(id: string): Promise<CallbackRequest | undefined>;
  /** The open request of a number in a list: there is at most one, however the number is written. */
  findOpen(callListId: string, contactNumber: string): Promise<CallbackRequest | undefined>;
  /** Open requests whose expiry is not after `time`, epoch ms. */
  findExpired(time: number, limit: number): Promise<readonly CallbackRequest[]>;
  /** Adds the request, or replaces the one with its id; and puts the event of it into the outbox. */
  save(event: CallbackChangeEvent): Promise<void>;
  /** Deletes closed requests that were changed last before `time`; how many they were. */
  deleteClosed(time: number, limit: number): Promise<number>;
}

/** An event in the outbox; undefined when what stands there can't be read. */
export interface OutboxEntry {
  /** Its place in the order. */
  readonly position: number;
  readonly event: CallbackChangeEvent | undefined;
}
