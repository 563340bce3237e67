import closeWithGrace from 'close-with-grace';
import type { Settings } from '../config/index.js';
import { redactText } from '../observability/index.js';
import type { Io } from './io.js';
import type { ServedApp } from './served-app.js';

/**
 * What a stop may take beyond the drain, where nothing goes well: 3 s for sources, 2 s for callback
 * requests, 5 s for answers under way.
 */
export const STOP_MARGIN_MS = 10_000;

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Follows the process's signals from the first moment of `serve` on. */
export interface Signals {
  /** From now on they are for a hub that runs. */
  lead(app: ServedApp, settings: Settings): void;
}

/**
 * Ties the process's signals to the hub. While it starts, SIGTERM and SIGINT end the process: there
 * is nobody to part with. SIGHUP would end it, too, and for a supervisor that would be an end in
 * good order; it is heard once the hub runs.
 */
export function followSignals(io: Io): Signals {
  let isReloadDue = false;
  const onHangUp = (): void => {
    isReloadDue = true;
  };
  process.on('SIGHUP', onHangUp);
  for (const signal of STOP_SIGNALS) process.on(signal, endProcess);
  return {
    lead(app, settings) {
      stopBySignals(app, settings, io);
      const reload = (): void => {
        app.reload().catch((error: unknown) => io.error(`reload failed: ${describe(error)}`));
      };
      process.on('SIGHUP', reload);
      process.off('SIGHUP', onHangUp);
      for (const signal of STOP_SIGNALS) process.off(signal, endProcess);
      if (isReloadDue) reload();
    },
  };
}

/**
 * SIGTERM and SIGINT stop the hub and end the process with 0, a second one ends it at once. An error
 * that nobody caught stops the hub too, with 1: its state can no longer be trusted.
 */
function stopBySignals(app: ServedApp, settings: Settings, io: Io): void {
  const delay = settings.hub.drainSeconds * 1000 + STOP_MARGIN_MS;
  const logger = { error: (message: unknown) => io.error(describe(message)) };
  closeWithGrace({ delay, logger, skip: ['SIGHUP'] }, async ({ err }) => {
    if (err !== undefined) io.error(`stopping after an uncaught error: ${describe(err)}`);
    await app.stop();
  });
}

/** As process 1 of a container, nothing ends the hub that it has no handler for. */
function endProcess(): void {
  process.exit(0);
}

function describe(error: unknown): string {
  return redactText(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
