import type { Buffer } from 'node:buffer';
import { ProtocolError } from './protocol-error.js';

/** Nesting of arrays and maps in one message; no payload of use comes near it. */
const MAX_DEPTH = 100;

/** What follows a first byte (MessagePack specification, "Formats"). */
interface Head {
  /** Bytes of the length field, right behind the first byte. */
  readonly lengthBytes: 0 | 1 | 2 | 4;
  /** Further bytes whatever the length field says. */
  readonly bytes: number;
  /** Values whatever the length field says. */
  readonly values: number;
  /** What the length field counts: bytes, or 1 or 2 values each. */
  readonly counts: 'bytes' | 1 | 2;
}

/** From 0xC0 on; 0xC1 is not used by the format. */
const LONG_HEADS: readonly (Head | undefined)[] = [
  // nil, false, true
  fixed(0),
  undefined,
  fixed(0),
  fixed(0),
  // bin, then ext with its type byte
  sized(1),
  sized(2),
  sized(4),
  sized(1, 'bytes', 1),
  sized(2, 'bytes', 1),
  sized(4, 'bytes', 1),
  // float 32 and 64, uint 8 to 64, int 8 to 64, then fixext 1 to 16 with their type byte
  ...[4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17].map(fixed),
  // str, array, map
  sized(1),
  sized(2),
  sized(4),
  sized(2, 1),
  sized(4, 1),
  sized(2, 2),
  sized(4, 2),
];

const HEADS: readonly (Head | undefined)[] = Array.from({ length: 256 }, (_, byte) => headOf(byte));

function headOf(byte: number): Head | undefined {
  if (byte < 0x80 || byte >= 0xe0) return fixed(0);
  if (byte < 0x90) return { ...fixed(0), values: 2 * (byte & 0x0f) };
  if (byte < 0xa0) return { ...fixed(0), values: byte & 0x0f };
  if (byte < 0xc0) return fixed(byte & 0x1f);
  return LONG_HEADS[byte - 0xc0];
}

function fixed(bytes: number): Head {
  return { lengthBytes: 0, bytes, values: 0, counts: 'bytes' };
}

function sized(lengthBytes: 1 | 2 | 4, counts: Head['counts'] = 'bytes', bytes = 0): Head {
  return { lengthBytes, bytes, values: 0, counts };
}

/**
 * Checks that the bytes are exactly one MessagePack value with everything in it that its headers
 * announce, nested no deeper than allowed. A decoder allocates what an array header announces, so
 * this must be known before: a few bytes could otherwise claim gigabytes.
 * @throws {ProtocolError}
 */
export function checkStructure(bytes: Buffer): void {
  /** Values that each open array or map still lacks, innermost last. */
  const open = [1];
  let missing = 1;
  let at = 0;
  while (open.length > 0) {
    const head = at < bytes.length ? HEADS[bytes[at] ?? 0xc1] : undefined;
    if (head === undefined) throw new ProtocolError(`No MessagePack value at byte ${at}.`);
    const behindLength = at + 1 + head.lengthBytes;
    if (behindLength > bytes.length) throw truncated();
    const length = head.lengthBytes === 0 ? 0 : bytes.readUIntBE(at + 1, head.lengthBytes);
    at = behindLength + head.bytes + (head.counts === 'bytes' ? length : 0);
    const values = head.values + (head.counts === 'bytes' ? 0 : length * head.counts);
    missing += values - 1;
    // Every value takes one byte at least.
    if (at + missing > bytes.length) throw truncated();
    descend(open, values);
  }
  if (at !== bytes.length) throw new ProtocolError('There are bytes behind the message.');
}

/** Takes one value off the innermost container, opens the next, and leaves those that are full. */
function descend(open: number[], values: number): void {
  open.push((open.pop() ?? 0) - 1);
  if (values > 0) open.push(values);
  // The first entry stands for the message itself.
  if (open.length > MAX_DEPTH + 1) {
    throw new ProtocolError(`The message is nested deeper than ${MAX_DEPTH}.`);
  }
  while (open.at(-1) === 0) open.pop();
}

function truncated(): ProtocolError {
  return new ProtocolError('The message announces more than it holds.');
}
