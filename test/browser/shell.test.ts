import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser/accessibility.js';
import {
  browserEndpoint,
  openLoggedIn,
  SIZES,
  type TestPage,
} from '../support/browser/browser-test.js';
import { screenshot } from '../support/browser/screenshot.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';

const THEMES = ['dark', 'light'] as const;

describe.skipIf(browserEndpoint === '')('the frame around the views', () => {
  let hub: TestHub;
  let opened: TestPage;

  beforeAll(async () => {
    hub = await startTestHub({ RTE_SOURCES: 'simulator' });
    opened = await openLoggedIn(hub, 'admin');
  });

  afterAll(async () => {
    await opened.close();
    await hub.stop();
  });

  it.each(THEMES)(
    'can be used by everybody, on a phone and at a desk, when it is %s',
    async (colorScheme) => {
      const { page } = opened;
      await page.emulateMedia({ colorScheme });
      for (const size of ['desktop', 'phone'] as const) {
        await page.setViewportSize(SIZES[size]);
        await expectAccessible(page);
        await screenshot(page, `shell-${colorScheme}-${size}`);
        expect(
          await page.evaluate(() => document.body.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize(SIZES.desktop);
    },
  );
});
