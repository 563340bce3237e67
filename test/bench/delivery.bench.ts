import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import type { z } from 'zod';
import type { Cost, ServerKind, ToServer } from './delivery/workload.js';
import { CONNECTIONS, fromServer, WORKLOADS } from './delivery/workload.js';

/** Times that each server is measured, in turn. */
const REPEATS = 5;

/** A server process with its clients, ready to be measured any number of times. */
class Bench {
  readonly #server: ChildProcess;
  readonly #clients: ChildProcess;

  private constructor(server: ChildProcess, clients: ChildProcess) {
    this.#server = server;
    this.#clients = clients;
    clients.on('message', (bytes) => {
      if (typeof bytes === 'number') this.#tell({ kind: 'progress', bytes });
    });
  }

  static async start(kind: ServerKind): Promise<Bench> {
    const server = fork(new URL('delivery/server.ts', import.meta.url), [kind]);
    const listening = await nextMessage(server, fromServer.listening);
    const file = new URL('delivery/clients.ts', import.meta.url);
    const subscribed = nextMessage(server, fromServer.subscribed);
    const bench = new Bench(server, fork(file, [String(listening.port), kind]));
    await subscribed;
    return bench;
  }

  async measure(workload: keyof typeof WORKLOADS): Promise<Cost> {
    const done = nextMessage(this.#server, fromServer.done);
    this.#tell({ kind: 'run', workload: WORKLOADS[workload] });
    return (await done).cost;
  }

  stop(): void {
    this.#clients.disconnect();
    this.#server.disconnect();
  }

  #tell(message: ToServer): void {
    this.#server.send(message);
  }
}

/**
 * Resolves with the next message of the form; others are not for this caller.
 * @throws what the child says has failed, or that it ended
 */
async function nextMessage<T>(child: ChildProcess, form: z.ZodType<T>): Promise<T> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then((): never => {
    throw new Error('a process of the bench has ended');
  });
  try {
    for (;;) {
      const arrived: unknown[] = await Promise.race([once(child, 'message', { signal }), ended]);
      const message = form.safeParse(arrived[0]);
      if (message.success) return message.data;
      const failed = fromServer.failed.safeParse(arrived[0]);
      if (failed.success) throw new Error(failed.data.problem);
    }
  } finally {
    // The end of a child that nobody waits for any more is no news.
    ended.catch(() => undefined);
    waiting.abort();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const rate = (cost: Cost): number => cost.deliveries / cost.seconds;
const cpuPerMillion = (cost: Cost): number => (cost.cpuSeconds / cost.deliveries) * 1e6;

console.log(
  `${String(CONNECTIONS)} connections, UserStatus of about 1.1 kB, medians of ${String(REPEATS)}, ` +
    `${cpus()[0]?.model ?? 'unknown processor'} x ${String(cpus().length)}, Node ${process.version}\n`,
);
const benches = { hub: await Bench.start('hub'), bare: await Bench.start('bare') };
for (const workload of ['single', 'together'] as const) {
  const costs: Record<ServerKind, Cost[]> = { hub: [], bare: [] };
  // The first turn warms both up and does not count.
  for (let turn = 0; turn <= REPEATS; turn += 1) {
    for (const kind of ['bare', 'hub'] as const) {
      const cost = await benches[kind].measure(workload);
      if (turn > 0) costs[kind].push(cost);
    }
  }
  report(workload, costs);
}
benches.hub.stop();
benches.bare.stop();

function report(workload: string, { hub, bare }: Record<ServerKind, Cost[]>): void {
  const pairs = hub.map((cost, turn) => rate(cost) / rate(bare[turn] ?? cost));
  console.log(workload === 'single' ? 'one event at a time' : 'ten events together');
  for (const [name, costs] of Object.entries({ 'bare ws': bare, 'rte-hub': hub })) {
    console.log(
      `  ${name}  ${Math.round(median(costs.map(rate))).toLocaleString('en')} deliveries/s, ` +
        `${median(costs.map(cpuPerMillion)).toFixed(2)} CPU s per million`,
    );
  }
  const cpu = median(bare.map(cpuPerMillion)) / median(hub.map(cpuPerMillion));
  console.log(
    `  rate, hub to bare, turn by turn: ${pairs.map((pair) => pair.toFixed(2)).join(' ')}; ` +
      `median ${median(pairs).toFixed(2)}; deliveries per CPU second, hub to bare: ${cpu.toFixed(2)}\n`,
  );
}
