import { Buffer } from 'node:buffer';
import { Connection } from '../../../src/signalr/connections/connection.js';
import { FlushScheduler } from '../../../src/signalr/connections/flush-scheduler.js';
import { ResumableWebSocket } from '../../../src/signalr/connections/transports/resumable-web-socket.js';
import type { WebSocketListener } from '../../../src/signalr/connections/transports/websocket.js';
import { Dispatcher } from '../../../src/signalr/hub/dispatcher.js';
import { HubConnectionHandler } from '../../../src/signalr/hub/hub-connection-handler.js';
import { LifetimeManager } from '../../../src/signalr/hub/lifetime-manager.js';
import { completeOptions } from '../../../src/signalr/hub/options.js';
import type { HubDefinition, HubUser, SignalROptions } from '../../../src/signalr/index.js';
import { jsonProtocol } from '../../../src/signalr/protocol/json-protocol.js';
import { FakeTransport, recordingMetrics, settle, silentLogger } from './fakes.js';
import { RS } from './hub-harness.js';

/** A WebSocket that the test cuts. */
export class FakeSocket extends FakeTransport {
  #told: WebSocketListener | undefined;

  attach(listener: WebSocketListener): void {
    this.#told = listener;
  }

  async say(...messages: readonly (object | string)[]): Promise<void> {
    const texts = messages.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    this.#told?.received(Buffer.from(texts.map((text) => text + RS).join('')));
    await settle();
  }

  /** Bytes as they are, e.g. half a message. */
  saySome(text: string): void {
    this.#told?.received(Buffer.from(text));
  }

  /** The network fails. */
  lose(): void {
    this.#told?.closed(new Error('lost'), true);
  }

  /** The client closes it, or breaks the WebSocket protocol. */
  end(error?: Error): void {
    this.#told?.closed(error, false);
  }

  override unblock(): void {
    this.writable = true;
    this.#told?.drained();
  }

  override terminate(): void {
    this.terminated = true;
    this.#told?.closed(new Error('terminated'), true);
  }

  /** Whole messages that were written. */
  get messages(): unknown[] {
    const texts = this.written.join('').split(RS).slice(0, -1);
    return texts.map((text): unknown => JSON.parse(text));
  }

  /** Those that stateful reconnect counts. */
  get numbered(): unknown[] {
    return this.messages.filter((one) => /"type":[1-5]/.test(JSON.stringify(one)));
  }
}

/** A stateful hub connection after its handshake, whose sockets the test gives and takes. */
export async function connectStateful(
  hub: Partial<HubDefinition<HubUser>> = {},
  given: Partial<SignalROptions> = {},
  version = 2,
) {
  const options = completeOptions({
    messageRate: { perSecond: Infinity, burst: Infinity },
    ...given,
  });
  const { metrics, calls: metricCalls } = recordingMetrics();
  const clock = { time: 0 };
  const time = () => clock.time;
  const flusher = new FlushScheduler(metrics, time);
  const socket = new FakeSocket();
  const transport = new ResumableWebSocket(socket);
  const user: HubUser = { id: 'u1' };
  const peer = { remoteAddress: '192.0.2.7', userAgent: 'test' };
  const parts = { id: 'c1', user, peer, query: new Map<string, string>(), limits: options };
  const connection = new Connection<HubUser>({ ...parts, transport, flusher, time });
  const definition: HubDefinition<HubUser> = { methods: {}, ...hub };
  const logger = silentLogger;
  const handler = new HubConnectionHandler(connection, {
    hub: definition,
    lifetime: new LifetimeManager<HubUser>(options),
    options,
    logger,
    metrics,
    time,
    now: time,
    protocols: [jsonProtocol],
    dispatcher: new Dispatcher({ hub: definition, detailedErrors: false, logger, metrics }),
  });
  const ended = { gone: false };
  connection.start(handler, () => {
    ended.gone = true;
  });
  transport.attach(connection);
  await socket.say({ protocol: 'json', version });
  return {
    socket,
    connection,
    hubConnection: handler.hubConnection,
    metricCalls,
    ended,
    /** The client comes back on a new socket. */
    replace: async () => {
      const next = new FakeSocket();
      transport.replace(next);
      await settle();
      return next;
    },
    pass: async (seconds: number) => {
      for (let beat = 0; beat < seconds; beat += 1) {
        clock.time += 1_000;
        connection.tick(clock.time);
      }
      await settle();
    },
  };
}
