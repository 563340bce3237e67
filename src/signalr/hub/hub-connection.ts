import type { CloseReason } from '../connections/close-reasons.js';
import { closeReasons } from '../connections/close-reasons.js';
import type { Connection } from '../connections/connection.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { HubMessage } from '../protocol/messages.js';
import type {
  MessageTemplate,
  SharedInvocation,
  SharedMessage,
} from '../protocol/shared-message.js';
import type { ClientLiveness } from './client-liveness.js';
import { connectionInfo, type ConnectionInfo } from './connection-info.js';
import type { ConnectionLife } from './connection-life.js';
import type { ClientResultOptions, Clients, HubUser } from './hub-definition.js';
import type { HubRuntime } from './hub-runtime.js';
import { HubWriter } from './hub-writer.js';
import type { ManagedConnection } from './lifetime-manager.js';

/** What client and server agreed on in the handshake. */
interface Agreement {
  readonly protocol: HubProtocol;
  readonly version: number;
  readonly isStateful: boolean;
}

/**
 * A connection as hubs see it: who is there, what is sent to it, the groups it is in. How it comes
 * to its end is its handler's business.
 */
export class HubConnection<User extends HubUser> implements ManagedConnection<User> {
  readonly #connection: Connection<User>;
  readonly #runtime: HubRuntime<User>;
  readonly #life: ConnectionLife;
  readonly #liveness: ClientLiveness;
  /** Epoch ms. */
  readonly #connectedAt: number;
  /** From the handshake on. */
  #agreed: Agreement | undefined;
  /** From the handshake to the end: without it, sending does nothing. */
  #writer: HubWriter | undefined;
  #ended = false;
  /** Made when somebody wants to know of the end. */
  #ending: AbortController | undefined;
  /** Who waits until all is written. As many as the host's methods ask for. */
  #drainWaiters: (() => void)[] = [];

  constructor(
    connection: Connection<User>,
    runtime: HubRuntime<User>,
    life: ConnectionLife,
    liveness: ClientLiveness,
  ) {
    this.#connection = connection;
    this.#runtime = runtime;
    this.#life = life;
    this.#liveness = liveness;
    this.#connectedAt = runtime.now();
  }

  get connectionId(): string {
    return this.#connection.id;
  }

  get user(): User {
    return this.#connection.user;
  }

  get query(): ReadonlyMap<string, string> {
    return this.#connection.query;
  }

  get signal(): AbortSignal {
    this.#ending ??= new AbortController();
    if (this.#ended) this.#ending.abort();
    return this.#ending.signal;
  }

  get clients(): Clients<User> {
    return this.#runtime.lifetime;
  }

  /** The handshake is done: from now on messages can be sent. */
  begin(agreed: Agreement): void {
    this.#agreed = agreed;
    this.#writer = new HubWriter({
      connection: this.#connection,
      protocol: agreed.protocol,
      observer: this.#runtime.metrics,
      onOverflow: () => this.close(closeReasons.slowConsumer),
    });
  }

  /** Sends any message. @param label names it in metrics. @throws {TypeError} if it can't be encoded */
  write(message: HubMessage, label: string): void {
    this.#writer?.write(message, label);
  }

  send(target: string, ...args: readonly unknown[]): void {
    this.write({ kind: 'invocation', target, arguments: args }, 'invocation');
  }

  sendShared(invocation: SharedInvocation): void {
    this.#writer?.writeShared(invocation);
  }

  deliver(template: MessageTemplate, message: SharedMessage): void {
    this.#writer?.deliver(template, message);
  }

  afterAnswer(run: () => void): void {
    run();
  }

  whenDrained(): Promise<void> {
    if (this.#ended || this.#connection.queuedBytes === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drainWaiters.push(resolve));
  }

  /** All that was queued is written. */
  drained(): void {
    if (this.#drainWaiters.length === 0) return;
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const resolve of waiters) resolve();
  }

  invoke(target: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.invokeWith({}, target, ...args);
  }

  invokeWith(
    options: ClientResultOptions,
    target: string,
    ...args: readonly unknown[]
  ): Promise<unknown> {
    return this.#life.ask(options, target, args);
  }

  join(group: string): void {
    this.#runtime.lifetime.join(this, group);
  }

  leave(group: string): void {
    this.#runtime.lifetime.leave(this, group);
  }

  abort(): void {
    this.close(closeReasons.aborted);
  }

  close(reason: CloseReason): void {
    this.#life.close(reason);
  }

  describe(): ConnectionInfo<User> | undefined {
    const { now, time } = this.#runtime;
    if (this.#agreed === undefined || this.#ended) return undefined;
    const { protocol, version, isStateful } = this.#agreed;
    return connectionInfo(this.#connection, {
      protocol: protocol.name,
      protocolVersion: version,
      isStateful,
      connectedAt: this.#connectedAt,
      // A poll says nothing but that the client is there.
      lastReceivedAt:
        now() - time() + Math.max(this.#liveness.lastSign, this.#connection.lastRequestAt),
    });
  }

  /** Tells the client, as far as the reason wants it told; nothing is sent from now on. */
  end(reason: CloseReason): void {
    if (this.#writer === undefined) this.#connection.close(undefined, reason.webSocketCode);
    else this.#writer.close(reason);
    this.#writer = undefined;
    this.#ended = true;
    this.drained();
  }

  /** Tells whoever wanted to know of the end. */
  signalEnd(): void {
    this.#ending?.abort();
  }
}
