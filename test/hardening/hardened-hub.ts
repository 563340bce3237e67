import Fastify from 'fastify';
import { onTestFinished } from 'vitest';
import { testHub } from '../conformance/target/test-hub.js';
import type {
  HubUser,
  SignalRLogger,
  SignalRMetrics,
  SignalROptions,
  SignalRServer,
} from '../../src/signalr/index.js';
import { createSignalRServer, noMetrics, registerSignalR } from '../../src/signalr/index.js';

export interface HardenedHub {
  /** Address of the hub. */
  readonly hub: string;
  readonly server: SignalRServer<HubUser>;
  /** Everything logged, of all levels. */
  readonly log: () => string;
  /** Names of metrics with their arguments, in order. */
  readonly counted: readonly string[];
}

/** Starts the conformance suite's hub with these options; it is stopped when the test is finished. */
export async function startHardened(options: Partial<SignalROptions> = {}): Promise<HardenedHub> {
  const lines: string[] = [];
  const counted: string[] = [];
  const users = new Map([
    ['token-a', 'alice'],
    ['token-b', 'bob'],
  ]);
  const server = createSignalRServer<HubUser>({
    hub: testHub,
    options: { messageRate: { perSecond: Infinity, burst: Infinity }, ...options },
    logger: loggerInto(lines),
    metrics: metricsInto(counted),
    authenticate: ({ token = '' }) => {
      const id = users.get(token);
      return Promise.resolve(id === undefined ? undefined : { id });
    },
  });
  const app = Fastify();
  registerSignalR(app, server, { path: '/hub' });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return { hub: `${url}/hub`, server, log: () => lines.join('\n'), counted };
}

function loggerInto(lines: string[]): SignalRLogger {
  const collect = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields, errorsAsText)}`);
  };
  return { debug: collect, info: collect, warn: collect, error: collect };
}

/** As a logger's serializer does: errors have no enumerable members. */
function errorsAsText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}

function metricsInto(counted: string[]): SignalRMetrics {
  const count =
    (name: string) =>
    (...args: readonly unknown[]): void => {
      counted.push(`${name} ${args.join(' ')}`);
    };
  return {
    ...noMetrics,
    requestRefused: count('requestRefused'),
    connectionClosed: count('connectionClosed'),
    valueEncoded: count('valueEncoded'),
  };
}

/** How many answers of an event loop full of requests have each status. */
export function tally(values: readonly number[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
