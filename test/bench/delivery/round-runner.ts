import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cost, Workload } from './workload.js';

/** Without a byte more for this long, what is missing will not come. */
const STALL_MS = 10_000;

/** Runs rounds as fast as the clients report them received, never more than `ahead` before them. */
export class RoundRunner {
  readonly #connections: number;
  #received = 0;
  #wake: () => void = () => undefined;

  constructor(connections: number) {
    this.#connections = connections;
  }

  /** Bytes that all clients have received since the start. */
  progress(bytes: number): void {
    this.#received = bytes;
    this.#wake();
  }

  /**
   * @param sendRound sends one round to all connections; gives the bytes that one connection gets
   * @throws when bytes that were sent do not arrive: a state was conflated on a machine too busy to
   *   write at once, or a client was lost
   */
  async run(workload: Workload, sendRound: () => number): Promise<Cost> {
    const before = this.#received;
    let sent = 0;
    let bytesPerRound = 0;
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    for (let round = 0; round < workload.rounds; round += 1) {
      await this.#until(before, sent - bytesPerRound * workload.ahead);
      bytesPerRound = sendRound() * this.#connections;
      sent += bytesPerRound;
      await nextTurn();
    }
    await this.#until(before, sent);
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      deliveries: workload.rounds * workload.eventsPerRound * this.#connections,
      seconds: (performance.now() - startedAt) / 1000,
      cpuSeconds: (user + system) / 1e6,
    };
  }

  /** Resolves when the clients have received `bytes` more than `before`. */
  async #until(before: number, bytes: number): Promise<void> {
    while (this.#received - before < bytes) {
      const received = this.#received;
      await this.#nextReport();
      if (this.#received !== received) continue;
      const had = `${String(received - before)} of at least ${String(bytes)} bytes`;
      throw new Error(
        `the clients have received ${had}, and nothing more for ${String(STALL_MS / 1000)} s: ` +
          'a state was conflated, or a client is gone; run the bench on a quieter machine',
      );
    }
  }

  /** Resolves at the next report, or when none has come for too long. */
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
