import { defineConfig } from 'vitest/config';

/** Tests that need a broker; the others start without waiting for one. */
const WITH_BROKER = ['test/e2e/**/*.test.ts', 'test/integration/**/*.test.ts'];
/** Tests that need the .NET SDK, or other programs that take long. */
const WITH_DOTNET = ['test/interop/**/*.test.ts'];
/** Tests that install the project anew, as the README says; they take long. */
const WITH_CLONE = ['test/readme/**/*.test.ts'];
/** Tests that need a browser. */
const WITH_BROWSER = ['test/browser/**/*.test.ts'];
/** Tests of what a client sees, which any SignalR server can be asked. */
const BEHAVIOURS = ['test/conformance/behaviours/**/*.test.ts'];

export default defineConfig({
  test: {
    // Most of a test's time is waiting for timers and sockets, so more files run than there are cores.
    maxWorkers: 4,
    // Each project would transform all of the code anew.
    experimental: { fsModuleCache: true },
    // Files leave nothing behind in their process, so that a process can serve many of them.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What comes at all comes soon, except on a machine that has much else to do.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...WITH_BROKER, ...WITH_DOTNET, ...WITH_BROWSER, ...WITH_CLONE],
        },
      },
      {
        extends: true,
        test: {
          name: 'broker',
          include: WITH_BROKER,
          // Hubs and databases in processes of their own share the machine with the other files.
          testTimeout: 60_000,
          globalSetup: ['test/support/broker-setup.ts', 'test/support/hub-code-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: WITH_BROWSER,
          globalSetup: ['test/support/broker-setup.ts', 'test/support/browser/browser-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'readme',
          include: WITH_CLONE,
          testTimeout: 60_000,
          globalSetup: ['test/support/broker-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'interop',
          include: [...WITH_DOTNET, ...BEHAVIOURS],
          globalSetup: ['test/interop/interop-setup.ts'],
        },
      },
    ],
  },
});
