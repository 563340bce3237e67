import { closeReasons } from '../connections/close-reasons.js';
import type { Connection } from '../connections/connection.js';
import type { MessageReader } from '../protocol/hub-protocol.js';
import type { HubMessage } from '../protocol/messages.js';
import { callErrors } from './call-errors.js';
import type { ClientLiveness } from './client-liveness.js';
import { connectionEnded, type ConnectionLife } from './connection-life.js';
import { HubCalls } from './hub-calls.js';
import type { HubConnection } from './hub-connection.js';
import type { ClientResultOptions, HubUser } from './hub-definition.js';
import type { HubRuntime } from './hub-runtime.js';
import { MessageRate } from './message-rate.js';
import type { StatefulReconnect } from './stateful-reconnect.js';

export interface MessageLoopParts<User extends HubUser> {
  readonly connection: Connection<User>;
  readonly hubConnection: HubConnection<User>;
  readonly runtime: HubRuntime<User>;
  readonly life: ConnectionLife;
  readonly liveness: ClientLiveness;
  readonly reader: MessageReader;
  /** If client and server agreed on it. */
  readonly reconnect: StatefulReconnect | undefined;
}

/**
 * Takes a client's hub messages in their order, from the handshake on, as fast as its calls come to
 * their end. What calls and streams are in progress is HubCalls' business.
 */
export class MessageLoop<User extends HubUser> {
  readonly #parts: MessageLoopParts<User>;
  readonly #rate: MessageRate;
  #reader: MessageReader;
  /** From the first call on, of either side: idle connections are many. */
  #calls: HubCalls<User> | undefined;
  #paused = false;

  constructor(parts: MessageLoopParts<User>) {
    const { options, now } = parts.runtime;
    this.#parts = parts;
    this.#reader = parts.reader;
    this.#rate = new MessageRate(options.messageRate, options.maximumRateRefusals, now());
  }

  /** Whether calls are in progress. */
  get busy(): boolean {
    return this.#calls?.busy === true;
  }

  received(chunk: Uint8Array): void {
    this.#reader.push(chunk);
    this.read();
    this.#parts.reconnect?.receivedBytes(chunk.length);
  }

  /** Parses and handles what has been received, until the calls that wait are too many. */
  read(): void {
    const { life } = this.#parts;
    try {
      while (life.state === 'running' && !this.#full) {
        const message = this.#reader.next();
        if (message === undefined) break;
        this.#handle(message);
      }
      this.#steerReading(
        this.#full || (life.state === 'starting' && this.#reader.bufferedBytes > 0),
      );
    } catch (error) {
      life.fail(error);
    }
  }

  /** The client is back on a new socket. */
  replaced(): void {
    this.#reader = this.#parts.reconnect?.replaced() ?? this.#reader;
  }

  /** Called every second. @param time ms on the heartbeat's clock */
  tick(time: number): void {
    this.#parts.reconnect?.acknowledge();
    this.#calls?.tick(time);
  }

  /** The client has taken what waited for it. */
  drained(): void {
    this.#calls?.drained();
  }

  /** Calls a method of the client; see HubCaller.invokeWith(). */
  ask(options: ClientResultOptions, target: string, args: readonly unknown[]): Promise<unknown> {
    return this.#inProgress().ask(options, target, args);
  }

  /** Reads nothing more; calls go on. */
  stop(): void {
    this.#steerReading(true);
    this.#calls?.inputEnded(connectionEnded());
  }

  /** The connection ended. */
  end(): void {
    this.#calls?.end(connectionEnded());
  }

  get #full(): boolean {
    return this.#calls?.full === true;
  }

  /** Stops the transport while input can't be handled, so that it waits in the client's socket. */
  #steerReading(pause: boolean): void {
    const { connection, life, liveness, runtime } = this.#parts;
    if (life.state === 'ended' || pause === this.#paused) return;
    this.#paused = pause;
    if (pause) {
      liveness.readingStopped();
      connection.transport.pause();
    } else {
      liveness.readingResumed(runtime.time());
      connection.transport.resume();
    }
  }

  #handle(message: HubMessage): void {
    const { life, reconnect, runtime } = this.#parts;
    runtime.metrics.messageReceived(message.kind);
    if (reconnect?.admits(message) === false) return;
    if (message.kind === 'close') {
      life.close(closeReasons.clientClosed);
    } else if (this.#withinRate(message)) {
      this.#dispatch(message);
    }
  }

  #dispatch(message: HubMessage): void {
    switch (message.kind) {
      case 'invocation':
      case 'streamInvocation':
        this.#inProgress().accept(message);
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
        this.#parts.liveness.pinged();
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
    const { life, runtime } = this.#parts;
    const verdict = this.#rate.count(runtime.now());
    if (verdict === 'take') return true;
    runtime.metrics.messageRefused();
    if (verdict === 'close') {
      life.close(closeReasons.rateLimited);
    } else if ('target' in message) {
      this.#inProgress().refuse(message, callErrors.tooManyMessages);
    }
    return false;
  }

  #inProgress(): HubCalls<User> {
    this.#calls ??= this.#newCalls();
    return this.#calls;
  }

  #newCalls(): HubCalls<User> {
    const { connection, hubConnection, life, runtime } = this.#parts;
    const { dispatcher, options, time } = runtime;
    return new HubCalls({
      connection: hubConnection,
      dispatcher,
      options,
      time,
      write: (message, label) => hubConnection.write(message, label),
      waitingBytes: () => connection.queuedBytes,
      onProgress: () => life.proceed(),
      onFault: (error) => life.fail(error),
    });
  }
}
