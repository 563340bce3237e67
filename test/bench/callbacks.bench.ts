// How many changes of callback requests a second each store takes from a hundred agents at once, and
// how long the event loop of the hub, which does the rest of its work there, waits meanwhile.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { CallbackService, createCallbackStore } from '../../src/callbacks/index.js';
import type { StorePlace } from '../../src/callbacks/store/create-store.js';
import { mapCallbackChanged } from '../../src/rte/callback-mapper.js';
import { InProcessEventBus } from '../../src/rte/event-bus.js';
import { list, RETENTION_MS, rulesWith } from '../support/callback-store/fixture.js';
import { people } from '../support/directory-fixture.js';
import { noLogger } from '../support/no-logger.js';
import { canStartPostgres, PrivatePostgres } from '../support/postgres.js';

const AGENTS = 100;
const SECONDS = 10;
/** The finest that Node's histogram of the event loop offers. */
const RESOLUTION_MS = 1;
const NANOSECONDS = 1e6;
/** What an agent may do at most, without running into the bound of attempts. */
const PACED_MS = 1_000;

interface Row {
  readonly what: string;
  readonly changes: number;
  readonly latencies: readonly number[];
  readonly loopP99: number;
  readonly loopMax: number;
  readonly events: number;
}

/** @param pauseMs how long an agent waits after each change */
async function measure(what: string, place: StorePlace, pauseMs: number): Promise<Row> {
  const bus = new InProcessEventBus(noLogger);
  let events = 0;
  bus.onEvent(() => {
    events += 1;
  });
  const service = new CallbackService({
    store: createCallbackStore(place),
    rules: rulesWith([list]),
    retentionMs: RETENTION_MS,
    onEvent: (event) => bus.publish(mapCallbackChanged(event)),
    onState: () => undefined,
    logger: noLogger,
    now: Date.now,
  });
  await service.open();
  const ids = await Promise.all(Array.from({ length: AGENTS }, (_, agent) => make(service, agent)));
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const latencies: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  delay.enable();
  await Promise.all(
    ids.map(async (id, agent) => {
      // Agents do not act in step.
      await wait((pauseMs * agent) / AGENTS);
      for (let round = 0; performance.now() < end; round += 1) {
        const begun = performance.now();
        await change(service, id, `note ${String(round)} of agent ${String(agent)}`);
        latencies.push(performance.now() - begun);
        if (pauseMs > 0) await wait(pauseMs);
      }
    }),
  );
  delay.disable();
  await service.flush(60_000);
  await service.stop();
  const [loopP99, loopMax] = [delay.percentile(99), delay.max].map((ns) => ns / NANOSECONDS);
  return {
    what,
    changes: latencies.length,
    latencies: latencies.sort((a, b) => a - b),
    loopP99: loopP99 ?? Number.NaN,
    loopMax: loopMax ?? Number.NaN,
    events: events - AGENTS,
  };
}

async function make(service: CallbackService, agent: number): Promise<string> {
  const contactNumber = `+1555${String(agent).padStart(7, '0')}`;
  const made = await service.create({ callListId: list.id, contactNumber }, people.ann);
  if (made.kind !== 'created') throw new Error(`not created but ${made.kind}`);
  return made.request.id;
}

async function change(service: CallbackService, id: string, note: string): Promise<void> {
  const target = { id, expectedVersion: undefined, by: people.ann };
  const outcome = await service.update(target, { note, assignedUserId: people.bob });
  if (outcome.kind !== 'changed') throw new Error(`not changed but ${outcome.kind}`);
}

/** What the event loop of a process that does nothing waits on this machine now. */
async function idle(): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await wait(SECONDS * 500);
  delay.disable();
  return `${(delay.percentile(99) / NANOSECONDS).toFixed(1)} ms`;
}

function print({ what, changes, latencies, loopP99, loopMax, events }: Row): void {
  const at = (share: number) => (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1);
  const rate = Math.round(changes / SECONDS).toLocaleString('en');
  const answer = `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
  const loop = `p99 ${loopP99.toFixed(1)} ms, max ${loopMax.toFixed(1)} ms`;
  console.log(`| ${what} | ${rate}/s | ${answer} | ${loop} | ${String(changes - events)} |`);
}

const folder = await mkdtemp(join(tmpdir(), 'rte-hub-bench-'));
const server = canStartPostgres() ? await PrivatePostgres.start({ durable: true }) : undefined;
try {
  const load = (loadavg()[0] ?? 0).toFixed(1);
  console.log(`Node ${process.version}, ${cpus()[0]?.model ?? ''}, load average ${load}`);
  console.log(`event loop of an idle process: p99 ${await idle()}`);
  console.log('| store | changes | until kept | event loop | untold |');
  const embedded = { kind: 'embedded', folder } as const;
  print(await measure('libsql, as fast as it goes', embedded, 0));
  await rm(folder, { recursive: true });
  print(await measure('libsql, a change a second each', embedded, PACED_MS));
  if (server !== undefined) {
    const postgres = async () =>
      ({ kind: 'postgres', url: await server.createDatabase() }) as const;
    print(await measure('PostgreSQL, as fast as it goes', await postgres(), 0));
    print(await measure('PostgreSQL, a change a second each', await postgres(), PACED_MS));
  }
} finally {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
}
