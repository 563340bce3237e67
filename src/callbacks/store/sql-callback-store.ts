import { type Kysely, Migrator, type Transaction } from 'kysely';
import type { CallbackChangeEvent, CallbackRequest } from '../../contact-center/index.js';
import type { CallbackPage, CallbackQuery } from '../callback-operations.js';
import { numberKey } from '../callback-requests.js';
import type { CallbackStore, CallbackTransaction, OutboxEntry } from './callback-store.js';
import { migrations } from './migrations.js';
import { requestPage } from './request-page.js';
import { eventJson, outboxEntryOf, requestOf, rowOf } from './rows.js';
import type { StoreDatabase } from './store-database.js';
import { messageOf, StoreBrokenError, StoreUnavailableError } from './store-errors.js';
import type { Tables } from './tables.js';

/** Keeps callback requests in a database of SQL. The same statements run on both databases. */
export class SqlCallbackStore implements CallbackStore {
  readonly #database: StoreDatabase;
  #db: Kysely<Tables> | undefined;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  async connect(onLost?: (reason: Error) => void): Promise<void> {
    this.#db = undefined;
    await this.#explained(async () => {
      const db = await this.#database.open((error) => {
        const reason = this.#database.explain(error);
        onLost?.(reason instanceof Error ? reason : error);
      });
      await this.#migrate(db);
      this.#db = db;
    });
  }

  async transaction<Result>(
    work: (transaction: CallbackTransaction) => Promise<Result>,
  ): Promise<Result> {
    return this.#use((db) =>
      db.transaction().execute((transaction) => work(new SqlTransaction(transaction))),
    );
  }

  async find(id: string): Promise<CallbackRequest | undefined> {
    return this.#use((db) => findRequest(db, id));
  }

  async list(query: CallbackQuery): Promise<CallbackPage> {
    return this.#use((db) => requestPage(db, query));
  }

  async untoldEvents(limit: number): Promise<readonly OutboxEntry[]> {
    const rows = await this.#use((db) =>
      db.selectFrom('callback_outbox').selectAll().orderBy('position').limit(limit).execute(),
    );
    return rows.map(outboxEntryOf);
  }

  async countUntoldEvents(): Promise<number> {
    const { count } = await this.#use((db) =>
      db
        .selectFrom('callback_outbox')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow(),
    );
    return Number(count);
  }

  async removeEvents(entries: readonly OutboxEntry[]): Promise<void> {
    const positions = entries.map(({ position }) => position);
    await this.#use((db) =>
      db.deleteFrom('callback_outbox').where('position', 'in', positions).execute(),
    );
  }

  async close(): Promise<void> {
    this.#db = undefined;
    await this.#explained(() => this.#database.close());
  }

  async #use<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    const db = this.#db;
    if (db === undefined) throw new StoreUnavailableError('the store is not connected');
    return this.#explained(() => work(db));
  }

  async #explained<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.#database.explain(error);
    }
  }

  async #migrate(db: Kysely<Tables>): Promise<void> {
    const steps = migrations(this.#database.counting);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(steps) },
      migrationTableName: 'rte_hub_migrations',
      migrationLockTableName: 'rte_hub_migrations_lock',
    });
    const done = await migrator.getMigrations();
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    if (!messageOf(error).startsWith('corrupted migrations')) throw error;
    const known = `this version knows ${String(done.length)} steps of the tables`;
    throw new StoreBrokenError(
      `the store was written by another version of the hub (${known}; ${messageOf(error)}): run that version, or a newer one`,
      { cause: error },
    );
  }
}

class SqlTransaction implements CallbackTransaction {
  readonly #db: Transaction<Tables>;

  constructor(db: Transaction<Tables>) {
    this.#db = db;
  }

  find(id: string): Promise<CallbackRequest | undefined> {
    return findRequest(this.#db, id);
  }

  async findOpen(callListId: string, contactNumber: string): Promise<CallbackRequest | undefined> {
    const row = await this.#db
      .selectFrom('callback_requests')
      .selectAll()
      .where('call_list_id', '=', callListId)
      .where('number_key', '=', numberKey(contactNumber))
      .where('is_closed', '=', 0)
      .executeTakeFirst();
    return row === undefined ? undefined : requestOf(row);
  }

  async findExpired(time: number, limit: number): Promise<readonly CallbackRequest[]> {
    const rows = await this.#db
      .selectFrom('callback_requests')
      .selectAll()
      .where('is_closed', '=', 0)
      .where('expiry_date', '<=', time)
      .orderBy('expiry_date')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(requestOf);
  }

  async save(event: CallbackChangeEvent): Promise<void> {
    const { id, ...changes } = rowOf(event.request);
    await this.#db
      .insertInto('callback_requests')
      .values({ id, ...changes })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
      .execute();
    await this.#db
      .insertInto('callback_outbox')
      .values({ event_id: event.eventId, event: eventJson(event) })
      .execute();
  }

  async deleteClosed(time: number, limit: number): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('callback_requests')
      .where('id', 'in', (query) =>
        query
          .selectFrom('callback_requests')
          .select('id')
          .where('is_closed', '=', 1)
          .where('modified', '<', time)
          .orderBy('modified')
          .limit(limit),
      )
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}

async function findRequest(db: Kysely<Tables>, id: string): Promise<CallbackRequest | undefined> {
  const row = await db
    .selectFrom('callback_requests')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : requestOf(row);
}
