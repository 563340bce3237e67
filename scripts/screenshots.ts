import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { createApp } from '../src/app.js';
import { loadSettings } from '../src/config/index.js';
import { DEMO_LOGIN } from '../src/directory/index.js';
import { buildWallboard } from './wallboard-build.js';

/*
 * Takes pictures of every view as the demo shows it: `npx tsx scripts/screenshots.ts --out FOLDER`.
 * The hub plays its simulator for a while first, so that there is something to see: sparklines have one
 * step a minute, `--seconds 600` gives them ten.
 */

/** One picture. */
interface Shot {
  readonly name: string;
  readonly path: string;
  readonly userName: string;
  readonly theme: 'dark' | 'light';
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for one of the page. */
  readonly scale: number;
}

const LARGE = { width: 1280, height: 800, scale: 1.25 };
const PHONE = { width: 360, height: 780, scale: 2 };
const TV = { width: 1920, height: 1080, scale: 1 };

/** Thresholds for the short waits of the simulator, so that pictures show more than calm. */
const BOARD = '/?waiting=2,4&wait=10,25';

/** All users of the demo have the same password. */
const SHOTS: readonly Shot[] = [
  { name: 'wallboard-dark', path: BOARD, userName: DEMO_LOGIN.userName, theme: 'dark', ...LARGE },
  { name: 'wallboard-light', path: BOARD, userName: DEMO_LOGIN.userName, theme: 'light', ...LARGE },
  {
    name: 'wallboard-tv',
    path: `${BOARD}&tv=1`,
    userName: DEMO_LOGIN.userName,
    theme: 'dark',
    ...TV,
  },
  { name: 'wallboard-phone', path: BOARD, userName: DEMO_LOGIN.userName, theme: 'light', ...PHONE },
  { name: 'me-dark', path: '/me', userName: 'agent04', theme: 'dark', ...LARGE },
  { name: 'me-phone', path: '/me', userName: 'agent04', theme: 'light', ...PHONE },
  { name: 'admin-dark', path: '/admin', userName: 'admin', theme: 'dark', ...LARGE },
  { name: 'admin-light', path: '/admin', userName: 'admin', theme: 'light', ...LARGE },
];

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    /** How long pages watch before the first picture. */
    seconds: { type: 'string', default: '60' },
    /** How many seconds of the simulated center pass in one. */
    speed: { type: 'string', default: '2' },
    /** Only pictures whose name begins so. */
    only: { type: 'string', default: '' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

await buildWallboard(new URL('../dist/wallboard/', import.meta.url));
const dataFolder = await mkdtemp(join(tmpdir(), 'rte-hub-screenshots-'));
const app = await createApp(
  requireSettings({
    RTE_PORT: '0',
    RTE_LOG_LEVEL: 'silent',
    RTE_DATA_DIR: dataFolder,
    RTE_SOURCES: 'simulator',
    RTE_SIMULATOR_SPEED: values.speed,
  }),
);
const { url } = await app.start();
const browser = await chromium.launch({
  executablePath: values.chromium,
  chromiumSandbox: false,
});
try {
  await takeAll(browser);
} finally {
  await browser.close();
  await app.stop();
  await rm(dataFolder, { recursive: true, force: true });
}

async function takeAll(from: Browser): Promise<void> {
  await mkdir(values.out, { recursive: true });
  const opened: { shot: Shot; page: Page; context: BrowserContext }[] = [];
  for (const shot of SHOTS.filter(({ name }) => name.startsWith(values.only))) {
    opened.push({ shot, ...(await open(from, shot)) });
  }
  await sleep(Number(values.seconds) * 1000);
  for (const { shot, page, context } of opened) {
    const path = join(values.out, `${shot.name}.png`);
    await page.screenshot({ path });
    console.log(path);
    await context.close();
  }
}

async function open(from: Browser, shot: Shot) {
  const { path, userName, theme, width, height, scale } = shot;
  const context = await from.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: theme,
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(url + path);
  await page.getByLabel('User name').fill(userName);
  await page.getByLabel('Password').fill(DEMO_LOGIN.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('.content h1').first().waitFor();
  return { context, page };
}

function requireSettings(environment: Readonly<Record<string, string>>) {
  const loaded = loadSettings(environment);
  if (!loaded.ok) throw new Error(loaded.faults.map((fault) => fault.message).join('\n'));
  return loaded.settings;
}
