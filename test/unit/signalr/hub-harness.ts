import { Buffer } from 'node:buffer';
import { vi } from 'vitest';
import { z } from 'zod';
import { Connection } from '../../../src/signalr/connections/connection.js';
import { FlushScheduler } from '../../../src/signalr/connections/flush-scheduler.js';
import { Dispatcher } from '../../../src/signalr/hub/dispatcher.js';
import { HubConnectionHandler } from '../../../src/signalr/hub/hub-connection-handler.js';
import { LifetimeManager } from '../../../src/signalr/hub/lifetime-manager.js';
import { completeOptions } from '../../../src/signalr/hub/options.js';
import type { HubDefinition, HubUser, SignalROptions } from '../../../src/signalr/index.js';
import { hubMethod } from '../../../src/signalr/index.js';
import { jsonProtocol } from '../../../src/signalr/protocol/json-protocol.js';
import { messagePackProtocol } from '../../../src/signalr/protocol/messagepack-protocol.js';
import { FakeTransport, recordingMetrics, settle, silentLogger } from './fakes.js';

export const RS = '\u001e';
export const HANDSHAKE = `{"protocol":"json","version":1}${RS}`;
/** A hub call as text. */
export const call = (target: string, args: unknown[] = [], id?: string) =>
  JSON.stringify({ type: 1, invocationId: id, target, arguments: args }) + RS;

/** A call for a stream as text. */
export const streamCall = (target: string, args: unknown[], id: string, streamIds?: string[]) =>
  JSON.stringify({ type: 4, invocationId: id, target, arguments: args, streamIds }) + RS;
export const completion = (id: string, outcome: object = {}) =>
  JSON.stringify({ type: 3, invocationId: id, ...outcome }) + RS;
export const streamItem = (id: string, item: unknown) =>
  JSON.stringify({ type: 2, invocationId: id, item }) + RS;
export const cancellation = (id: string) => JSON.stringify({ type: 5, invocationId: id }) + RS;

/**
 * A hub connection on a fake network with a clock that the test moves. @param beside makes it one
 * of several connections of a hub
 */
export function connect(
  hub: Partial<HubDefinition<HubUser>> = {},
  given: Partial<SignalROptions> = {},
  user: HubUser = { id: 'u1' },
  beside?: { readonly id: string; readonly lifetime: LifetimeManager<HubUser> },
) {
  const options = completeOptions(given);
  const { metrics, calls: metricCalls } = recordingMetrics();
  const clock = { time: 0 };
  const time = () => clock.time;
  const transport = new FakeTransport();
  const flusher = new FlushScheduler(metrics, time);
  const definition: HubDefinition<HubUser> = { methods: {}, ...hub };
  const lifetime = beside?.lifetime ?? new LifetimeManager<HubUser>(options);
  const connection = new Connection<HubUser>({
    id: beside?.id ?? 'c1',
    user,
    peer: { remoteAddress: '192.0.2.7', userAgent: 'test' },
    query: new Map(),
    transport,
    flusher,
    time,
    limits: options,
  });
  const logger = silentLogger;
  const handler = new HubConnectionHandler(connection, {
    hub: definition,
    lifetime,
    options,
    logger,
    metrics,
    time,
    now: time,
    protocols: [jsonProtocol, messagePackProtocol],
    dispatcher: new Dispatcher({ hub: definition, detailedErrors: false, logger, metrics }),
  });
  const gone = vi.fn<() => void>();
  connection.start(handler, gone);
  transport.listener = connection;
  return {
    transport,
    connection,
    hubConnection: handler.hubConnection,
    lifetime,
    metricCalls,
    gone,
    receive: async (text: string) => {
      connection.received(Buffer.from(text));
      await settle();
    },
    /** The heartbeat beats every second until `seconds` have passed. */
    pass: async (seconds: number) => {
      for (let beat = 0; beat < seconds; beat += 1) {
        clock.time += 1_000;
        connection.tick(clock.time);
      }
      await settle();
    },
    sent: () => transport.written.join('').split(RS).slice(0, -1),
    lastSent: () => transport.written.join('').split(RS).at(-2),
  };
}

/** A promise, and what resolves it. */
export function newGate(): [Promise<void>, () => void] {
  const resolvers: (() => void)[] = [];
  const gate = new Promise<void>((resolve) => resolvers.push(resolve));
  return [gate, () => resolvers.forEach((resolve) => resolve())];
}

/** A method that answers with its only argument. */
export const echo = hubMethod({ parameters: [z.string()], handler: (_caller, text) => text });
