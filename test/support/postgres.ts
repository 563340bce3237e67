import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** Where Debian puts each version's programs. */
const VERSIONS = '/usr/lib/postgresql';
const USER = 'rte';
const START_MS = 20_000;
const POLL_MS = 50;

/** Folder of the newest server of this machine; undefined when it has none. */
function serverFolder(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined;
  return readdirSync(VERSIONS)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(VERSIONS, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/**
 * Whether this machine can run a private PostgreSQL. Where it can't, tests are skipped with the
 * reason told.
 * @throws with CI=true, where nothing may be skipped
 */
export function canStartPostgres(): boolean {
  if (serverFolder() !== undefined) return true;
  const reason = 'PostgreSQL is not installed';
  if (process.env['CI'] === 'true') throw new Error(`tests can't run: ${reason}`);
  process.stderr.write(`tests with PostgreSQL are skipped: ${reason}\n`);
  return false;
}

/** The server refuses root, so root runs it as the user that Debian made for it. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  return { uid: idOfPostgres('-u'), gid: idOfPostgres('-g') };
}

function idOfPostgres(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres']).toString());
}

/** A PostgreSQL of our own, with a data folder of its own, on a socket of its own. */
export class PrivatePostgres {
  readonly #programs: string;
  readonly #folder: string;
  readonly #user = serverUser();
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(programs: string, folder: string, options: readonly string[]) {
    this.#programs = programs;
    this.#folder = folder;
    this.#options = options;
  }

  /** @param durable waits for the disk as in production, which tests do not need */
  static async start({ durable = false } = {}): Promise<PrivatePostgres> {
    const programs = serverFolder();
    if (programs === undefined) throw new Error('PostgreSQL is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'rte-hub-postgres-'));
    const options = durable ? [] : ['-c', 'fsync=off'];
    const server = new PrivatePostgres(programs, folder, options);
    await server.#initialize();
    await server.resume();
    return server;
  }

  /** The URL of a new, empty database. */
  async createDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `hub${String(this.#databases)}`;
    await this.#run(`create database ${name}`);
    return this.#urlOf(name);
  }

  /** Ends all connections of the hubs, as an administrator may. */
  async endConnections(): Promise<void> {
    await this.#run(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rte-hub'`,
    );
  }

  /** Ends the server in good order; its data stays. */
  async pause(): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    // Does not wait until the clients have gone (PostgreSQL 19.5).
    server.kill('SIGINT');
    await ended;
  }

  /** Starts the server again and resolves when it takes connections. */
  async resume(): Promise<void> {
    const data = join(this.#folder, 'data');
    const places = ['-D', data, '-k', this.#folder, '-h', ''];
    const server = spawn(join(this.#programs, 'postgres'), [...places, ...this.#options], {
      ...this.#user,
      cwd: this.#folder,
      stdio: 'ignore',
    });
    this.#process = server;
    const giveUpAt = Date.now() + START_MS;
    for (;;) {
      try {
        await this.#run('select 1');
        return;
      } catch (error) {
        if (server.exitCode !== null || Date.now() > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    }
  }

  /** Ends the server and removes its data. */
  async stop(): Promise<void> {
    await this.pause();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #initialize(): Promise<void> {
    const { uid, gid } = this.#user;
    if (uid !== undefined && gid !== undefined) await chown(this.#folder, uid, gid);
    const how = ['-A', 'trust', '-U', USER, '-E', 'UTF8', '--locale=C', '--no-sync'];
    const initdb = spawn(
      join(this.#programs, 'initdb'),
      ['-D', join(this.#folder, 'data'), ...how],
      { ...this.#user, cwd: this.#folder, stdio: 'ignore' },
    );
    await once(initdb, 'exit');
    if (initdb.exitCode !== 0) throw new Error(`initdb ended with ${String(initdb.exitCode)}`);
  }

  #urlOf(database: string): string {
    return `postgres://${USER}@localhost/${database}?host=${encodeURIComponent(this.#folder)}`;
  }

  async #run(statement: string): Promise<void> {
    const client = new Client({ connectionString: this.#urlOf('postgres') });
    try {
      await client.connect();
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}
