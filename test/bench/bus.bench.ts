import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { HubProcess } from '../support/hub-process.js';
import { queueState } from '../support/queue-state.js';
import { PrivateRabbitMq } from '../support/rabbitmq.js';
import { stamp, WazoBus } from '../support/wazo-bus.js';
import {
  benchDirectory,
  callAt,
  CLIENTS,
  EVENTS_PER_CALL,
  PASSWORD,
  preciseNow,
  QUEUES,
  SUPERVISOR,
} from './bus/calls.js';
import { Watchers } from './bus/watchers.js';

const EXCHANGE = 'wazo-headers';
const QUEUE = 'rte-hub-bench';
const BACKLOG = 15_000;
const SECONDS = 10;
/** Calls are published in batches, a hundred times a second. */
const BATCHES_PER_SECOND = 100;
const RECEIPTS_PER_CALL = CLIENTS / QUEUES;

/** A broker, the hub in a process of its own, and its clients in another. */
class Bench {
  readonly #broker: PrivateRabbitMq;
  readonly #folder: string;
  readonly hub: HubProcess;
  readonly bus: WazoBus;
  readonly watchers: Watchers;
  #calls = 0;

  private constructor(parts: {
    broker: PrivateRabbitMq;
    folder: string;
    hub: HubProcess;
    bus: WazoBus;
    watchers: Watchers;
  }) {
    this.#broker = parts.broker;
    this.#folder = parts.folder;
    this.hub = parts.hub;
    this.bus = parts.bus;
    this.watchers = parts.watchers;
  }

  /** @param reorderWindowMs how long the hub waits for the rest of a burst */
  static async start(reorderWindowMs: number): Promise<Bench> {
    const broker = await PrivateRabbitMq.start();
    const bus = await WazoBus.connect(broker.url, EXCHANGE);
    const folder = await mkdtemp(join(tmpdir(), 'rte-hub-bench-'));
    const file = join(folder, 'directory.json');
    await writeFile(file, JSON.stringify(await benchDirectory()));
    const { hub, url } = await HubProcess.start({
      RTE_SOURCES: 'wazo',
      RTE_DIRECTORY: file,
      WAZO_AMQP_URL: broker.url,
      WAZO_EXCHANGE: EXCHANGE,
      WAZO_QUEUE: QUEUE,
      WAZO_REORDER_WINDOW_MS: String(reorderWindowMs),
    });
    const { Url, Token } = await hub.token(url, { userName: SUPERVISOR, password: PASSWORD });
    const watchers = await Watchers.start(Url, Token);
    const bench = new Bench({ broker, folder, hub, bus, watchers });
    await bench.#untilBound();
    return bench;
  }

  async stop(): Promise<void> {
    this.watchers.stop();
    await this.hub.remove();
    await this.bus.close();
    await this.#broker.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Publishes calls at this moment; resolves when the broker has them. */
  publish(count: number): Promise<void> {
    const calls = Array.from({ length: count }, () => {
      this.#calls += 1;
      return callAt(preciseNow(), this.#calls);
    });
    return this.bus.send(calls.flat().map(stamp));
  }

  /** Messages that wait in the broker, those at the hub not counted. */
  async waiting(): Promise<number> {
    return (await queueState(this.#broker.url, QUEUE)).messageCount;
  }

  /** The first call that comes through shows that the queue is bound; it warms the hub up, too. */
  async #untilBound(): Promise<void> {
    while ((await queueState(this.#broker.url, QUEUE).catch(() => undefined)) === undefined) {
      await wait(100);
    }
    await this.publish(1000);
    await this.watchers.untilReceived(1000 * RECEIPTS_PER_CALL);
  }
}

/** Publishes so many events a second; gives the longest queue in the broker, seen once a second. */
async function publishAt(bench: Bench, eventsPerSecond: number): Promise<number[]> {
  bench.watchers.reset();
  const published: Promise<void>[] = [];
  const waiting: number[] = [];
  const calls = Math.round((eventsPerSecond * SECONDS) / EVENTS_PER_CALL);
  const batches = SECONDS * BATCHES_PER_SECOND;
  const startedAt = performance.now();
  let sent = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const due = Math.round((calls * (batch + 1)) / batches);
    published.push(bench.publish(due - sent));
    sent = due;
    if ((batch + 1) % BATCHES_PER_SECOND === 0) waiting.push(await bench.waiting());
    const next = startedAt + ((batch + 1) * 1000) / BATCHES_PER_SECOND;
    await wait(Math.max(0, next - performance.now()));
  }
  await Promise.all(published);
  await bench.watchers.untilReceived(calls * RECEIPTS_PER_CALL);
  return waiting;
}

/** Seconds from the hub's awakening until its clients have all of what gathered meanwhile. */
async function drain(bench: Bench): Promise<number> {
  bench.watchers.reset();
  bench.hub.pause();
  await bench.publish(BACKLOG / EVENTS_PER_CALL);
  const startedAt = performance.now();
  bench.hub.resume();
  await bench.watchers.untilReceived((BACKLOG / EVENTS_PER_CALL) * RECEIPTS_PER_CALL);
  return (performance.now() - startedAt) / 1000;
}

function quantile(values: readonly number[], part: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `${(sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN).toFixed(1)} ms`;
}

console.log(
  `RabbitMQ, hub and ${String(CLIENTS)} clients of ${String(QUEUES)} queues on ` +
    `${cpus()[0]?.model ?? 'unknown processor'} x ${String(cpus().length)}, Node ${process.version}, ` +
    `load average before ${(loadavg()[0] ?? Number.NaN).toFixed(1)}\n`,
);
for (const reorderWindowMs of [50, 0]) {
  const bench = await Bench.start(reorderWindowMs);
  try {
    const drains = [await drain(bench), await drain(bench), await drain(bench)];
    const median = drains.toSorted((a, b) => a - b)[1] ?? Number.NaN;
    console.log(`reorder window ${String(reorderWindowMs)} ms`);
    console.log(
      `  a backlog of ${BACKLOG.toLocaleString('en')}: ${median.toFixed(1)} s, ` +
        `${Math.round(BACKLOG / median).toLocaleString('en')} events/s (median of ${drains.map((seconds) => seconds.toFixed(1)).join(', ')})`,
    );
    for (const rate of [2000, 500]) {
      const waiting = await publishAt(bench, rate);
      const { delays } = bench.watchers;
      console.log(
        `  ${String(rate)} events/s for ${String(SECONDS)} s: from publish to receipt ` +
          `p50 ${quantile(delays, 0.5)}, p99 ${quantile(delays, 0.99)}; ` +
          `waiting in the broker, each second: ${waiting.join(' ')}`,
      );
    }
  } finally {
    await bench.stop();
  }
}
