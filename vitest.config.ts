import { defineConfig } from 'vitest/config';

/** Tests that need a broker; the others start without waiting for one. */
const WITH_BROKER = ['test/e2e/**/*.test.ts', 'test/integration/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: WITH_BROKER },
      },
      {
        extends: true,
        test: {
          name: 'broker',
          include: WITH_BROKER,
          globalSetup: ['test/support/broker-setup.ts'],
        },
      },
    ],
  },
});
