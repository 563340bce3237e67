// What a board of 500 agents and 20 queues costs a browser: `npm run bench:wallboard`.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { buildWallboard } from '../../scripts/wallboard-build.js';
import { PrivateRabbitMq } from '../support/rabbitmq.js';
import { startTestHub } from '../support/test-hub.js';
import { WazoBus } from '../support/wazo-bus.js';
import { type Frames, noteFirstFigures, watchFrames } from './wallboard/frames.js';
import { allLogIn, largeDirectory, pauseOf, VIEWER } from './wallboard/large-center.js';

const ROUNDS = 3;
const SECONDS = 8;
const RELOADS = 5;
const RATES = [0, 50, 200, 500] as const;
/** Events of one moment. */
const BURSTS_PER_SECOND = 20;

/** How many changes were published so far. */
let step = 0;

const noted = z.object({ figure: z.number(), all: z.number() });

await buildWallboard(new URL('../../dist/wallboard/', import.meta.url));
const loadBefore = loadavg()[0] ?? 0;
const folder = await mkdtemp(join(tmpdir(), 'rte-hub-bench-'));
const directory = join(folder, 'directory.json');
await writeFile(directory, JSON.stringify(largeDirectory));
const broker = await PrivateRabbitMq.start();
const bus = await WazoBus.connect(broker.url);
const hub = await startTestHub({ WAZO_AMQP_URL: broker.url, RTE_DIRECTORY: directory });
const browser = await chromium.launch({
  executablePath: process.env['RTE_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
  chromiumSandbox: false,
});
try {
  await untilReady();
  await bus.publish(...allLogIn);
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  // tsx marks functions with their names by a helper that pages do not have.
  await context.addInitScript('globalThis.__name = (named) => named;');
  const idle = await context.newPage();
  await idle.goto(`${hub.url}/healthz/live`);
  const board = await context.newPage();
  await openBoard(board);
  console.log(`load average before the run ${loadBefore.toFixed(2)}`);
  await measureFirstFigures(board);
  await measureFrames(idle, board);
} finally {
  await browser.close();
  await hub.stop();
  await bus.close();
  await broker.stop();
  await rm(folder, { recursive: true, force: true });
}

/** What is published before the hub reads is lost. */
async function untilReady(): Promise<void> {
  while (!(await fetch(`${hub.url}/healthz/ready`)).ok) await sleep(50);
}

async function openBoard(page: Page): Promise<void> {
  await page.goto(hub.url);
  await page.getByLabel('User name').fill(VIEWER.userName);
  await page.getByLabel('Password').fill(VIEWER.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('.agent[data-state="available"]').nth(499).waitFor({ state: 'attached' });
}

async function measureFirstFigures(page: Page): Promise<void> {
  await page.addInitScript(noteFirstFigures);
  const times: z.output<typeof noted>[] = [];
  for (let reload = 0; reload < RELOADS; reload += 1) {
    await page.reload();
    const html = page.locator('html[data-first-figures]');
    await html.waitFor({ state: 'attached' });
    times.push(noted.parse(JSON.parse((await html.getAttribute('data-first-figures')) ?? '')));
  }
  const [figure, all] = [
    median(times.map((one) => one.figure)),
    median(times.map((one) => one.all)),
  ];
  console.log(
    `reload to the first figure ${figure.toFixed(0)} ms, to all agents ${all.toFixed(0)} ms`,
  );
}

async function measureFrames(idle: Page, board: Page): Promise<void> {
  const rows = new Map<string, Frames[]>();
  const note = (name: string, frames: Frames): void => {
    rows.set(name, [...(rows.get(name) ?? []), frames]);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await idle.bringToFront();
    note('idle page', await watchFrames(idle, SECONDS));
    await board.bringToFront();
    for (const rate of RATES) {
      const [frames] = await Promise.all([watchFrames(board, SECONDS), publish(rate)]);
      note(`board, ${String(rate)} events/s`, frames);
    }
  }
  for (const [name, all] of rows) {
    const of = (field: keyof Frames): string => median(all.map((one) => one[field])).toFixed(0);
    console.log(
      `${name}: ${of('perSecond')} frames/s, over 16.7 ms ${of('over16')}, over 33 ms ${of('over33')}, longest ${of('longest')} ms, blocked ${of('blocked')} ms`,
    );
  }
}

async function publish(rate: number): Promise<void> {
  const perBurst = rate / BURSTS_PER_SECOND;
  const begin = performance.now();
  for (let burst = 0; burst < SECONDS * BURSTS_PER_SECOND; burst += 1) {
    const due = begin + (burst * 1000) / BURSTS_PER_SECOND;
    await sleep(Math.max(0, due - performance.now()));
    const goal = Math.round((burst + 1) * perBurst) - Math.round(burst * perBurst);
    const events = Array.from({ length: goal }, () => pauseOf(step++)).flat();
    if (events.length > 0) await bus.publish(...events);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
