import { z } from 'zod';
import type { CompletionOutcome, HubMessage } from '../../signalr/protocol/messages.js';
import { RecordReader } from '../../signalr/protocol/record-reader.js';
import { failureOf, LoadError } from './load-error.js';
import { encodeFor, MessageScanner } from './message-scanner.js';
import type { Wire, WireListener } from './wires/wire.js';

/** How a session ended. */
export interface SessionEnd {
  /** In few words. */
  readonly reason: string;
  /** Whether the hub lets clients come back. */
  readonly mayReconnect: boolean;
}

/** Told what comes over a session. */
export interface SessionListener {
  received(bytes: number): void;
  /** @param stamp when the event was made, epoch ms; NaN when it does not tell */
  delivered(stamp: number): void;
}

const MAX_HANDSHAKE_BYTES = 4_096;
const handshakeAnswer = z.object({ error: z.string().optional() });

/** The hub protocol of one connection, as far as a load test speaks it. */
export class HubSession implements WireListener {
  readonly #protocol: 'json' | 'messagepack';
  readonly #listener: SessionListener;
  readonly #scanner: MessageScanner;
  /** Until the handshake is answered. */
  #handshake: RecordReader | undefined = new RecordReader(MAX_HANDSHAKE_BYTES);
  #wire: Wire | undefined;
  /** The call or handshake that is not answered; there is one at a time. */
  #waiting: { resolve(value: unknown): void; reject(error: Error): void } | undefined;
  #end: (end: SessionEnd) => void = () => undefined;
  #ended = false;
  /** Resolves when the connection is over; then it is to be closed. */
  readonly ended: Promise<SessionEnd>;

  constructor(protocol: 'json' | 'messagepack', listener: SessionListener) {
    this.#protocol = protocol;
    this.#listener = listener;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#scanner = new MessageScanner(protocol, {
      delivered: (stamp) => this.#listener.delivered(stamp),
      message: (message) => this.#take(message),
    });
  }

  /** Shakes hands over a wire that is open. @throws LoadError when the hub refuses */
  async start(wire: Wire): Promise<void> {
    this.#wire = wire;
    if (this.#ended) await wire.close();
    const answered = this.#answer();
    wire.send(Buffer.from(`{"protocol":"${this.#protocol}","version":1}\u001e`));
    await answered;
  }

  /** Calls a method. @throws LoadError when it fails, or the connection ends before the answer */
  async invoke(target: string, args: readonly unknown[]): Promise<unknown> {
    const answered = this.#answer();
    this.#send({ kind: 'invocation', invocationId: '1', target, arguments: args });
    return answered;
  }

  ping(): void {
    if (!this.#ended) this.#send({ kind: 'ping' });
  }

  /** Ends the connection; `ended` resolves when the hub knows. */
  async close(): Promise<void> {
    this.#finish({ reason: 'stopped', mayReconnect: false });
    await this.#wire?.close();
  }

  received(chunk: Uint8Array): void {
    this.#listener.received(chunk.length);
    if (this.#ended) return;
    try {
      if (this.#handshake === undefined) this.#scanner.push(chunk);
      else this.#takeHandshake(this.#handshake, chunk);
    } catch (error) {
      this.#finish({ reason: failureOf(error), mayReconnect: true });
    }
  }

  closed(failure: string | undefined): void {
    this.#finish({ reason: failure ?? 'closed by the hub', mayReconnect: true });
  }

  #takeHandshake(reader: RecordReader, chunk: Uint8Array): void {
    reader.push(chunk);
    const record = reader.next();
    if (record === undefined) return;
    this.#handshake = undefined;
    const { error } = handshakeAnswer.parse(JSON.parse(record.toString()));
    if (error !== undefined) throw new LoadError(`handshake refused: ${error}`);
    this.#settle({ kind: 'void' });
    this.#scanner.push(reader.takeRest());
  }

  #take(message: HubMessage): void {
    switch (message.kind) {
      case 'completion':
        this.#settle(message.outcome);
        break;
      case 'close': {
        const { error, allowReconnect = false } = message;
        const reason = `closed by the hub${error === undefined ? '' : `: ${error}`}`;
        this.#finish({ reason, mayReconnect: allowReconnect });
        break;
      }
      case 'invocation':
      case 'streamInvocation':
      case 'streamItem':
      case 'cancelInvocation':
      case 'ping':
      case 'ack':
      case 'sequence':
      case 'unknown':
        break;
    }
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended) reject(new LoadError('the connection is over'));
      else this.#waiting = { resolve, reject };
    });
  }

  #settle(outcome: CompletionOutcome): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    switch (outcome.kind) {
      case 'void':
        waiting?.resolve(undefined);
        break;
      case 'result':
        waiting?.resolve(outcome.value);
        break;
      case 'error':
        waiting?.reject(new LoadError(`call failed: ${outcome.error}`));
        break;
    }
  }

  #send(message: HubMessage): void {
    this.#wire?.send(encodeFor(this.#protocol, message));
  }

  #finish(end: SessionEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting?.reject(new LoadError(end.reason));
    this.#waiting = undefined;
    this.#end(end);
  }
}
