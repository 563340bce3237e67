import closeWithGrace from 'close-with-grace';
import type { Settings } from '../config/index.js';
import { redactText } from '../observability/index.js';
import type { Io } from './io.js';
import type { ServedApp } from './served-app.js';

/** What a stop may take beyond the drain: closing sources, sockets and files. */
export const STOP_MARGIN_MS = 5000;

/**
 * Ties the process's signals to the hub. SIGTERM and SIGINT stop it and end the process with 0, a
 * second one ends it at once; SIGHUP reads directory and keys again. An error that nobody caught stops
 * the hub too, with 1: its state can no longer be trusted.
 */
export function followSignals(app: ServedApp, settings: Settings, io: Io): void {
  const delay = settings.hub.drainSeconds * 1000 + STOP_MARGIN_MS;
  const logger = { error: (message: unknown) => io.error(describe(message)) };
  closeWithGrace({ delay, logger, skip: ['SIGHUP'] }, async ({ err }) => {
    if (err !== undefined) io.error(`stopping after an uncaught error: ${describe(err)}`);
    await app.stop();
  });
  process.on('SIGHUP', () => {
    app.reload().catch((error: unknown) => io.error(`reload failed: ${describe(error)}`));
  });
}

function describe(error: unknown): string {
  return redactText(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
