import type { CloseReason } from '../connections/close-reasons.js';
import { closeReasons } from '../connections/close-reasons.js';
import type { Connection, ConnectionOwner } from '../connections/connection.js';
import {
  formatHandshakeError,
  HANDSHAKE_ACCEPTED,
  handshakeErrors,
} from '../protocol/handshake.js';
import type { HubProtocol, MessageReader } from '../protocol/hub-protocol.js';
import type { CompletionOutcome, HubMessage } from '../protocol/messages.js';
import { MessageTooLargeError, ProtocolError } from '../protocol/protocol-error.js';
import type {
  MessageTemplate,
  SharedInvocation,
  SharedMessage,
} from '../protocol/shared-message.js';
import { ClientLiveness } from './client-liveness.js';
import type { Call } from './dispatcher.js';
import { HandshakePhase } from './handshake-phase.js';
import type { HubUser } from './hub-definition.js';
import { clientErrorText } from './hub-error.js';
import type { HubRuntime } from './hub-runtime.js';
import { HubWriter } from './hub-writer.js';
import type { ManagedConnection } from './lifetime-manager.js';
import { MessageRate } from './message-rate.js';

/**
 * Where a connection is in its life.
 * - `starting`: the handshake is done, onConnected is running, nothing is read yet.
 * - `failing`: input was no message; calls before it are still answered, nothing more is read.
 * - `ended`: no message goes in or out any more, though a call or the transport may still last.
 */
type State = 'handshake' | 'starting' | 'running' | 'failing' | 'ended';

/**
 * The one loop of a connection: handshake, then hub messages in their order, calls one at a time,
 * until an end by either side. It is also what hub methods see as their caller.
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
  /** Calls that wait for their turn; bounded by maximumQueuedInvocations, then reading stops. */
  readonly #calls: Call[] = [];
  #state: State = 'handshake';
  /** From the handshake on. */
  #reader: MessageReader | undefined;
  /** From the handshake to the end: without it, sending does nothing. */
  #writer: HubWriter | undefined;
  /** Whether onConnected or calls are in progress; failure and onDisconnected wait for them. */
  #working = false;
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

  send(target: string, ...args: readonly unknown[]): void {
    this.#writer?.write({ kind: 'invocation', target, arguments: args }, 'invocation');
  }

  sendShared(invocation: SharedInvocation): void {
    this.#writer?.writeShared(invocation);
  }

  deliver(template: MessageTemplate, message: SharedMessage): void {
    this.#writer?.deliver(template, message);
  }

  abort(): void {
    this.close(closeReasons.aborted);
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
      }
    } catch (error) {
      this.#fail(error);
    }
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
      // A peer that takes nothing would only find the pings behind what it has not taken.
      if (!this.#connection.blocked) this.#writer?.write({ kind: 'ping' }, 'ping');
    }
  }

  stalled(): void {
    this.close(closeReasons.sendTimeout);
  }

  closed(error: Error | undefined): void {
    this.#end(error === undefined ? closeReasons.clientLeft : closeReasons.transportLost, error);
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
        this.#refuse(progress.error, closeReasons.handshakeRefused);
        return;
      case 'accepted':
        this.#begin(progress.protocol, progress.rest);
    }
  }

  #refuse(error: string, reason: CloseReason): void {
    this.#connection.writeNow(formatHandshakeError(error));
    this.#end(reason, new Error(error));
  }

  #begin(protocol: HubProtocol, rest: Uint8Array): void {
    const { options, metrics, lifetime } = this.#runtime;
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
    this.#state = 'starting';
    lifetime.add(this);
    void this.#work(() => this.#start());
  }

  async #start(): Promise<void> {
    try {
      await this.#runtime.hub.onConnected?.(this);
      this.#connected = true;
      if (this.#state === 'starting') this.#state = 'running';
    } catch (error) {
      this.#log('warn', { err: error }, 'onConnected failed');
      this.#endWithText(closeReasons.connectFailed, error);
    }
  }

  /** Does what must not be overtaken, then whatever had to wait for it. Never rejects. */
  async #work(task: () => Promise<void>): Promise<void> {
    this.#working = true;
    try {
      await task();
    } catch (error) {
      this.#fail(error);
    }
    this.#working = false;
    if (this.#state === 'failing') this.#fail(this.#failure);
    else this.#read();
    if (this.#state === 'ended' && !this.#working) await this.#disconnected();
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
    return this.#calls.length >= this.#runtime.options.maximumQueuedInvocations;
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
        this.#calls.push(message);
        if (!this.#working) void this.#work(() => this.#runCalls());
        return;
      case 'ping':
        this.#liveness.pinged();
        return;
      // Nothing is streamed, nothing was asked of the client, nothing is resumed: to be ignored.
      case 'cancelInvocation':
      case 'streamItem':
      case 'completion':
      case 'ack':
      case 'sequence':
      case 'unknown':
      case 'close':
    }
  }

  #withinRate(message: HubMessage): boolean {
    const verdict = this.#rate.count(this.#runtime.now());
    if (verdict === 'take') return true;
    this.#runtime.metrics.messageRefused();
    if (verdict === 'close') {
      this.close(closeReasons.rateLimited);
    } else if ('target' in message) {
      this.#complete(message, { kind: 'error', error: 'Too many messages: slow down.' });
    }
    return false;
  }

  /** One call at a time, in their order. What a method throws became an outcome before. */
  async #runCalls(): Promise<void> {
    for (let call = this.#calls.shift(); call !== undefined; call = this.#calls.shift()) {
      const outcome = await this.#runtime.dispatcher.invoke(this, call);
      this.#complete(call, outcome);
      this.#read();
    }
  }

  /** A call without id is never answered. */
  #complete({ invocationId, target }: Call, outcome: CompletionOutcome): void {
    if (invocationId === undefined) return;
    try {
      this.#writer?.write({ kind: 'completion', invocationId, outcome }, 'completion');
    } catch (error) {
      const failure = this.#runtime.dispatcher.failure(this, target, error);
      this.#writer?.write({ kind: 'completion', invocationId, outcome: failure }, 'completion');
    }
  }

  /** The one place where an exception becomes the end of the connection. */
  #fail(error: unknown): void {
    if (this.#state === 'ended') return;
    if (this.#working) {
      // Calls before it are answered first; then #work comes back here.
      this.#failure = error;
      this.#state = 'failing';
      this.#steerReading(true);
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

  /** The only way out of the loop; whatever comes second changes nothing. */
  #end(reason: CloseReason, error: Error | undefined): void {
    if (this.#state === 'ended') return;
    if (this.#writer === undefined) this.#connection.close(undefined, reason.webSocketCode);
    else this.#writer.close(reason);
    this.#state = 'ended';
    this.#writer = undefined;
    this.#reader = undefined;
    this.#calls.length = 0;
    this.#endedBy = error;
    this.#runtime.lifetime.remove(this);
    this.#runtime.metrics.connectionClosed(this.#connection.transport.name, reason.label);
    this.#log('info', { reason: reason.label, error: error?.message }, 'connection closed');
    if (!this.#working) void this.#disconnected();
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
