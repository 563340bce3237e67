import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import Libsql from 'libsql/promise';
import { type LibsqlDatabase, LibsqlDialect } from './libsql-dialect.js';
import type { StoreDatabase } from './store-database.js';
import { codeOf, messageOf, StoreBrokenError, StoreUnavailableError } from './store-errors.js';
import type { Tables } from './tables.js';

const FILE = 'callbacks.db';
/** It holds names and numbers of callers. */
const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;

/** Faults of the disk or of somebody else's making, which may pass. */
const MAY_PASS = /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM)/u;
/** Faults of the file itself. */
const DAMAGED = /^SQLITE_(?:CORRUPT|NOTADB)/u;

/** The database in a file of RTE_DATA_DIR. One process has it to itself, for as long as it runs. */
export class EmbeddedDatabase implements StoreDatabase {
  readonly counting = 'autoincrement';
  readonly #folder: string;
  readonly #path: string;
  #opened: { readonly database: LibsqlDatabase; readonly db: Kysely<Tables> } | undefined;

  /** @param folder RTE_DATA_DIR; made if it is not there */
  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, FILE);
  }

  async open(): Promise<Kysely<Tables>> {
    if (this.#opened === undefined) {
      const database = await this.#openFile();
      this.#opened = { database, db: new Kysely({ dialect: new LibsqlDialect(database) }) };
    }
    return this.#opened.db;
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened === undefined) return;
    try {
      // libsql never finalizes statements, which would keep the file locked after the close. Without
      // its log the database lets go of the lock, and leaves one file behind.
      await opened.database.exec('pragma journal_mode = delete; pragma locking_mode = normal');
      await opened.database.exec('begin immediate; commit');
    } finally {
      await opened.db.destroy();
    }
  }

  explain(error: unknown): unknown {
    if (error instanceof StoreUnavailableError || error instanceof StoreBrokenError) return error;
    const code = codeOf(error) ?? '';
    const options = { cause: error };
    if (code.startsWith('SQLITE_BUSY')) {
      const remedy = 'stop it, or give this hub a RTE_DATA_DIR of its own';
      return new StoreUnavailableError(`another process uses ${this.#path}: ${remedy}`, options);
    }
    if (DAMAGED.test(code)) {
      const remedy = 'put back a copy of it, or move it away and the hub begins with an empty one';
      return new StoreBrokenError(`${this.#path} is damaged or no database: ${remedy}`, options);
    }
    if (MAY_PASS.test(code) || isFileFault(error)) {
      const remedy = 'check RTE_DATA_DIR, its rights and the room on its disk';
      const message = `${this.#path} can't be used (${messageOf(error)}): ${remedy}`;
      return new StoreUnavailableError(message, options);
    }
    return error;
  }

  async #openFile(): Promise<LibsqlDatabase> {
    await mkdir(this.#folder, { recursive: true, mode: FOLDER_OWNER_ONLY });
    // SQLite would make it readable for everybody; its log takes over the rights.
    await (await open(this.#path, 'a', OWNER_ONLY)).close();
    const database: LibsqlDatabase = new Libsql(this.#path, {});
    try {
      await database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal');
      await database.exec('pragma synchronous = full');
      // Takes the lock, which is kept from here on.
      await database.exec('begin immediate; commit');
      await this.#check(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  }

  /** A file that is damaged in the middle would fail at its first use of that page. */
  async #check(database: LibsqlDatabase): Promise<void> {
    const statement = await database.prepare('pragma quick_check(1)');
    const [row = {}] = await statement.all<Record<string, unknown>>([]);
    const [answer] = Object.values(row);
    if (answer === 'ok') return;
    throw Object.assign(new Error(String(answer)), { code: 'SQLITE_CORRUPT' });
  }
}

/** Errors of opening a file: Node's have a code of the system, libsql's have none. */
function isFileFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.message.startsWith('ConnectionFailed')) return true;
  return 'syscall' in error;
}
