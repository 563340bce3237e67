import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axeSource = await readFile(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * Has axe-core look at what the page shows now, in all its themes as they are in force.
 * @throws when it finds something serious or critical; the failure names rule, elements and remedy
 */
export async function expectAccessible(page: Page): Promise<void> {
  // Styles of what is not drawn yet may be those of before a change (content-visibility).
  await page.evaluate(
    () => new Promise((done) => void requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  // As the debugger does, since the page's content policy lets no other script in.
  await page.evaluate(axeSource);
  const results = await page.evaluate<AxeResults>('axe.run()');
  const serious = results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, where: nodes.map((one) => [one.html, one.failureSummary]) }));
  expect(serious).toEqual([]);
}
