import { type ChildProcess, fork } from 'node:child_process';
import { fromClients } from './messages.js';

/** Without a receipt for this long, what is missing will not come. */
const STALL_MS = 20_000;

/** The subscribed clients, in a process of their own, and what they report. */
export class Watchers {
  /** Milliseconds from publish to receipt, of all receipts since the last reset. */
  delays: number[] = [];
  readonly #child: ChildProcess;
  #wake: () => void = () => undefined;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Connects them; resolves when all have subscribed. */
  static async start(url: string, token: string): Promise<Watchers> {
    const watchers = new Watchers(fork(new URL('clients.ts', import.meta.url), [url, token]));
    await watchers.#untilSubscribed();
    return watchers;
  }

  /**
   * Resolves when the clients have received so many arrivals since the last reset.
   * @throws when nothing comes for too long
   */
  async untilReceived(count: number): Promise<void> {
    while (this.delays.length < count) {
      const had = this.delays.length;
      await this.#nextReport();
      if (this.delays.length === had) {
        throw new Error(`${String(had)} of ${String(count)} arrivals were received, then no more`);
      }
    }
  }

  reset(): void {
    this.delays = [];
  }

  stop(): void {
    this.#child.disconnect();
  }

  #untilSubscribed(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.once('exit', () => reject(new Error('the clients have ended')));
      this.#child.on('message', (given) => {
        const message = fromClients.parse(given);
        if (message.kind === 'subscribed') resolve();
        else this.delays.push(...message.delays);
        this.#wake();
      });
    });
  }

  #nextReport(): Promise<void> {
    return new Promise((resolve) => {
      const tooLong = setTimeout(resolve, STALL_MS);
      this.#wake = () => {
        clearTimeout(tooLong);
        resolve();
      };
    });
  }
}
