import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { directoryMetrics } from './directory-metrics.js';
import { createInstruments } from './instruments.js';
import { rteMetrics } from './rte-metrics.js';
import { signalrMetrics } from './signalr-metrics.js';
import { sourceMetrics } from './source-metrics.js';
import { tableMetrics, type TableSizes } from './table-metrics.js';

/** How an attempt to get a token ended. */
type LoginOutcome =
  | 'accepted'
  | 'refused'
  | 'not-admitted'
  | 'throttled'
  | 'unavailable'
  | 'forbidden'
  | 'no-credentials';

/** What a SignalR server can only say when asked. */
interface ServerFigures {
  readonly pendingNegotiations: number;
  readonly groups: number;
  readonly outboundBytes: number;
}

/** The hub's figures, cut by who counts them. */
export interface Metrics {
  readonly signalr: ReturnType<typeof signalrMetrics>;
  readonly rte: ReturnType<typeof rteMetrics>;
  readonly sources: ReturnType<typeof sourceMetrics>;
  readonly directory: ReturnType<typeof directoryMetrics>;
  login(outcome: LoginOutcome): void;
  /** Has the SignalR server's figures of the moment read whenever the figures are asked for. */
  watchServer(read: () => ServerFigures): void;
  /** Has the sizes of a room's tables read whenever the figures are asked for. */
  readonly watchTables: (room: string, read: () => TableSizes) => void;
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
    directory: directoryMetrics(figures),
    login: (outcome) => figures.logins.inc({ outcome }),
    watchServer: (read) => watchServer(registry, read),
    watchTables: tableMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function watchServer(registry: Registry, read: () => ServerFigures): void {
  const gauge = (name: string, help: string, figure: keyof ServerFigures): void => {
    const created = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read()[figure]);
      },
    });
    registry.registerMetric(created);
  };
  gauge(
    'rte_pending_negotiations',
    'Negotiated connections whose transport has not come yet.',
    'pendingNegotiations',
  );
  gauge('rte_groups', 'SignalR groups that have members.', 'groups');
  gauge('rte_outbound_waiting_bytes', 'Bytes that wait for clients.', 'outboundBytes');
}
