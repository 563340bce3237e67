import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DEMO_LOGIN } from '../../src/directory/demo-directory.js';

const ROOT = new URL('../../', import.meta.url);
const FROM_SOURCE = ['--import', 'tsx', 'src/main.ts'];
const ADDRESS = /listens on (?<url>http:\S+)/;
const answer = z.object({ Url: z.string(), Token: z.string() });

/** The hub as operators run it: a process, with the demo directory and the simulator. */
export class HubProcess {
  /** All it has written to standard output and standard error. */
  output = '';
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #exited: Promise<number | null>;

  private constructor(
    folder: string,
    variables: Readonly<Record<string, string>>,
    main: readonly string[],
  ) {
    this.#folder = folder;
    this.#process = spawn(process.execPath, [...main, 'serve'], {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        RTE_PORT: '0',
        RTE_DATA_DIR: join(folder, 'data'),
        RTE_SOURCES: 'simulator',
        RTE_SIMULATOR_SPEED: '20',
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Unlike `exit`, `close` comes after the last of the output.
    this.#exited = new Promise((resolve) => {
      this.#process.once('close', resolve);
    });
    const take = (chunk: Buffer): void => {
      this.output += chunk.toString();
    };
    this.#process.stdout?.on('data', take);
    this.#process.stderr?.on('data', take);
  }

  /**
   * Starts it; resolves at once.
   * @param main path of its compiled main module; it compiles its sources itself unless told
   */
  static async begin(
    variables: Readonly<Record<string, string>> = {},
    main?: string,
  ): Promise<HubProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'rte-hub-process-'));
    return new HubProcess(folder, variables, main === undefined ? FROM_SOURCE : [main]);
  }

  /** Starts it as `begin` does; resolves when it has said where it listens. */
  static async start(
    variables: Readonly<Record<string, string>> = {},
    main?: string,
  ): Promise<{ hub: HubProcess; url: string }> {
    const hub = await HubProcess.begin(variables, main);
    const { groups } = await hub.said(ADDRESS);
    return { hub, url: groups?.['url'] ?? '' };
  }

  /** Logs in, with the demo login unless told otherwise. */
  async token(
    url: string,
    { userName, password }: { readonly userName: string; readonly password: string } = DEMO_LOGIN,
  ): Promise<{ Url: string; Token: string }> {
    const authorization = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
    const response = await fetch(`${url}/token/me/rte/`, { headers: { authorization } });
    return answer.parse(await response.json());
  }

  terminate(): void {
    this.#process.kill('SIGTERM');
  }

  /** Has it read its files again. */
  hangUp(): void {
    this.#process.kill('SIGHUP');
  }

  /** Stops it where it is, until `resume`. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }

  resume(): void {
    this.#process.kill('SIGCONT');
  }

  /** Ends it as the kernel does when memory is out: it can do nothing more. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /**
   * Resolves with the exit code.
   * @throws when it has not ended within the milliseconds
   */
  async exitCode(withinMs: number): Promise<number | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const tooLong = `the hub still runs after ${String(withinMs)} ms: ${this.output}`;
      timer = setTimeout(() => reject(new Error(tooLong)), withinMs);
    });
    try {
      return await Promise.race([this.#exited, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends it if it still runs, and removes its folder. */
  async remove(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Resolves with the match as soon as its output has one; rejects when it ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(this.output);
        if (match !== null) resolve(match);
      };
      this.#process.stdout?.on('data', look);
      this.#process.stderr?.on('data', look);
      this.#process.once('close', () => reject(new Error(`the hub ended: ${this.output}`)));
      look();
    });
  }
}
