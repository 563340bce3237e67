import type { CloseReason } from '../connections/close-reasons.js';
import { closeReasons } from '../connections/close-reasons.js';
import type { Connection, ConnectionOwner } from '../connections/connection.js';
import {
  formatHandshakeError,
  HANDSHAKE_ACCEPTED,
  handshakeErrors,
} from '../protocol/handshake.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import { MessageTooLargeError, ProtocolError } from '../protocol/protocol-error.js';
import { ClientLiveness } from './client-liveness.js';
import { connectionEnded, type ConnectionLife, type ConnectionState } from './connection-life.js';
import { HandshakePhase } from './handshake-phase.js';
import { HubConnection } from './hub-connection.js';
import type { ClientResultOptions, HubUser } from './hub-definition.js';
import { clientErrorText } from './hub-error.js';
import type { HubRuntime } from './hub-runtime.js';
import { MessageLoop } from './message-loop.js';
import { StatefulReconnect } from './stateful-reconnect.js';

/**
 * Leads a connection through its life: handshake, onConnected, messages, an end by either side,
 * onDisconnected. What messages do is MessageLoop's business.
 */
export class HubConnectionHandler<User extends HubUser> implements ConnectionOwner, ConnectionLife {
  readonly hubConnection: HubConnection<User>;
  readonly #connection: Connection<User>;
  readonly #runtime: HubRuntime<User>;
  readonly #handshake: HandshakePhase;
  readonly #liveness: ClientLiveness;
  readonly #openedAt: number;
  #state: ConnectionState = 'handshake';
  /** From the handshake on. */
  #loop: MessageLoop<User> | undefined;
  /** Whether onConnected is in progress. */
  #connecting = false;
  /** Whether onDisconnected is due at the end. */
  #connected = false;
  #failure: unknown;
  #endedBy: Error | undefined;

