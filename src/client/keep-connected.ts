import { pauseBefore } from './back-off.js';
import type { ClientStatus } from './client-status.js';
import type { Environment } from './environment.js';
import { failureOf, type Failure } from './failures.js';

/** A connection that held this long was a good one: the pauses begin anew. */
const GOOD_AFTER_MS = 10_000;

interface KeepConnectedParts {
  /** Connects. @throws ConnectError */
  readonly connect: (signal: AbortSignal) => Promise<{ readonly ended: Promise<Failure> }>;
  readonly onStatus: (status: ClientStatus) => void;
  readonly environment: Pick<Environment, 'now' | 'random' | 'after' | 'onWake'>;
}

/**
 * Connects, and again whenever the connection ends, for ever: until the credentials are refused or
 * the signal aborts. Resolves then.
 */
export async function keepConnected(parts: KeepConnectedParts, signal: AbortSignal): Promise<void> {
  const { onStatus, environment } = parts;
  let attempt = 0;
  let since: number | undefined;
  onStatus({ state: 'connecting' });
  while (!signal.aborted) {
    const { failure, connectedAt } = await connectOnce(parts, signal);
    if (signal.aborted) return;
    if (failure.kind === 'refused') {
      onStatus({ state: 'refused', reason: failure.reason, detail: failure.detail });
      return;
    }
    const now = environment.now();
    if (connectedAt !== undefined) since = now;
    if (connectedAt !== undefined && now - connectedAt >= GOOD_AFTER_MS) attempt = 0;
    since ??= now;
    attempt += 1;
    const pause = pauseBefore(attempt, environment.random(), failure.retryAfterMs);
    const { reason, detail } = failure;
    onStatus({ state: 'reconnecting', since, attempt, reason, detail, nextAttemptAt: now + pause });
    await wait(pause, failure, environment, signal);
  }
}

/** @returns why there is no connection, and since when there was one (epoch ms) */
async function connectOnce(
  { connect, onStatus, environment }: KeepConnectedParts,
  signal: AbortSignal,
): Promise<{ failure: Failure; connectedAt?: number }> {
  try {
    const { ended } = await connect(signal);
    const connectedAt = environment.now();
    onStatus({ state: 'connected', since: connectedAt });
    return { failure: await ended, connectedAt };
  } catch (error) {
    return { failure: failureOf(error, 'connection-lost') };
  }
}

/** Not to the end when the network is back or the machine awake, unless the hub asked for a time. */
function wait(
  ms: number,
  { retryAfterMs }: { readonly retryAfterMs?: number },
  { after, onWake }: Pick<Environment, 'after' | 'onWake'>,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      for (const stop of stops) stop();
      signal.removeEventListener('abort', go);
      resolve();
    };
    const stops = [after(ms, go), ...(retryAfterMs === undefined ? [onWake(go)] : [])];
    signal.addEventListener('abort', go);
    // By who was told of the failure.
    if (signal.aborted) go();
  });
}
