import type { CloseReason } from '../connections/close-reasons.js';
import { closeReasons } from '../connections/close-reasons.js';
import type { Connection, ConnectionOwner } from '../connections/connection.js';
import {
  formatHandshakeError,
  HANDSHAKE_ACCEPTED,
  handshakeErrors,
} from '../protocol/handshake.js';
import type { HubProtocol, MessageReader } from '../protocol/hub-protocol.js';
import type { HubMessage } from '../protocol/messages.js';
import { MessageTooLargeError, ProtocolError } from '../protocol/protocol-error.js';
import type {
  MessageTemplate,
  SharedInvocation,
  SharedMessage,
} from '../protocol/shared-message.js';
import { callErrors } from './call-errors.js';
import { ClientLiveness } from './client-liveness.js';
import { connectionInfo, type ConnectionInfo } from './connection-info.js';
import { HandshakePhase } from './handshake-phase.js';
import { HubCalls } from './hub-calls.js';
import type { ClientResultOptions, Clients, HubUser } from './hub-definition.js';
import { clientErrorText } from './hub-error.js';
import type { HubRuntime } from './hub-runtime.js';
import { HubWriter } from './hub-writer.js';
import type { ManagedConnection } from './lifetime-manager.js';
import { MessageRate } from './message-rate.js';
import { StatefulReconnect } from './stateful-reconnect.js';

/**
 * Where a connection is in its life.
 * - `starting`: the handshake is done, onConnected is running, nothing is read yet.
 * - `failing`: input was no message; calls before it are still answered, nothing more is read.
 * - `ended`: no message goes in or out any more, though a call or the transport may still last.
 */
type State = 'handshake' | 'starting' | 'running' | 'failing' | 'ended';

/**
 * The one loop of a connection: handshake, then hub messages in their order, until an end by
 * either side. What calls and streams are in progress is HubCalls' business.
 */
