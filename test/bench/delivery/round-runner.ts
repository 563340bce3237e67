import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cost, Workload } from './workload.js';

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
   */
  async run(workload: Workload, sendRound: () => number): Promise<Cost> {
    const before = this.#received;
    let sent = 0;
    let bytesPerRound = 0;
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    for (let round = 0; round < workload.rounds; round += 1) {
      const allowed = bytesPerRound * workload.ahead;
      await this.#until(() => sent - (this.#received - before) <= allowed);
      bytesPerRound = sendRound() * this.#connections;
      sent += bytesPerRound;
      await nextTurn();
    }
    await this.#until(() => this.#received - before >= sent);
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      deliveries: workload.rounds * workload.eventsPerRound * this.#connections,
      seconds: (performance.now() - startedAt) / 1000,
      cpuSeconds: (user + system) / 1e6,
    };
  }

  async #until(reached: () => boolean): Promise<void> {
    while (!reached()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
