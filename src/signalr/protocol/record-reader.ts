import { Buffer } from 'node:buffer';
import { MessageTooLargeError } from './protocol-error.js';

/** Ends every JSON hub message and the handshake (SignalR TransportProtocols, text framing). */
const RECORD_SEPARATOR = 0x1e;

/** From this many waiting pieces on they are merged, so that one-byte frames don't cost an object each. */
const MAX_PIECES = 256;

/** Cuts a byte stream into records that end in 0x1E. Work is linear in the bytes pushed. */
export class RecordReader {
  readonly #maxRecordBytes: number;
  /** Pieces known to hold no separator; bounded by the record limit. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #unread: Buffer = Buffer.alloc(0);

  /** @param maxRecordBytes largest record accepted, separator included */
  constructor(maxRecordBytes: number) {
    this.#maxRecordBytes = maxRecordBytes;
  }

  get bufferedBytes(): number {
    return this.#pieceBytes + this.#unread.length;
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
  }

  /**
   * The next record without its separator, or undefined when none is whole yet.
   * @throws {MessageTooLargeError} as soon as a record can only be larger than the limit
   */
  next(): Buffer | undefined {
    const end = this.#unread.indexOf(RECORD_SEPARATOR);
    const length = this.#pieceBytes + (end < 0 ? this.#unread.length : end + 1);
    if (length > this.#maxRecordBytes) throw new MessageTooLargeError(this.#maxRecordBytes);
    if (end < 0) {
      this.#keepUnread();
      return undefined;
    }
    const last = this.#unread.subarray(0, end);
    const record = this.#pieces.length === 0 ? last : Buffer.concat([...this.#pieces, last]);
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#unread = this.#unread.subarray(end + 1);
    return record;
  }

  /** Gives up what follows the records read so far, for a reader of another kind. */
  takeRest(): Buffer {
    const rest = Buffer.concat([...this.#pieces, this.#unread]);
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#unread = Buffer.alloc(0);
    return rest;
  }

  #keepUnread(): void {
    if (this.#unread.length === 0) return;
    this.#pieces.push(this.#unread);
    this.#pieceBytes += this.#unread.length;
    this.#unread = Buffer.alloc(0);
    if (this.#pieces.length >= MAX_PIECES) this.#pieces = [Buffer.concat(this.#pieces)];
  }
}