export class HubConnection<User extends HubUser>
  implements ManagedConnection<User>, ConnectionOwner
{
  readonly #connection: Connection<User>;
  readonly #runtime: HubRuntime<User>;
  readonly #handshake: HandshakePhase;
  readonly #rate: MessageRate;
  readonly #liveness: ClientLiveness;
  readonly #openedAt: number;
  /** Epoch ms. */
  readonly #connectedAt: number;
  #state: State = 'handshake';
  /** From the handshake on. */
  #reader: MessageReader | undefined;
  /** From the handshake to the end: without it, sending does nothing. */
  #writer: HubWriter | undefined;
  /** From the handshake on. */
  #agreed: { readonly protocol: string; readonly version: number } | undefined;
  /** From the handshake on, if client and server agreed on it. */
  #reconnect: StatefulReconnect | undefined;
  /** From the first call on, of either side: idle connections are many. */
  #calls: HubCalls<User> | undefined;
  /** Made when somebody wants to know of the end. */
  #ending: AbortController | undefined;
  /** Who waits until all is written. As many as the host's methods ask for. */
  #drainWaiters: (() => void)[] = [];
  /** Whether onConnected is in progress. */
  #connecting = false;
  #paused = false;
  /** Whether onDisconnected is due at the end. */
  #connected = false;
  #failure: unknown;
  #endedBy: Error | undefined;

  constructor(connection: Connection<User>, runtime: HubRuntime<User>) {
    const { options } = runtime;
    this.#connection = connection;
    this.#runtime = runtime;
    this.#openedAt = runtime.time();
    this.#connectedAt = runtime.now();
    this.#liveness = new ClientLiveness(options.clientTimeoutMs, this.#openedAt);
    this.#rate = new MessageRate(options.messageRate, options.maximumRateRefusals, runtime.now());
    this.#handshake = new HandshakePhase({
      protocols: runtime.protocols,
      formats: connection.transport.formats,
      maximumSize: options.maximumHandshakeSize,
      detailedErrors: options.detailedErrors,
    });
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
    if (this.#state === 'ended') this.#ending.abort();
    return this.#ending.signal;
  }

  get clients(): Clients<User> {
    return this.#runtime.lifetime;
  }

  send(target: string, ...args: readonly unknown[]): void {
    this.#writer?.write({ kind: 'invocation', target, arguments: args }, 'invocation');
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
    if (this.#state === 'ended' || this.#connection.queuedBytes === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drainWaiters.push(resolve));
  }

  invoke(target: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.invokeWith({}, target, ...args);
  }

  async invokeWith(
    options: ClientResultOptions,
    target: string,
    ...args: readonly unknown[]
  ): Promise<unknown> {
    if (this.#state === 'starting') {
      throw new Error('No client result before onConnected is over: the client is not read yet.');
    }
    if (this.#state !== 'running') throw connectionEnded();
    return (this.#calls ??= this.#newCalls()).ask(options, target, args);
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

  describe(): ConnectionInfo<User> | undefined {
    const { now, time } = this.#runtime;
    if (this.#agreed === undefined || this.#state === 'ended') return undefined;
    return connectionInfo(this.#connection, {
      protocol: this.#agreed.protocol,
      protocolVersion: this.#agreed.version,
      isStateful: this.#reconnect !== undefined,
      connectedAt: this.#connectedAt,
      // A poll says nothing but that the client is there.
      lastReceivedAt:
        now() - time() + Math.max(this.#liveness.lastSign, this.#connection.lastRequestAt),
    });
  }

  close(reason: CloseReason): void {
    this.#end(reason, reason.failed ? new Error(reason.error ?? reason.label) : undefined);
  }

  received(chunk: Uint8Array): void {
    this.#liveness.received(this.#runtime.time());
    try {
      if (this.#state === 'handshake') {
        this.#shakeHands(chunk);
      } else if (this.#state === 'starting' || this.#state === 'running') {
        this.#reader?.push(chunk);
        this.#read();
        this.#reconnect?.receivedBytes(chunk.length);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  replaced(): void {
    this.#liveness.received(this.#runtime.time());
    this.#reader = this.#reconnect?.replaced();
    this.#log('info', {}, 'connection resumed');
  }

  tick(time: number): void {
    if (this.#state === 'ended') return;
    const { options } = this.#runtime;
    if (this.#state === 'handshake') {
      if (time - this.#openedAt > options.handshakeTimeoutMs) {
        this.#refuse(handshakeErrors.canceled, closeReasons.handshakeTimeout);
      }
    } else if (this.#authenticationExpired()) {
      this.close(closeReasons.authenticationExpired);
    } else if (this.#liveness.overdue(time)) {
      this.close(closeReasons.clientTimeout);
    } else if (time - this.#connection.lastWriteAt >= options.keepAliveIntervalMs) {
      if (!this.#pingsNeedless) this.#writer?.write({ kind: 'ping' }, 'ping');
    }
    this.#reconnect?.acknowledge();
    this.#calls?.tick(time);
  }

  drained(): void {
    this.#calls?.drained();
    this.#releaseDrainWaiters();
  }

  stalled(): void {
    this.close(closeReasons.sendTimeout);
  }

  closed(error: Error | undefined): void {
    this.#end(error === undefined ? closeReasons.clientLeft : closeReasons.transportLost, error);
  }

  /** A peer that takes nothing would only find pings behind what it has not taken. */
  get #pingsNeedless(): boolean {
    return this.#connection.transport.inherentKeepAlive || this.#connection.blocked;
  }

  #authenticationExpired(): boolean {
    const { options, now } = this.#runtime;
    const { expiresAt } = this.user;
    return options.closeOnAuthenticationExpiration && expiresAt !== undefined && expiresAt <= now();
  }

  #shakeHands(chunk: Uint8Array): void {
    const progress = this.#handshake.push(chunk);
    switch (progress.state) {
      case 'incomplete':
        return;
      case 'refused':
        this.#refuse(progress.error, closeReasons.handshakeRefused, progress.cause);
        return;
      case 'accepted':
        this.#begin(progress.protocol, progress.version, progress.rest);
    }
  }

  #refuse(error: string, reason: CloseReason, cause = new Error(error)): void {
    this.#connection.writeNow(formatHandshakeError(error));
    this.#end(reason, cause);
  }

  #begin(protocol: HubProtocol, version: number, rest: Uint8Array): void {
    const { options, metrics, lifetime } = this.#runtime;
    this.#agreed = { protocol: protocol.name, version };
    this.#reader = protocol.createReader(options.maximumReceiveMessageSize);
    this.#reader.push(rest);
    this.#connection.format = protocol.transferFormat;
    // Alone in its frame: some clients read nothing else from the frame of the answer.
    this.#connection.writeNow(HANDSHAKE_ACCEPTED);
    this.#writer = new HubWriter({
      connection: this.#connection,
      protocol,
      observer: metrics,
      onOverflow: () => this.close(closeReasons.slowConsumer),
    });
    // Version 2 of a protocol is version 1 with stateful reconnect.
    if (version >= 2 && this.#connection.keepUnacknowledged()) this.#keepState(protocol);
    this.#state = 'starting';
    lifetime.add(this);
    void this.#start();
  }

  #keepState(protocol: HubProtocol): void {
    const { maximumReceiveMessageSize, statefulReconnectBufferSize } = this.#runtime.options;
    this.#reconnect = new StatefulReconnect({
      connection: this.#connection,
      protocol,
      maximumReceiveMessageSize,
      // Clients keep as much as we do by default, and wait for Ack when that is full.
      ackAfterBytes: statefulReconnectBufferSize / 2,
    });
  }

  #newCalls(): HubCalls<User> {
    const { dispatcher, options, time } = this.#runtime;
    return new HubCalls({
      connection: this,
      dispatcher,
      options,
      time,
      write: (message, label) => this.#writer?.write(message, label),
      waitingBytes: () => this.#connection.queuedBytes,
      onProgress: () => this.#proceed(),
      onFault: (error) => this.#fail(error),
    });
  }

  /** Never rejects. */
  async #start(): Promise<void> {
    this.#connecting = true;
    try {
      await this.#runtime.hub.onConnected?.(this);
      this.#connected = true;
      if (this.#state === 'starting') this.#state = 'running';
    } catch (error) {
      this.#log('warn', { err: error }, 'onConnected failed');
      this.#endWithText(closeReasons.connectFailed, error);
    }
    this.#connecting = false;
    this.#proceed();
  }

  /** Does what had to wait for calls, or for room. */
  #proceed(): void {
    if (this.#state !== 'ended' && this.#state !== 'failing') this.#read();
    else if (this.#working) return;
    else if (this.#state === 'failing') this.#fail(this.#failure);
    else void this.#disconnected();
  }

  /** Whether onConnected or calls are in progress; failure and onDisconnected wait for them. */
  get #working(): boolean {
    return this.#connecting || this.#calls?.busy === true;
  }

  /** Parses and handles what has been received, until the calls that wait are too many. */
  #read(): void {
    const reader = this.#reader;
    if (reader === undefined || this.#state === 'failing') return;
    try {
      while (this.#state === 'running' && !this.#full) {
        const message = reader.next();
        if (message === undefined) break;
        this.#handle(message);
      }
      this.#steerReading(this.#full || (this.#state === 'starting' && reader.bufferedBytes > 0));
    } catch (error) {
      this.#fail(error);
    }
  }

  get #full(): boolean {
    return this.#calls?.full === true;
  }

  /** Stops the transport while input can't be handled, so that it waits in the client's socket. */
  #steerReading(pause: boolean): void {
    if (this.#state === 'ended' || pause === this.#paused) return;
    this.#paused = pause;
    if (pause) {
      this.#liveness.readingStopped();
      this.#connection.transport.pause();
    } else {
      this.#liveness.readingResumed(this.#runtime.time());
      this.#connection.transport.resume();
    }
  }

  #handle(message: HubMessage): void {
    this.#runtime.metrics.messageReceived(message.kind);
    if (this.#reconnect?.admits(message) === false) return;
    if (message.kind === 'close') {
      this.#end(closeReasons.clientClosed, undefined);
    } else if (this.#withinRate(message)) {
      this.#dispatch(message);
    }
  }

  #dispatch(message: HubMessage): void {
    switch (message.kind) {
      case 'invocation':
      case 'streamInvocation':
        (this.#calls ??= this.#newCalls()).accept(message);
        return;
      case 'cancelInvocation':
        this.#calls?.cancel(message.invocationId);
        return;
      case 'streamItem':
        this.#calls?.item(message.invocationId, message.item);
        return;
      case 'completion':
        this.#calls?.completion(message.invocationId, message.outcome);
        return;
      case 'ping':
        this.#liveness.pinged();
        return;
      // Nothing is to be resumed, or StatefulReconnect has seen to it.
      case 'ack':
      case 'sequence':
      case 'unknown':
      case 'close':
    }
  }

  /** What was asked for doesn't count: uploads are held back by their readers. */
  #withinRate(message: HubMessage): boolean {
    if (this.#calls?.awaits(message) === true) return true;
    const verdict = this.#rate.count(this.#runtime.now());
    if (verdict === 'take') return true;
    this.#runtime.metrics.messageRefused();
    if (verdict === 'close') {
      this.close(closeReasons.rateLimited);
    } else if ('target' in message) {
      (this.#calls ??= this.#newCalls()).refuse(message, callErrors.tooManyMessages);
    }
    return false;
  }

  /** The one place where an exception becomes the end of the connection. */
  #fail(error: unknown): void {
    if (this.#state === 'ended') return;
    if (this.#working) {
      // Calls before it are answered first; then #proceed comes back here.
      this.#failure = error;
      this.#state = 'failing';
      this.#steerReading(true);
      this.#calls?.inputEnded(connectionEnded());
    } else if (error instanceof MessageTooLargeError) {
      this.#endWithText(closeReasons.messageTooLarge, error);
    } else if (error instanceof ProtocolError) {
      this.#endWithText(closeReasons.protocolError, error);
    } else {
      this.#log('error', { err: error }, 'connection failed');
      this.#endWithText(closeReasons.internalError, error);
    }
  }

  /** Ends with the error's text added to the reason's, as far as clients may see it. */
  #endWithText(reason: CloseReason, error: unknown): void {
    const { detailedErrors } = this.#runtime.options;
    const text = clientErrorText(reason.error ?? '', error, detailedErrors);
    this.#end({ ...reason, error: text }, error instanceof Error ? error : new Error(text));
  }

  #releaseDrainWaiters(): void {
    if (this.#drainWaiters.length === 0) return;
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const resolve of waiters) resolve();
  }

  /** The only way out of the loop; whatever comes second changes nothing. */
  #end(reason: CloseReason, error: Error | undefined): void {
    if (this.#state === 'ended') return;
    // First: a connection that waits for a new socket says at once that it is closed.
    this.#state = 'ended';
    if (this.#writer === undefined) this.#connection.close(undefined, reason.webSocketCode);
    else this.#writer.close(reason);
    this.#writer = undefined;
    this.#reader = undefined;
    this.#endedBy = error;
    this.#releaseDrainWaiters();
    this.#runtime.lifetime.remove(this);
    this.#runtime.metrics.connectionClosed(this.#connection.transport.name, reason.label);
    this.#log('info', { reason: reason.label, error: error?.message }, 'connection closed');
    this.#calls?.end(connectionEnded());
    this.#ending?.abort();
    this.#proceed();
  }

  /** Runs the hook once. Never rejects. */
  async #disconnected(): Promise<void> {
    if (!this.#connected) return;
    this.#connected = false;
    try {
      await this.#runtime.hub.onDisconnected?.(this, this.#endedBy);
    } catch (error) {
      this.#log('error', { err: error }, 'onDisconnected failed');
    }
  }

  #log(level: 'info' | 'warn' | 'error', fields: object, message: string): void {
    const who = { connectionId: this.connectionId, userId: this.user.id };
    this.#runtime.logger[level]({ ...who, ...fields }, message);
  }
}

function connectionEnded(): Error {
  return new Error('The connection has ended.');
}
