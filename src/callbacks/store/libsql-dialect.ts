import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** What is used of a database of `libsql/promise`, whose own types say nothing. */
export interface LibsqlDatabase {
  prepare(sql: string): Promise<LibsqlStatement>;
  exec(sql: string): Promise<void>;
  close(): void;
}

interface LibsqlStatement {
  /** Whether it gives rows. */
  readonly reader: boolean;
  /** The rows are parsed by whoever asked for them. */
  all<Row>(parameters: readonly unknown[]): Promise<Row[]>;
  run(parameters: readonly unknown[]): { readonly changes: number };
}

/** Statements kept prepared; the store has some twenty, a few in forms of several lengths. */
const MAX_PREPARED = 100;

/**
 * Kysely on libsql. Beginnings and ends of transactions, and with them all waiting for the disk, are
 * done on libsql's own threads: the event loop goes on meanwhile.
 */
export class LibsqlDialect implements Dialect {
  readonly #database: LibsqlDatabase;

  constructor(database: LibsqlDatabase) {
    this.#database = database;
  }

  createDriver(): Driver {
    return new LibsqlDriver(this.#database);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** Hands out the one connection there is to one user after the other. */
class LibsqlDriver implements Driver {
  readonly #database: LibsqlDatabase;
  readonly #connection: LibsqlConnection;
  /** The last in the line. */
  #lastTurn = new Turn();
  #currentTurn = this.#lastTurn;

  constructor(database: LibsqlDatabase) {
    this.#database = database;
    this.#connection = new LibsqlConnection(database);
    this.#lastTurn.end();
  }

  async init(): Promise<void> {
    // The database is open already.
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#lastTurn;
    const turn = new Turn();
    this.#lastTurn = turn;
    await before.ended;
    this.#currentTurn = turn;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#currentTurn.end();
  }

  async beginTransaction(): Promise<void> {
    // Takes the lock for writing at once: what was read in the transaction stays true.
    await this.#database.exec('begin immediate');
  }

  async commitTransaction(): Promise<void> {
    await this.#database.exec('commit');
  }

  async rollbackTransaction(): Promise<void> {
    await this.#database.exec('rollback');
  }

  async destroy(): Promise<void> {
    this.#database.close();
  }
}

/** The time in which one user has the connection. */
class Turn {
  readonly ended: Promise<void>;
  #end: (() => void) | undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  end(): void {
    this.#end?.();
  }
}

class LibsqlConnection implements DatabaseConnection {
  readonly #database: LibsqlDatabase;
  readonly #prepared = new Map<string, LibsqlStatement>();

  constructor(database: LibsqlDatabase) {
    this.#database = database;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const statement = await this.#prepare(sql);
    if (statement.reader) return { rows: await statement.all<Row>(parameters) };
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
  }

  /** All rows come at once: the lists are short. */
  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }

  async #prepare(sql: string): Promise<LibsqlStatement> {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = await this.#database.prepare(sql);
    const oldest = this.#prepared.keys().next();
    if (this.#prepared.size >= MAX_PREPARED && oldest.done !== true) {
      this.#prepared.delete(oldest.value);
    }
    this.#prepared.set(sql, statement);
    return statement;
  }
}
