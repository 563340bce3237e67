import { Buffer } from 'node:buffer';
import { MessageTooLargeError, ProtocolError } from './protocol-error.js';

/** A length prefix is a base-128 varint, least group first, of at most five bytes (HubProtocol). */
const MAX_PREFIX_BYTES = 5;
/** Lengths are below 2^31, so the fifth byte has three bits. */
const MAX_FIFTH_BYTE = 0x07;

/** From this many waiting pieces on they are merged, so that one-byte frames don't cost an object each. */
const MAX_PIECES = 256;

/** The prefix of a message of `length` bytes. */
export function lengthPrefix(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x4000) return Uint8Array.of((length & 0x7f) | 0x80, length >> 7);
  const groups: number[] = [];
  let rest = length;
  for (; rest >= 0x80; rest >>>= 7) groups.push((rest & 0x7f) | 0x80);
  return Uint8Array.of(...groups, rest);
}

/** Cuts a byte stream into messages by their length prefixes. Work is linear in the bytes pushed. */
export class LengthPrefixReader {
  readonly #maxMessageBytes: number;
  /** Bounded by the message limit and one push. */
  #pieces: Buffer[] = [];
  #bytes = 0;
  /** What the next message needs, prefix included; undefined while its prefix is not whole. */
  #wanted: { readonly prefix: number; readonly total: number } | undefined;

  /** @param maxMessageBytes largest message accepted, prefix included */
  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  get bufferedBytes(): number {
    return this.#bytes;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#pieces.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#bytes += chunk.length;
    if (this.#pieces.length >= MAX_PIECES) this.#merge();
  }

  /**
   * The next message without its prefix, or undefined when none is whole yet.
   * @throws {MessageTooLargeError} as soon as a prefix announces more than the limit
   * @throws {ProtocolError} for a prefix that has no end
   */
  next(): Buffer | undefined {
    this.#wanted ??= this.#readPrefix();
    if (this.#wanted === undefined || this.#bytes < this.#wanted.total) return undefined;
    const { prefix, total } = this.#wanted;
    const all = this.#merge();
    this.#wanted = undefined;
    this.#bytes -= total;
    this.#pieces = this.#bytes === 0 ? [] : [all.subarray(total)];
    return all.subarray(prefix, total);
  }

  #readPrefix() {
    const [first] = this.#pieces;
    if (first === undefined) return undefined;
    const bytes = first.length < MAX_PREFIX_BYTES ? this.#merge() : first;
    let length = 0;
    for (const [index, byte] of bytes.subarray(0, MAX_PREFIX_BYTES).entries()) {
      if (index === MAX_PREFIX_BYTES - 1 && byte > MAX_FIFTH_BYTE) {
        throw new ProtocolError('The length prefix of a message is no varint below 2^31.');
      }
      length += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return this.#within(index + 1, length);
    }
    return undefined;
  }

  #within(prefix: number, length: number) {
    const total = prefix + length;
    if (total > this.#maxMessageBytes) throw new MessageTooLargeError(this.#maxMessageBytes);
    return { prefix, total };
  }

  #merge(): Buffer {
    const [first] = this.#pieces;
    const all = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }
}
