import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

type Variables = Readonly<Record<string, string>>;

/** Of a person who has just cloned the repository: what is committed, and a shell. */
export class FreshClone {
  readonly folder: string;
  readonly #running = new Set<RunningCommand>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Clones what the working tree's branch has, into the system's temporary folder. */
  static async make(): Promise<FreshClone> {
    const clone = new FreshClone(await mkdtemp(join(tmpdir(), 'rte-hub-clone-')));
    await clone.run(`git clone --quiet '${ROOT}' .`);
    return clone;
  }

  /** Writes a file, as one does with an editor. */
  async write(path: string, text: string): Promise<void> {
    await writeFile(join(this.folder, path), text);
  }

  /**
   * Runs commands until they end.
   * @returns what they write to standard output
   * @throws {Error} with all output when they fail
   */
  async run(commands: string, variables: Variables = {}): Promise<string> {
    const command = this.start(commands, variables);
    const code = await command.closed;
    this.#running.delete(command);
    if (code !== 0) throw new Error(`${commands} ended with ${String(code)}:\n${command.output}`);
    return command.standardOutput;
  }

  /** Runs commands that go on. */
  start(commands: string, variables: Variables = {}): RunningCommand {
    const command = new RunningCommand(commands, this.folder, variables);
    this.#running.add(command);
    return command;
  }

  /** Ends what still runs, as after a test that failed. */
  async killAll(): Promise<void> {
    for (const command of this.#running) await command.kill();
    this.#running.clear();
  }

  /** Ends what still runs and removes the folder. */
  async remove(): Promise<void> {
    await this.killAll();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Commands in a shell of their own, which stops at the first that fails. */
export class RunningCommand {
  /** What it has written so far, and that of standard output alone. */
  output = '';
  standardOutput = '';
  /** The exit code, null after a signal. */
  readonly closed: Promise<number | null>;
  readonly #process: ChildProcess;
  #changed: () => void = () => {};
  #ended = false;

  constructor(commands: string, folder: string, variables: Variables) {
    this.#process = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
      cwd: folder,
      env: { ...plainEnvironment(), ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, as a terminal gives it, so that Ctrl-C reaches all of it.
      detached: true,
    });
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      this.standardOutput += chunk.toString();
      this.#take(chunk);
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => this.#take(chunk));
    this.closed = new Promise((resolve) => {
      this.#process.once('close', (code) => {
        this.#ended = true;
        this.#changed();
        resolve(code);
      });
    });
  }

  /**
   * Resolves with what the first group of the pattern matches, as soon as it does.
   * @throws {Error} with all output when the commands end before
   */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match[1] ?? '';
      if (this.#ended) throw new Error(`ended without ${String(pattern)}:\n${this.output}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  /** Ctrl-C; resolves when all is over. */
  async interrupt(): Promise<void> {
    this.#signal('SIGINT');
    await this.closed;
  }

  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.closed;
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid !== undefined && !this.#ended) process.kill(-pid, signal);
  }

  #take(chunk: Buffer): void {
    this.output += chunk.toString();
    this.#changed();
  }
}

/** Of this process's variables those that every shell has, without what npm and vitest have added. */
function plainEnvironment(): Record<string, string> {
  const path = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['HOME', 'LANG', 'TMPDIR', 'npm_config_cache', 'npm_config_registry'];
  return {
    PATH: path.filter((folder) => !folder.includes('node_modules')).join(delimiter),
    npm_config_prefer_offline: 'true',
    ...Object.fromEntries(
      names.flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
}
