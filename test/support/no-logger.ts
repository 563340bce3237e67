import type { SignalRLogger } from '../../src/signalr/index.js';

/** For tests that look at no log line. */
export const noLogger: SignalRLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
