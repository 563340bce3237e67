import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pause, steadyPace, untilDue } from '../pace.js';
import { HttpClient } from './http-client.js';
import { LoadConnection } from './load-connection.js';
import type { LoadFigures } from './load-figures.js';
import type { LoadPlan } from './plan.js';
import { Tokens } from './tokens.js';

/** Clients ping every 15 s; each second a part of the connections does. */
const PING_EVERY_S = 15;
/** A hub that does not say goodbye is left without. */
const CLOSING_MS = 5_000;
/** How often the own event loop is looked at. */
const LOOK_EVERY_MS = 10;

const clock = (): number => performance.now();

/** How far a load test is. */
export interface LoadPhase {
  name: 'connecting' | 'measuring' | 'closing';
  /** Connections begun whose first try is over. */
  tried: number;
  /** When measuring began, ms on the clock of `performance`. */
  measuringSince: number;
}

/** What came of a load test. */
export interface LoadResult {
  readonly figures: LoadFigures;
  /** Connections that were subscribed when measuring began, and when it ended. */
  readonly readyAtStart: number;
  readonly readyAtEnd: number;
  /** Until the first try of the last connection was over. */
  readonly connectingSeconds: number;
  readonly measuredSeconds: number;
  /** Events of each connection while it was measured, ascending. */
  readonly perConnection: readonly number[];
  /** This process's own use of a core while measuring, 1 for all of it. */
  readonly ownCpu: number;
  /** By how many milliseconds this process was late at most, but for one time in a hundred. */
  readonly ownDelayP99: number;
  readonly isInterrupted: boolean;
}

/**
 * Connects, measures, and parts from the hub.
 * @param phase kept up to date for who shows it
 * @param signal ends it early, with what was measured until then
 */
export async function runLoad(
  plan: LoadPlan,
  figures: LoadFigures,
  phase: LoadPhase,
  signal: AbortSignal,
): Promise<LoadResult> {
  const http = new HttpClient();
  const connections: LoadConnection[] = [];
  const kept: Promise<void>[] = [];
  const pinging = setInterval(pingInTurn(connections), 1000);
  try {
    const startedAt = performance.now();
    const tokens = plan.logins.map((login) => new Tokens(plan, login, http));
    const begin = (index: number): void => {
      const own = tokens[index % tokens.length];
      if (own === undefined) return;
      const connection = new LoadConnection({ plan, http, figures, now: Date.now }, own);
      connections.push(connection);
      kept.push(connection.keep());
      void connection.firstTry.then(() => (phase.tried += 1));
    };
    await connectAll(plan, connections, begin, signal);
    const connectingSeconds = (performance.now() - startedAt) / 1000;
    const measured = await measure(plan, figures, phase, signal);
    const perConnection = connections.map((one) => one.measured).sort((a, b) => a - b);
    return {
      figures,
      connectingSeconds,
      ...measured,
      perConnection,
      isInterrupted: signal.aborted,
    };
  } finally {
    phase.name = 'closing';
    clearInterval(pinging);
    for (const connection of connections) connection.stop();
    await atMost(CLOSING_MS, Promise.all(kept));
    http.close();
  }
}

/** Resolves when the first try of each connection is over, or it is interrupted. */
async function connectAll(
  { connections: count, perSecond }: LoadPlan,
  connections: readonly LoadConnection[],
  begin: (index: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const pace = steadyPace(perSecond, clock());
  for (let index = 0; index < count; index += 1) {
    await untilDue(pace.due(undefined, clock()), clock, signal);
    if (signal.aborted) return;
    begin(index);
  }
  const tried = Promise.all(connections.map(({ firstTry }) => firstTry));
  await Promise.race([tried, aborted(signal)]);
}

async function measure(
  { seconds }: LoadPlan,
  figures: LoadFigures,
  phase: LoadPhase,
  signal: AbortSignal,
) {
  const delays = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  const readyAtStart = figures.ready;
  const cpuBefore = process.cpuUsage();
  const since = performance.now();
  [phase.name, phase.measuringSince] = ['measuring', since];
  delays.enable();
  figures.isMeasuring = true;
  // Without connections there is nothing to wait for.
  if (readyAtStart > 0) await pause(seconds * 1000, signal);
  figures.isMeasuring = false;
  delays.disable();
  const measuredSeconds = (performance.now() - since) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const ownCpu = readyAtStart === 0 ? 0 : (user + system) / 1e6 / measuredSeconds;
  // What it measures is the time between two looks.
  const ownDelayP99 = Math.max(0, delays.percentile(99) / 1e6 - LOOK_EVERY_MS);
  return { readyAtStart, readyAtEnd: figures.ready, measuredSeconds, ownCpu, ownDelayP99 };
}

function pingInTurn(connections: readonly LoadConnection[]): () => void {
  let turn = 0;
  return () => {
    for (let at = turn; at < connections.length; at += PING_EVERY_S) connections[at]?.ping();
    turn = (turn + 1) % PING_EVERY_S;
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const limit = new AbortController();
  await Promise.race([work, pause(milliseconds, limit.signal)]);
  limit.abort();
}
