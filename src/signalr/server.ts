import type { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeReasons } from './connections/close-reasons.js';
import { Connection } from './connections/connection.js';
import { ConnectionManager } from './connections/connection-manager.js';
import { FlushScheduler } from './connections/flush-scheduler.js';
import { Heartbeat } from './connections/heartbeat.js';
import type {
  AuthenticationRequest,
  NegotiateRequest,
  RefusedRequest,
} from './connections/host-functions.js';
import { HubEndpoint } from './connections/hub-endpoint.js';
import type { OpenedTransport } from './connections/http-transports.js';
import type { Redirect } from './connections/negotiate.js';
import { RefusalObserver } from './connections/refusal-observer.js';
import { WebSocketAcceptor } from './connections/transports/websocket.js';
import { describeConnections, type ConnectionInfo } from './hub/connection-info.js';
import { Dispatcher } from './hub/dispatcher.js';
import type { Drainable } from './hub/drain.js';
import { drainConnections } from './hub/drain.js';
import { HubConnectionHandler } from './hub/hub-connection-handler.js';
import type { Clients, HubDefinition, HubUser } from './hub/hub-definition.js';
import type { HubRuntime } from './hub/hub-runtime.js';
import { LifetimeManager } from './hub/lifetime-manager.js';
import type { SignalROptions } from './hub/options.js';
import { completeOptions } from './hub/options.js';
import type { SignalRLogger, SignalRMetrics } from './observer.js';
import { noMetrics } from './observer.js';
import { jsonProtocol } from './protocol/json-protocol.js';
import { messagePackProtocol } from './protocol/messagepack-protocol.js';

/** What a host makes a server of. */
export interface SignalRServerOptions<User extends HubUser> {
  readonly hub: HubDefinition<User>;
  /** Who is asking; undefined is answered 401, a rejection 500. Called for every request. */
  readonly authenticate: (request: AuthenticationRequest) => Promise<User | undefined>;
  /**
   * Sends a client to another hub instead of opening a connection here, when it gives where to.
   * Called for each negotiation, after authenticate; a rejection is answered 500.
   */
  readonly negotiate?: (request: NegotiateRequest<User>) => Promise<Redirect | undefined>;
  /**
   * Told of every request that was answered with an error, when the answer is about to be sent. What
   * it gets may hold a token: keep it out of logs.
   */
  readonly onRequestRefused?: (refused: RefusedRequest<User>) => void;
  /** Where a request comes from, e.g. behind a proxy; the peer of its socket unless told. */
  readonly remoteAddress?: (request: IncomingMessage) => string;
  readonly options?: Partial<SignalROptions>;
  readonly logger: SignalRLogger;
  readonly metrics?: SignalRMetrics;
  /** Epoch ms; Date.now unless told. */
  readonly now?: () => number;
}

/** Figures of the moment, for gauges. Costs a walk over all connections. */
export interface SignalRStats {
  readonly connections: number;
  readonly pendingNegotiations: number;
  /** Groups that have members. */
  readonly groups: number;
  /** Bytes that wait for clients, in our queues and in the sockets. */
  readonly outboundBytes: number;
}

/** A hub and its connections. Give it requests through a host adapter such as fastify.ts. */
export interface SignalRServer<User extends HubUser> {
  readonly clients: Clients<User>;
  /** Open transports. */
  readonly connectionCount: number;
  stats(): SignalRStats;
  /**
   * Describes all connections whose handshake is done, or those of the users asked for, a few in each
   * turn of the event loop, so that thousands stall nothing. What ends meanwhile is left out.
   */
  connections(of?: (user: User) => boolean): AsyncIterable<ConnectionInfo<User>>;
  /** Describes one connection; undefined when it is not there, or no longer. */
  connection(connectionId: string): ConnectionInfo<User> | undefined;
  /**
   * Admits nobody any more (503), sends Close with allowReconnect to all in batches, and resolves
   * when they are gone; after `withinMs` (10 s) the rest is cut off. Later calls join the first.
   */
  drain(options?: { readonly withinMs: number }): Promise<void>;
  /** Answers a request to the hub's path or its /negotiate. */
  handleRequest(
    request: IncomingMessage,
    response: ServerResponse,
    route: 'hub' | 'negotiate',
  ): Promise<void>;
  /** Answers an upgrade request to the hub's path. A rejection is a fault of ours: end the socket. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

const DRAIN_WITHIN_MS = 10_000;

/**
 * Builds a server. Its heartbeat does not keep the process alive.
 * @throws {RangeError} for options that can't work
 * @throws {TypeError} for hub methods whose names differ only in case
 */
export function createSignalRServer<User extends HubUser>(
  given: SignalRServerOptions<User>,
): SignalRServer<User> {
  return new Server(given);
}

class Server<User extends HubUser> implements SignalRServer<User> {
  readonly #runtime: HubRuntime<User>;
  readonly #manager: ConnectionManager<User>;
  readonly #handlers = new WeakMap<Connection<User>, HubConnectionHandler<User>>();
  readonly #flusher: FlushScheduler;
  readonly #heartbeat: Heartbeat;
  readonly #endpoint: HubEndpoint<User>;
  #drained: Promise<void> | undefined;

