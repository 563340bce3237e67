import type { HubProtocol } from '../../signalr/protocol/hub-protocol.js';
import { jsonProtocol } from '../../signalr/protocol/json-protocol.js';
import { lengthPrefix, LengthPrefixReader } from '../../signalr/protocol/length-prefix.js';
import { messagePackProtocol } from '../../signalr/protocol/messagepack-protocol.js';
import type { HubMessage } from '../../signalr/protocol/messages.js';
import { RecordReader } from '../../signalr/protocol/record-reader.js';

/** Larger than any message of a hub. */
const MAX_MESSAGE_BYTES = 16_777_216;
const TARGET = 'MessageReceived';
/** A stamp as events have it, such as 2026-11-21T10:00:00.000Z, is a short text. */
const MAX_STAMP = 40;

/** Told what is in the bytes that come. */
export interface ScanListener {
  /** An event. @param stamp when it was made, epoch ms; NaN when it does not tell */
  delivered(stamp: number): void;
  /** Anything else. */
  message(message: HubMessage): void;
}

interface Encoding {
  readonly protocol: HubProtocol;
  readonly newReader: () => RecordReader | LengthPrefixReader;
  /** How a MessageReceived of the hub begins. */
  readonly prefix: Buffer;
  /** What stands before the text of its stamp. */
  readonly stampKey: Buffer;
  /** Length of that text, and where it begins. @param at behind the key */
  readonly stampAt: (bytes: Buffer, at: number) => { start: number; end: number };
  /** The whole message of what a reader gives. */
  readonly framed: (bytes: Buffer) => readonly Uint8Array[];
}

const json: Encoding = {
  protocol: jsonProtocol,
  newReader: () => new RecordReader(MAX_MESSAGE_BYTES),
  prefix: Buffer.from(`{"type":1,"target":"${TARGET}"`),
  // Quotes within texts are escaped, so that this can only be a key.
  stampKey: Buffer.from('"timestamp":"'),
  stampAt: (bytes, at) => ({ start: at, end: bytes.indexOf('"', at) }),
  framed: (bytes) => [bytes, Uint8Array.of(0x1e)],
};

/** A text of up to 31 bytes has its length in its first byte (MessagePack, "str format family"). */
const FIXSTR = 0xa0;
const MAX_FIXSTR = 31;

const messagePack: Encoding = {
  protocol: messagePackProtocol,
  newReader: () => new LengthPrefixReader(MAX_MESSAGE_BYTES),
  // An array of six: type 1, no headers, no invocation id, the target.
  prefix: Buffer.concat([
    Uint8Array.of(0x96, 0x01, 0x80, 0xc0, FIXSTR + TARGET.length),
    Buffer.from(TARGET),
  ]),
  stampKey: Buffer.concat([Uint8Array.of(FIXSTR + 'timestamp'.length), Buffer.from('timestamp')]),
  stampAt: (bytes, at) => {
    const length = (bytes[at] ?? 0) - FIXSTR;
    return { start: at + 1, end: length >= 0 && length <= MAX_FIXSTR ? at + 1 + length : -1 };
  },
  framed: (bytes) => [lengthPrefix(bytes.length), bytes],
};

/**
 * Looks into what comes only as far as a load test needs: an event is known by its first bytes, and
 * of it nothing but the stamp is read. Parsing each one would make the clients, not the hub, what is
 * measured. Everything else is parsed by the hub's own protocol code.
 */
export class MessageScanner {
  readonly #encoding: Encoding;
  readonly #reader: RecordReader | LengthPrefixReader;
  readonly #listener: ScanListener;

  constructor(protocol: 'json' | 'messagepack', listener: ScanListener) {
    this.#encoding = protocol === 'json' ? json : messagePack;
    this.#reader = this.#encoding.newReader();
    this.#listener = listener;
  }

  /** @throws ProtocolError for what is no hub message */
  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
    for (let bytes = this.#reader.next(); bytes !== undefined; bytes = this.#reader.next()) {
      const { prefix } = this.#encoding;
      if (bytes.length > prefix.length && prefix.compare(bytes, 0, prefix.length) === 0) {
        this.#listener.delivered(this.#stampOf(bytes));
      } else {
        this.#parse(bytes);
      }
    }
  }

  /** A text may look like the key, so that the first which a time follows counts. */
  #stampOf(bytes: Buffer): number {
    const { stampKey, stampAt } = this.#encoding;
    for (let key = bytes.indexOf(stampKey); key >= 0; key = bytes.indexOf(stampKey, key + 1)) {
      const { start, end } = stampAt(bytes, key + stampKey.length);
      const isStamp = end >= start && end - start <= MAX_STAMP;
      const stamp = isStamp ? Date.parse(bytes.toString('latin1', start, end)) : Number.NaN;
      if (!Number.isNaN(stamp)) return stamp;
    }
    return Number.NaN;
  }

  #parse(bytes: Buffer): void {
    const reader = this.#encoding.protocol.createReader(MAX_MESSAGE_BYTES);
    for (const part of this.#encoding.framed(bytes)) reader.push(part);
    const message = reader.next();
    if (message === undefined) return;
    if (message.kind === 'invocation' && message.target === TARGET) {
      this.#listener.delivered(Number.NaN);
    } else this.#listener.message(message);
  }
}

/** The hub's own encoding of a message to it. */
export function encodeFor(protocol: 'json' | 'messagepack', message: HubMessage): Uint8Array {
  return (protocol === 'json' ? json : messagePack).protocol.encode(message);
}
