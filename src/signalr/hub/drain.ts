import { setTimeout as delay } from 'node:timers/promises';

/** What a drain needs of the server. */
export interface Drainable {
  /** Ends one connection in order, with leave to reconnect. */
  close(): void;
  terminate(): void;
}

export interface DrainPlan {
  /** After this long whoever is left is cut off, ms. */
  readonly withinMs: number;
  /** The connections at the moment of the call. */
  readonly connections: () => readonly Drainable[];
  /** Resolves when none is left. */
  readonly whenEmpty: () => Promise<void>;
}

/** Connections told to leave at a time: they come back elsewhere, and not all at once. */
const BATCH_SIZE = 200;
/** Between two batches, ms; jittered by half, so that several draining nodes don't keep step. */
const BATCH_PAUSE_MS = 100;
/** Telling all must leave time to go. */
const SHARE_FOR_TELLING = 0.5;

/** Sends all connections away in batches; resolves when they are gone, by force if need be. */
export async function drainConnections(plan: DrainPlan): Promise<void> {
  const stop = new AbortController();
  const empty = plan.whenEmpty();
  const deadline = sleep(plan.withinMs, stop.signal);
  await Promise.race([tellAll(plan, stop.signal), deadline, empty]);
  await Promise.race([empty, deadline]);
  stop.abort();
  for (const connection of plan.connections()) connection.terminate();
  await empty;
}

async function tellAll(plan: DrainPlan, signal: AbortSignal): Promise<void> {
  const all = plan.connections();
  const batches = Math.ceil(all.length / BATCH_SIZE);
  const pause = Math.min(BATCH_PAUSE_MS, (plan.withinMs * SHARE_FOR_TELLING) / batches);
  for (let batch = 0; batch < batches && !signal.aborted; batch += 1) {
    if (batch > 0) await sleep(pause * (0.75 + Math.random() / 2), signal);
    const members = all.slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE);
    for (const connection of members) connection.close();
  }
}

/** Ends early, without a rejection, when `signal` is aborted. */
async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
