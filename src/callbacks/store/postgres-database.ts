import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { StoreDatabase } from './store-database.js';
import { codeOf, messageOf, StoreBrokenError, StoreUnavailableError } from './store-errors.js';
import type { Tables } from './tables.js';

/** Time to connect, and for one statement, until the database counts as away. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;

/** The advisory lock of the hub that writes; any number that no other program takes. */
const WRITER_LOCK = 7_823_001;

/**
 * So that the server notices soon that a hub's machine is gone, and gives its lock to the next one;
 * by default it takes two hours (PostgreSQL 20.3.2).
 */
const SERVER_OPTIONS =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/**
 * Classes and codes of SQLSTATE (PostgreSQL, appendix A) that may pass: connection, transaction
 * rollback, resources, operator's intervention, system error; wrong login, no such database, no
 * rights, read-only.
 */
const MAY_PASS = /^(?:08|40|53|57|58|28)...$|^(?:3D000|42501|25006)$/u;

/** Such as ECONNREFUSED. */
const SYSTEM_CODE = /^E[A-Z]+$/u;

/** Why the connection is no more; undefined while it is there. */
interface Loss {
  error: Error | undefined;
  /** Told of it, unless the connection is closed on purpose. */
  onLost: ((error: Error) => void) | undefined;
}

/**
 * A PostgreSQL database. One connection does all: it holds the lock that keeps other hubs from
 * writing, so with it goes the right to write.
 */
export class PostgresDatabase implements StoreDatabase {
  readonly counting = 'bigserial';
  readonly #url: string;
  #db: Kysely<Tables> | undefined;
  /** Of the connection there is, or was last. */
  #loss: Loss = { error: undefined, onLost: undefined };

  /** @param url postgres://… with user, password and database */
  constructor(url: string) {
    this.#url = url;
  }

  async open(onLost: (error: Error) => void): Promise<Kysely<Tables>> {
    await this.close();
    const loss: Loss = { error: undefined, onLost };
    this.#loss = loss;
    const db = new Kysely<Tables>({
      dialect: new PostgresDialect({ pool: singleConnection(this.#url, loss) }),
    });
    this.#db = db;
    await takeLock(db);
    return db;
  }

  async close(): Promise<void> {
    const db = this.#db;
    if (db === undefined) return;
    this.#db = undefined;
    this.#loss.onLost = undefined;
    try {
      if (this.#loss.error === undefined) await giveLockBack(db);
    } catch (error) {
      // A connection that is lost has no lock to give back.
      if (!mayPass(error, this.#loss)) throw error;
    } finally {
      await db.destroy();
    }
  }

  explain(error: unknown): unknown {
    if (error instanceof StoreUnavailableError || error instanceof StoreBrokenError) return error;
    if (!mayPass(error, this.#loss)) return error;
    const message = `PostgreSQL of DATABASE_URL can't be used: ${messageOf(error)}`;
    return new StoreUnavailableError(message, { cause: error });
  }
}

/** A pool of one, which would make a new connection for one that was lost: that would have no lock. */
function singleConnection(url: string, loss: Loss) {
  const pool = new Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    statement_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: 'rte-hub',
    options: SERVER_OPTIONS,
  });
  const lose = (error: Error): void => {
    if (loss.error !== undefined) return;
    loss.error = error;
    loss.onLost?.(error);
  };
  // In the middle of a transaction it is the client that tells, not the pool.
  pool.on('error', lose);
  pool.on('connect', (client) => void client.on('error', lose));
  pool.on('remove', () => lose(new Error('the connection has ended')));
  return {
    connect: async () => {
      if (loss.error !== undefined) throw loss.error;
      return pool.connect();
    },
    end: () => pool.end(),
  };
}

async function takeLock(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{
    taken: boolean;
  }>`select pg_try_advisory_lock(${WRITER_LOCK}) as taken`.execute(db);
  if (rows[0]?.taken === true) return;
  const remedy = 'stop it, or give this hub a database of its own';
  throw new StoreUnavailableError(`another hub uses the database of DATABASE_URL: ${remedy}`);
}

/** The server notices the end of a connection a little later than the next one asks for the lock. */
async function giveLockBack(db: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_unlock_all()`.execute(db);
}

/** Errors of the network have the system's codes, such as ECONNREFUSED; some of the driver's none. */
function mayPass(error: unknown, loss: Loss): boolean {
  if (loss.error !== undefined) return true;
  const code = codeOf(error);
  if (code !== undefined) return MAY_PASS.test(code) || SYSTEM_CODE.test(code);
  return /connection|timeout|not queryable/iu.test(messageOf(error));
}
