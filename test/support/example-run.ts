import { type ChildProcess, spawn } from 'node:child_process';

/** What the examples print after each Subscribe, and the events that they subscribe to. */
const SUBSCRIBED = 'subscriptions:';
const EVENTS = ['QueueStatus', 'UserStatus'];

/** An example client that runs until it is stopped, and what it prints. */
export class ExampleRun {
  readonly #process: ChildProcess;
  readonly #closed: Promise<void>;
  #output = '';
  #ended = false;
  #changed: () => void = () => {};

  /** @param folder where it is run */
  constructor(command: string, args: readonly string[], folder: string | URL) {
    this.#process = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
        this.#changed();
      });
    }
    this.#closed = new Promise((resolve) => {
      this.#process.once('close', () => {
        this.#ended = true;
        this.#changed();
        resolve();
      });
    });
  }

  /**
   * Resolves when it has subscribed for this many times and was told all events after that; gives
   * what it printed since.
   * @throws when it ends before
   */
  async untilTold(times: number): Promise<string> {
    for (;;) {
      const parts = this.#output.split(SUBSCRIBED);
      const told = parts.slice(times).join(SUBSCRIBED);
      if (EVENTS.every((name) => told.includes(name))) return told;
      if (this.#ended) throw new Error(`the example ended: ${this.#output}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#closed;
  }
}
