import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { buildWallboard } from '../../../scripts/wallboard-build.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser of the tests is reached; empty when there is none. */
    browserEndpoint: string;
  }
}

/** Where Debian puts it. */
const CHROMIUM = '/usr/bin/chromium';

/** Gives the tests of this project the built pages and one browser, or says why there is none. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const given = process.env['RTE_TEST_CHROMIUM'];
  const executablePath = given === undefined || given === '' ? CHROMIUM : given;
  if (!existsSync(executablePath)) {
    const reason = `there is no browser at ${executablePath}: install chromium or set RTE_TEST_CHROMIUM`;
    if (process.env['CI'] === 'true') throw new Error(`tests can't run: ${reason}`);
    process.stderr.write(`tests with a browser are skipped: ${reason}\n`);
    project.provide('browserEndpoint', '');
    return;
  }
  // Hubs of the tests serve what `npm run build` has built, as others do.
  await buildWallboard(new URL('../../../dist/wallboard/', import.meta.url));
  // The sandbox needs rights that containers often lack; the pages are our own.
  const server = await chromium.launchServer({ executablePath, chromiumSandbox: false });
  project.provide('browserEndpoint', server.wsEndpoint());
  return () => server.close();
}
