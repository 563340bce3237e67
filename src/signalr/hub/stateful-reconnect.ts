import type { Connection } from '../connections/connection.js';
import type { HubProtocol, MessageReader } from '../protocol/hub-protocol.js';
import type { HubMessage } from '../protocol/messages.js';
import { ProtocolError } from '../protocol/protocol-error.js';

export interface StatefulReconnectParts {
  readonly connection: Connection<unknown>;
  readonly protocol: HubProtocol;
  readonly maximumReceiveMessageSize: number;
  /** After this many bytes since the last Ack the next one doesn't wait for its second. */
  readonly ackAfterBytes: number;
}

/**
 * The receiving side of a stateful connection: counts what comes in, tells the client how far it
 * has come, and passes over what comes twice after the client changed its socket. (The sending side
 * is Connection's, which numbers messages where their bytes leave.)
 */
export class StatefulReconnect {
  readonly #parts: StatefulReconnectParts;
  /** Number of the newest message handled. */
  #received = 0;
  /** Number of the next message to come: behind #received while the client repeats itself. */
  #next = 1;
  #acknowledged = 0;
  #bytesSinceAck = 0;
  /** On a new socket nothing counts before the client's Sequence. */
  #awaitsSequence = false;

  constructor(parts: StatefulReconnectParts) {
    this.#parts = parts;
  }

  /**
   * Takes Ack and Sequence, and counts the others. @returns whether the message is to be handled
   * @throws {ProtocolError} for a Sequence that leaves a gap
   */
  admits(message: HubMessage): boolean {
    if (message.kind === 'sequence') {
      this.#startAt(message.sequenceId);
      return false;
    }
    if (this.#awaitsSequence) return false;
    if (message.kind === 'ack') {
      this.#parts.connection.acknowledge(message.sequenceId);
      return false;
    }
    return !isNumbered(message.kind) || this.#count();
  }

  /** Bytes have come and been handled as far as possible. */
  receivedBytes(bytes: number): void {
    this.#bytesSinceAck += bytes;
    if (this.#bytesSinceAck >= this.#parts.ackAfterBytes) this.acknowledge();
  }

  /** Called every second: tells the client what it need not keep any longer. */
  acknowledge(): void {
    if (this.#awaitsSequence || this.#acknowledged === this.#received) return;
    this.#acknowledged = this.#received;
    this.#bytesSinceAck = 0;
    this.#write({ kind: 'ack', sequenceId: this.#received });
  }

  /**
   * The client is back: announces and repeats what it may have missed.
   * @returns the reader for the new socket; what was cut off on the old one comes again
   */
  replaced(): MessageReader {
    const { connection, protocol, maximumReceiveMessageSize } = this.#parts;
    this.#awaitsSequence = true;
    const sequenceId = connection.firstUnacknowledged;
    connection.resend(protocol.encode({ kind: 'sequence', sequenceId }));
    return protocol.createReader(maximumReceiveMessageSize);
  }

  #startAt(number: number): void {
    if (number < 1 || number > this.#received + 1) {
      throw new ProtocolError(
        `Sequence ${number} is not within 1 and ${this.#received + 1}, the next message expected.`,
      );
    }
    this.#awaitsSequence = false;
    this.#next = number;
    // The Ack of what the client repeats was lost with its socket.
    this.#acknowledged = Math.min(this.#acknowledged, number - 1);
  }

  #count(): boolean {
    const number = this.#next;
    this.#next += 1;
    if (number <= this.#received) return false;
    this.#received = number;
    return true;
  }

  #write(message: HubMessage): void {
    this.#parts.connection.writeNow(this.#parts.protocol.encode(message));
  }
}

/** Pings, Close, Ack and Sequence belong to a socket; everything else to the connection. */
export function isNumbered(kind: HubMessage['kind']): boolean {
  switch (kind) {
    case 'invocation':
    case 'streamInvocation':
    case 'streamItem':
    case 'completion':
    case 'cancelInvocation':
      return true;
    case 'ping':
    case 'close':
    case 'ack':
    case 'sequence':
    case 'unknown':
      return false;
  }
}
