import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { createInstruments } from './instruments.js';
import { rteMetrics } from './rte-metrics.js';
import { signalrMetrics } from './signalr-metrics.js';
import { sourceMetrics } from './source-metrics.js';

/** How an attempt to get a token ended. */
type LoginOutcome = 'accepted' | 'refused' | 'throttled' | 'forbidden' | 'no-credentials';

/** The hub's figures, cut by who counts them. */
export interface Metrics {
  readonly signalr: ReturnType<typeof signalrMetrics>;
  readonly rte: ReturnType<typeof rteMetrics>;
  readonly sources: ReturnType<typeof sourceMetrics>;
  login(outcome: LoginOutcome): void;
  /** Has the number of pending negotiations read whenever the figures are asked for. */
  watchPendingNegotiations(read: () => number): void;
  readonly contentType: string;
  /** All figures in Prometheus' text format. */
  text(): Promise<string>;
}

/**
 * Makes the hub's figures, with those of the process beside them.
 * @param now clock in milliseconds since 1970
 */
export function createMetrics(now: () => number = Date.now): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const figures = createInstruments(registry);
  return {
    signalr: signalrMetrics(figures),
    rte: rteMetrics(figures),
    sources: sourceMetrics(figures, registry, now),
    login: (outcome) => figures.logins.inc({ outcome }),
    watchPendingNegotiations: (read) => pendingNegotiations(registry, read),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function pendingNegotiations(registry: Registry, read: () => number): void {
  const gauge = new Gauge({
    name: 'rte_pending_negotiations',
    help: 'Negotiated connections whose transport has not come yet.',
    registers: [],
    collect() {
      this.set(read());
    },
  });
  registry.registerMetric(gauge);
}