  constructor(connection: Connection<User>, runtime: HubRuntime<User>) {
    const { options } = runtime;
    this.#connection = connection;
    this.#runtime = runtime;
    this.#openedAt = runtime.time();
    this.#liveness = new ClientLiveness(options.clientTimeoutMs, this.#openedAt);
    this.hubConnection = new HubConnection(connection, runtime, this, this.#liveness);
    this.#handshake = new HandshakePhase({
      protocols: runtime.protocols,
      formats: connection.transport.formats,
      maximumSize: options.maximumHandshakeSize,
      detailedErrors: options.detailedErrors,
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  received(chunk: Uint8Array): void {
    this.#liveness.received(this.#runtime.time());
    try {
      if (this.#state === 'handshake') this.#shakeHands(chunk);
      else if (this.#state === 'starting' || this.#state === 'running') this.#loop?.received(chunk);
    } catch (error) {
      this.fail(error);
    }
  }

  replaced(): void {
    this.#liveness.received(this.#runtime.time());
    this.#loop?.replaced();
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
      if (!this.#pingsNeedless) this.hubConnection.write({ kind: 'ping' }, 'ping');
    }
    this.#loop?.tick(time);
  }

  drained(): void {
    this.#loop?.drained();
    this.hubConnection.drained();
  }

  stalled(): void {
    this.close(closeReasons.sendTimeout);
  }

  closed(error: Error | undefined): void {
    this.#end(error === undefined ? closeReasons.clientLeft : closeReasons.transportLost, error);
  }

  async ask(
    options: ClientResultOptions,
    target: string,
    args: readonly unknown[],
  ): Promise<unknown> {
    if (this.#state === 'starting') {
      throw new Error('No client result before onConnected is over: the client is not read yet.');
    }
    if (this.#state !== 'running' || this.#loop === undefined) throw connectionEnded();
    return this.#loop.ask(options, target, args);
  }

  proceed(): void {
    if (this.#state !== 'ended' && this.#state !== 'failing') this.#loop?.read();
    else if (this.#working) return;
    else if (this.#state === 'failing') this.fail(this.#failure);
    else void this.#disconnected();
  }

  /** The one place where an exception becomes the end of the connection. */
  fail(error: unknown): void {
    if (this.#state === 'ended') return;
    if (this.#working) {
      // Calls before it are answered first; then proceed() comes back here.
      this.#failure = error;
      this.#state = 'failing';
      this.#loop?.stop();
    } else if (error instanceof MessageTooLargeError) {
      this.#endWithText(closeReasons.messageTooLarge, error);
    } else if (error instanceof ProtocolError) {
      this.#endWithText(closeReasons.protocolError, error);
    } else {
      this.#log('error', { err: error }, 'connection failed');
      this.#endWithText(closeReasons.internalError, error);
    }
  }

  close(reason: CloseReason): void {
    this.#end(reason, reason.failed ? new Error(reason.error ?? reason.label) : undefined);
  }

  /** A peer that takes nothing would only find pings behind what it has not taken. */
  get #pingsNeedless(): boolean {
    return this.#connection.transport.inherentKeepAlive || this.#connection.blocked;
  }

  #authenticationExpired(): boolean {
    const { options, now } = this.#runtime;
    const { expiresAt } = this.#connection.user;
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
    const reader = protocol.createReader(this.#runtime.options.maximumReceiveMessageSize);
    reader.push(rest);
    this.#connection.format = protocol.transferFormat;
    // Alone in its frame: some clients read nothing else from the frame of the answer.
    this.#connection.writeNow(HANDSHAKE_ACCEPTED);
    const reconnect = this.#agreeOnReconnect(protocol, version);
    this.hubConnection.begin({ protocol, version, isStateful: reconnect !== undefined });
    this.#loop = new MessageLoop({
      connection: this.#connection,
      hubConnection: this.hubConnection,
      runtime: this.#runtime,
      life: this,
      liveness: this.#liveness,
      reader,
      reconnect,
    });
    this.#state = 'starting';
    this.#runtime.lifetime.add(this.hubConnection);
    void this.#start();
  }

  /** Version 2 of a protocol is version 1 with stateful reconnect. */
  #agreeOnReconnect(protocol: HubProtocol, version: number): StatefulReconnect | undefined {
    if (version < 2 || !this.#connection.keepUnacknowledged()) return undefined;
    const { maximumReceiveMessageSize, statefulReconnectBufferSize } = this.#runtime.options;
    return new StatefulReconnect({
      connection: this.#connection,
      protocol,
      maximumReceiveMessageSize,
      // Clients keep as much as we do by default, and wait for Ack when that is full.
      ackAfterBytes: statefulReconnectBufferSize / 2,
    });
  }

  /** Never rejects. */
  async #start(): Promise<void> {
    this.#connecting = true;
    try {
      await this.#runtime.hub.onConnected?.(this.hubConnection);
      this.#connected = true;
      if (this.#state === 'starting') this.#state = 'running';
    } catch (error) {
      this.#log('warn', { err: error }, 'onConnected failed');
      this.#endWithText(closeReasons.connectFailed, error);
    }
    this.#connecting = false;
    this.proceed();
  }

  /** Whether onConnected or calls are in progress; failure and onDisconnected wait for them. */
  get #working(): boolean {
    return this.#connecting || this.#loop?.busy === true;
  }

  /** Ends with the error's text added to the reason's, as far as clients may see it. */
  #endWithText(reason: CloseReason, error: unknown): void {
    const { detailedErrors } = this.#runtime.options;
    const text = clientErrorText(reason.error ?? '', error, detailedErrors);
    this.#end({ ...reason, error: text }, error instanceof Error ? error : new Error(text));
  }

  /** The only way out; whatever comes second changes nothing. */
  #end(reason: CloseReason, error: Error | undefined): void {
    if (this.#state === 'ended') return;
    // First: a connection that waits for a new socket says at once that it is closed.
    this.#state = 'ended';
    this.#endedBy = error;
    this.hubConnection.end(reason);
    this.#runtime.lifetime.remove(this.hubConnection);
    this.#runtime.metrics.connectionClosed(this.#connection.transport.name, reason.label);
    this.#log('info', { reason: reason.label, error: error?.message }, 'connection closed');
    this.#loop?.end();
    this.hubConnection.signalEnd();
    this.proceed();
  }

  /** Runs the hook once. Never rejects. */
  async #disconnected(): Promise<void> {
    if (!this.#connected) return;
    this.#connected = false;
    try {
      await this.#runtime.hub.onDisconnected?.(this.hubConnection, this.#endedBy);
    } catch (error) {
      this.#log('error', { err: error }, 'onDisconnected failed');
    }
  }

  #log(level: 'info' | 'warn' | 'error', fields: object, message: string): void {
    const who = { connectionId: this.#connection.id, userId: this.#connection.user.id };
    this.#runtime.logger[level]({ ...who, ...fields }, message);
  }
}
