import { Buffer } from 'node:buffer';
import {
  Decoder,
  decodeTimestampExtension,
  Encoder,
  encodeTimestampExtension,
  EXT_TIMESTAMP,
  ExtensionCodec,
} from '@msgpack/msgpack';
import type {
  EncodedTemplate,
  HubProtocol,
  MessageReader,
  TemplateSource,
} from './hub-protocol.js';
import { lengthPrefix, LengthPrefixReader } from './length-prefix.js';
import { parseElements, resultKinds } from './messagepack-parser.js';
import { checkStructure } from './messagepack-structure.js';
import type { HubMessage } from './messages.js';
import { ProtocolError } from './protocol-error.js';

/** A cycle ends here as a TypeError; what a client may send is nested less deeply. */
const MAX_DEPTH = 128;
const TIMESTAMP_SIZES: ReadonlySet<number> = new Set([4, 8, 12]);
/** `streamIds` of an invocation without streams: some clients need the element to be there. */
const NO_STREAM_IDS = Uint8Array.of(0x90);

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: EXT_TIMESTAMP,
  encode: encodeTimestampExtension,
  // A date of a wrong size is one bad argument, not a bad message: schemas refuse an invalid Date.
  decode: (data) =>
    TIMESTAMP_SIZES.has(data.length) ? decodeTimestampExtension(data) : new Date(Number.NaN),
});
const encoder = new Encoder({ extensionCodec, maxDepth: MAX_DEPTH, ignoreUndefined: true });
const decoder = new Decoder({ extensionCodec });

/**
 * The MessagePack hub protocol (HubProtocol specification, "MessagePack Encoding"). Dates are
 * timestamps, byte arrays are bin, names are written as they are; a bigint can't be encoded.
 */
export const messagePackProtocol: HubProtocol = {
  name: 'messagepack',
  transferFormat: 'binary',
  supportsVersion: (version) => version === 1 || version === 2,
  createReader: (maxMessageBytes) => new MessagePackMessageReader(maxMessageBytes),
  encode,
  encodeTemplate,
  encodeValue: (value) => encoded(value).slice(),
  join: ({ head, tail }, value) => [
    lengthPrefix(head.length + value.length + tail.length),
    head,
    value,
    tail,
  ],
};

class MessagePackMessageReader implements MessageReader {
  readonly #messages: LengthPrefixReader;

  constructor(maxMessageBytes: number) {
    this.#messages = new LengthPrefixReader(maxMessageBytes);
  }

  get bufferedBytes(): number {
    return this.#messages.bufferedBytes;
  }

  push(chunk: Uint8Array): void {
    this.#messages.push(chunk);
  }

  next(): HubMessage | undefined {
    const message = this.#messages.next();
    return message && parseElements(decode(message));
  }
}

function decode(message: Buffer): unknown {
  checkStructure(message);
  try {
    // Bytes in it are to be plain Uint8Arrays, as clients know them, not Buffers.
    return decoder.decode(new Uint8Array(message.buffer, message.byteOffset, message.length));
  } catch (cause) {
    throw new ProtocolError('Error reading MessagePack.', { cause });
  }
}

function encode(message: HubMessage): Uint8Array {
  const body = encoded(elements(message));
  return Buffer.concat([lengthPrefix(body.length), body]);
}

/** Valid until the next call: the encoder's own buffer. */
function encoded(value: unknown): Uint8Array {
  try {
    return encoder.encodeSharedRef(value);
  } catch (cause) {
    throw new TypeError("The value can't be encoded as MessagePack.", { cause });
  }
}

/** Headers, one member more than the constant ones, and the open place at the end. */
function encodeTemplate({ target, constant, slot }: TemplateSource): EncodedTemplate {
  const members = Object.entries(constant).filter(([, value]) => value !== undefined);
  const parts: Uint8Array[] = [Uint8Array.of(0x96, 0x01, 0x80, 0xc0), encoded(target).slice()];
  parts.push(Uint8Array.of(0x91), mapHeader(members.length + 1));
  for (const member of [...members.flat(), slot]) parts.push(encoded(member).slice());
  return { head: Buffer.concat(parts), tail: NO_STREAM_IDS };
}

function mapHeader(members: number): Uint8Array {
  if (members < 16) return Uint8Array.of(0x80 | members);
  if (members < 0x1_0000) return Uint8Array.of(0xde, members >> 8, members & 0xff);
  throw new TypeError(`A template can't have ${members} members.`);
}

function elements(message: HubMessage): readonly unknown[] {
  switch (message.kind) {
    case 'invocation':
      return [1, ...call(message)];
    case 'streamItem':
      return [2, {}, message.invocationId, message.item];
    case 'completion':
      return [3, {}, message.invocationId, ...outcome(message)];
    case 'streamInvocation':
      return [4, ...call(message)];
    case 'cancelInvocation':
      return [5, {}, message.invocationId];
    case 'ping':
      return [6];
    case 'close':
      return [7, message.error, message.allowReconnect ?? false];
    case 'ack':
      return [8, message.sequenceId];
    case 'sequence':
      return [9, message.sequenceId];
    case 'unknown':
      throw new TypeError(`A message of the unknown type ${message.type} can't be written.`);
  }
}

function call(message: Extract<HubMessage, { target: string }>): readonly unknown[] {
  const { invocationId, target, streamIds = [] } = message;
  return [{}, invocationId, target, message.arguments, streamIds];
}

function outcome({ outcome: ended }: Extract<HubMessage, { kind: 'completion' }>) {
  switch (ended.kind) {
    case 'void':
      return [resultKinds.void];
    case 'result':
      return [resultKinds.result, ended.value];
    case 'error':
      return [resultKinds.error, ended.error];
  }
}