  constructor(given: SignalRServerOptions<User>) {
    const options = completeOptions(given.options ?? {});
    const { hub, logger, metrics = noMetrics, now = Date.now } = given;
    const { remoteAddress = peerAddress, onRequestRefused = () => undefined } = given;
    this.#heartbeat = new Heartbeat((time) => this.#beat(time), now);
    this.#manager = new ConnectionManager(options);
    this.#flusher = new FlushScheduler(metrics, now);
    this.#runtime = {
      hub,
      options,
      logger,
      metrics,
      now,
      dispatcher: new Dispatcher({ ...options, hub, logger, metrics }),
      lifetime: new LifetimeManager<User>(options),
      protocols: [jsonProtocol, messagePackProtocol],
      time: () => this.#heartbeat.time,
    };
    this.#endpoint = new HubEndpoint<User>({
      ...options,
      manager: this.#manager,
      acceptor: new WebSocketAcceptor(options),
      observer: new RefusalObserver({ ...options, logger, metrics, now, onRequestRefused }),
      remoteAddress,
      time: this.#runtime.time,
      draining: () => this.#drained !== undefined,
      now,
      authenticate: (request) => given.authenticate(request),
      redirect: async (request) => given.negotiate?.(request),
      opened: (transport) => this.#open(transport),
    });
    this.#heartbeat.start();
  }

  get clients(): Clients<User> {
    return this.#runtime.lifetime;
  }

  get connectionCount(): number {
    return this.#manager.activeCount;
  }

  stats(): SignalRStats {
    let outboundBytes = 0;
    for (const connection of this.#manager.connections()) outboundBytes += connection.outboundBytes;
    const { activeCount: connections, pendingCount: pendingNegotiations } = this.#manager;
    const { groupCount: groups } = this.#runtime.lifetime;
    return { connections, pendingNegotiations, groups, outboundBytes };
  }

  connections(
    of: (user: User) => boolean = () => true,
  ): AsyncGenerator<ConnectionInfo<User>, void, undefined> {
    return describeConnections(this.#runtime.lifetime.callers(), of);
  }

  connection(connectionId: string): ConnectionInfo<User> | undefined {
    return this.#runtime.lifetime.find(connectionId)?.describe();
  }

  drain({ withinMs } = { withinMs: DRAIN_WITHIN_MS }): Promise<void> {
    this.#drained ??= this.#drain(withinMs);
    return this.#drained;
  }

  handleRequest(
    request: IncomingMessage,
    response: ServerResponse,
    route: 'hub' | 'negotiate',
  ): Promise<void> {
    return this.#endpoint.handleRequest(request, response, route);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    return this.#endpoint.handleUpgrade(request, socket, head);
  }

  #open({ token, ...opened }: OpenedTransport<User>): void {
    const { id, user, transport } = opened;
    const { options, time, logger, metrics } = this.#runtime;
    const parts = { ...opened, time, limits: options, flusher: this.#flusher };
    const connection = new Connection<User>(parts);
    const handler = new HubConnectionHandler(connection, this.#runtime);
    this.#manager.activate(token, connection);
    this.#handlers.set(connection, handler);
    connection.start(handler, () => this.#manager.remove(token));
    transport.attach(connection);
    metrics.connectionOpened(transport.name);
    const who = { connectionId: id, userId: user.id, transport: transport.name };
    logger.info(who, 'connection opened');
  }

  #beat(time: number): void {
    this.#manager.reapPending(time);
    for (const connection of this.#manager.connections()) connection.tick(time);
    this.#flusher.report();
  }

  async #drain(withinMs: number): Promise<void> {
    const { logger } = this.#runtime;
    logger.info({ connections: this.connectionCount, withinMs }, 'draining connections');
    await drainConnections({
      withinMs,
      connections: () => [...this.#manager.connections()].map((one) => this.#drainable(one)),
      whenEmpty: () => this.#manager.whenEmpty(),
    });
    this.#heartbeat.stop();
  }

  #drainable(connection: Connection<User>): Drainable {
    return {
      close: () => this.#handlers.get(connection)?.close(closeReasons.serverShutdown),
      terminate: () => connection.terminate(),
    };
  }
}

function peerAddress(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? '';
}
