import type { HubMessage } from './messages.js';

/** What the frames of a protocol hold; a text-only transport can't carry a binary protocol. */
export type TransferFormat = 'text' | 'binary';

/** Cuts a byte stream into hub messages. Bytes may be pushed cut or joined anywhere. */
export interface MessageReader {
  /** Bytes pushed and not yet given out. */
  readonly bufferedBytes: number;
  push(chunk: Uint8Array): void;
  /**
   * The next whole message, or undefined when more bytes are needed.
   * @throws {ProtocolError} on bytes that are no message; the reader is of no use afterwards.
   */
  next(): HubMessage | undefined;
}

/** An invocation with one open place, as bytes before and after that place. */
export interface EncodedTemplate {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** The constant part of an invocation whose only argument is an object with one member open. */
export interface TemplateSource {
  readonly target: string;
  readonly constant: Readonly<Record<string, unknown>>;
  readonly slot: string;
}

/** One encoding of hub messages. Stateless and shared by all connections that chose it. */
export interface HubProtocol {
  readonly name: string;
  readonly transferFormat: TransferFormat;
  supportsVersion(version: number): boolean;
  /** @param maxMessageBytes largest hub message accepted, framing included */
  createReader(maxMessageBytes: number): MessageReader;
  /** The framed bytes of a message. @throws {TypeError} for a value that can't be encoded */
  encode(message: HubMessage): Uint8Array;
  encodeTemplate(source: TemplateSource): EncodedTemplate;
  /** The bytes of a value for the open place. @throws {TypeError} if it can't be encoded */
  encodeValue(value: unknown): Uint8Array;
  /** The parts, in order, of one framed message. A length prefix is made here, where it is known. */
  join(template: EncodedTemplate, value: Uint8Array): readonly Uint8Array[];
}
