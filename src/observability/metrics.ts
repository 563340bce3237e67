import { collectDefaultMetrics, Registry } from 'prom-client';
import { directoryMetrics } from './directory-metrics.js';
import { type Figure, FigureBook } from './figure-book.js';
import { buildFigure, healthFigures, type HealthFigures } from './figures/health-figures.js';
import { serverFigures, type ServerFigures } from './figures/server-figures.js';
import { createInstruments, type Instruments } from './instruments.js';
import { limitLabels } from './label-limit.js';
import { rteMetrics } from './rte-metrics.js';
import { signalrMetrics } from './signalr-metrics.js';
import { sourceMetrics } from './source-metrics.js';
import { tableMetrics, type TableSizes } from './table-metrics.js';

/** Routes are named in code; the bound is there for slips. */
const MAX_ROUTES = 100;

/** How an attempt to get a token ended. */
type LoginOutcome =
  | 'accepted'
  | 'refused'
  | 'not-admitted'
  | 'throttled'
  | 'unavailable'
  | 'forbidden'
  | 'no-credentials';

/** A request that was answered. */
interface AnsweredRequest {
  readonly method: string;
  /** The route's path with its parameters as names, never the path that was asked for. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** How a use of the store of callback requests ended. */
type StoreOutcome = 'ok' | 'unavailable' | 'failed';

/** The hub's figures, cut by who counts them. */
export interface Metrics {
  readonly signalr: ReturnType<typeof signalrMetrics>;
  readonly rte: ReturnType<typeof rteMetrics>;
  readonly sources: ReturnType<typeof sourceMetrics>;
  readonly directory: ReturnType<typeof directoryMetrics>;
  login(outcome: LoginOutcome): void;
  requestAnswered(request: AnsweredRequest): void;
  callbackStoreUsed(outcome: StoreOutcome, seconds: number): void;
  /** @param limit most connections that the hub takes */
  connectionLimit(limit: number): void;
  /** Has the SignalR server's figures of the moment read whenever the figures are asked for. */
  watchServer(read: () => ServerFigures): void;
  /** Has the hub's health read whenever the figures are asked for. */
  watchHealth(read: () => HealthFigures): void;
  /** Has the sizes of a room's tables read whenever the figures are asked for. */
  readonly watchTables: (room: string, read: () => TableSizes) => void;
  readonly contentType: string;
  /** All figures in Prometheus' text format. */
  text(): Promise<string>;
  /** What there is to know of each figure of the hub's own. */
  figures(): readonly Figure[];
}

/**
 * Makes the hub's figures, with those of the process beside them.
 * @param now clock in milliseconds since 1970
 * @param version of the hub
 */
export function createMetrics(now: () => number = Date.now, version = 'unknown'): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const book = new FigureBook(registry);
  buildFigure(book, version);
  const figures = createInstruments(book);
  return {
    signalr: signalrMetrics(figures),
    rte: rteMetrics(figures),
    sources: sourceMetrics(figures, book, now),
    directory: directoryMetrics(figures),
    ...serviceMetrics(figures),
    connectionLimit: (limit) => figures.connectionLimit.set(limit),
    watchServer: (read) => serverFigures(book, read),
    watchHealth: (read) => healthFigures(book, read),
    watchTables: tableMetrics(book),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    figures: () => book.figures,
  };
}

function serviceMetrics(
  figures: Instruments,
): Pick<Metrics, 'login' | 'requestAnswered' | 'callbackStoreUsed'> {
  const routeLabel = limitLabels(MAX_ROUTES, ROUTE);
  return {
    login: (outcome) => figures.logins.inc({ outcome }),
    requestAnswered({ method, route, status, seconds }) {
      const labels = { method, route: routeLabel(route), status: String(status) };
      figures.requests.observe(labels, seconds);
    },
    callbackStoreUsed: (outcome, seconds) => figures.storeUses.observe({ outcome }, seconds),
  };
}

/** A path as a router has it. */
const ROUTE = /^[\w./:*-]{1,128}$/u;
