import type { CloseReason } from '../connections/close-reasons.js';
import { closeReasons } from '../connections/close-reasons.js';
import type { Connection } from '../connections/connection.js';
import type { OutboundEntry } from '../connections/outbound-queue.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { HubMessage } from '../protocol/messages.js';
import { isNumbered } from './stateful-reconnect.js';
import type {
  EncodingObserver,
  MessageTemplate,
  SharedInvocation,
  SharedMessage,
} from '../protocol/shared-message.js';

export interface HubWriterParts {
  readonly connection: Connection<unknown>;
  readonly protocol: HubProtocol;
  readonly observer: EncodingObserver;
  /** The outbound bound was reached: the client reads too slowly. */
  readonly onOverflow: () => void;
}

/** Encodes what a connection sends, in the protocol of its handshake, and queues the bytes. */
export class HubWriter {
  readonly #parts: HubWriterParts;

  constructor(parts: HubWriterParts) {
    this.#parts = parts;
  }

  /** @param label names the message in metrics. @throws {TypeError} if it can't be encoded */
  write(message: HubMessage, label: string): void {
    const unnumbered = !isNumbered(message.kind);
    this.#enqueue({ parts: [this.#parts.protocol.encode(message)], label, unnumbered });
  }

  writeShared(invocation: SharedInvocation): void {
    const { protocol, observer } = this.#parts;
    this.#enqueue({ parts: [invocation.encodedFor(protocol, observer)], label: 'invocation' });
  }

  /** The hot path: joins what is encoded already. */
  deliver(template: MessageTemplate, message: SharedMessage): void {
    const { protocol, observer } = this.#parts;
    const value = message.encodedFor(protocol, observer);
    this.#enqueue({
      parts: protocol.join(template.encodedFor(protocol), value),
      label: message.label,
      conflationKey: template.conflate ? (message.conflationKey ?? template) : undefined,
      expiresAt: message.expiresAt,
      madeAt: message.madeAt,
    });
  }

  /** Announces the end as far as the reason wants it announced, and ends the connection. */
  close({ error, allowReconnect, announced, label, webSocketCode }: CloseReason): void {
    const { connection, protocol } = this.#parts;
    const told = {
      ...(error === undefined ? {} : { error }),
      ...(allowReconnect === undefined ? {} : { allowReconnect }),
    };
    const last = announced
      ? { parts: [protocol.encode({ kind: 'close', ...told })], label: 'close', unnumbered: true }
      : undefined;
    // A slow consumer would get its Close only behind all that it has not taken.
    const discard = label === closeReasons.slowConsumer.label;
    connection.close(last, webSocketCode, discard);
  }

  #enqueue(entry: OutboundEntry): void {
    if (!this.#parts.connection.enqueue(entry)) this.#parts.onOverflow();
  }
}
