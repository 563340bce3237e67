import type { Kysely } from 'kysely';
import type { Counting } from './migrations.js';
import type { Tables } from './tables.js';

/** One of the databases that a store can stand on: what differs between them. */
export interface StoreDatabase {
  readonly counting: Counting;
  /**
   * Connects, unless there is a connection that is known to be good.
   * @param onLost told when the connection ends by itself
   */
  open(onLost: (error: Error) => void): Promise<Kysely<Tables>>;
  /** Ends the connection, whatever state it is in. */
  close(): Promise<void>;
  /**
   * What an error of the database means: a StoreUnavailableError or a StoreBrokenError with a
   * message for operators, or the error itself when it is the fault of a statement.
   */
  explain(error: unknown): unknown;
}
