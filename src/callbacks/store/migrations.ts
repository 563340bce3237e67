import { type Kysely, type Migration, sql } from 'kysely';

/** How a database makes a column that counts by itself. */
export type Counting = 'autoincrement' | 'bigserial';

/**
 * The steps from an empty database to today's tables, by name in their order. One that was released
 * is never changed: a new one follows it.
 */
export function migrations(counting: Counting): Record<string, Migration> {
  return { '001-callback-requests': { up: (db) => createTables(db, counting) } };
}

async function createTables(db: Kysely<unknown>, counting: Counting): Promise<void> {
  await createRequests(db);
  await db.schema
    .createTable('callback_outbox')
    .addColumn('position', counting === 'bigserial' ? 'bigserial' : 'integer', (column) =>
      counting === 'bigserial' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('event_id', 'text', (column) => column.notNull().unique())
    .addColumn('event', 'text', (column) => column.notNull())
    .execute();
}

async function createRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('callback_requests')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('call_list_id', 'text', (column) => column.notNull())
    .addColumn('organization_id', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('type_id', 'integer', (column) => column.notNull())
    .addColumn('contact_number', 'text', (column) => column.notNull())
    .addColumn('number_key', 'text', (column) => column.notNull())
    .addColumn('contact_name', 'text', (column) => column.notNull())
    .addColumn('contact_message', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('queue_id', 'text')
    .addColumn('channel_in', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text')
    .addColumn('recording_id', 'text')
    .addColumn('transcript_id', 'text')
    .addColumn('classification_id', 'text')
    .addColumn('priority', 'text')
    .addColumn('creation_time', 'bigint', (column) => column.notNull())
    .addColumn('modified', 'bigint', (column) => column.notNull())
    .addColumn('assigned_user_id', 'text')
    .addColumn('last_modified_user_id', 'text')
    .addColumn('due_date', 'bigint')
    .addColumn('not_before', 'bigint')
    .addColumn('expiry_date', 'bigint')
    .addColumn('is_closed', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'text', (column) => column.notNull())
    .addColumn('extras', 'text', (column) => column.notNull())
    .addColumn('related_items', 'text', (column) => column.notNull())
    .execute();
  await createIndexes(db);
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  // At most one open request of a number in a list, whoever writes.
  await sql`create unique index callback_requests_open on callback_requests (call_list_id, number_key) where is_closed = 0`.execute(
    db,
  );
  await sql`create index callback_requests_expiry on callback_requests (expiry_date) where is_closed = 0 and expiry_date is not null`.execute(
    db,
  );
  await sql`create index callback_requests_closed on callback_requests (modified) where is_closed = 1`.execute(
    db,
  );
  await db.schema
    .createIndex('callback_requests_order')
    .on('callback_requests')
    .columns(['call_list_id', 'creation_time', 'id'])
    .execute();
}
