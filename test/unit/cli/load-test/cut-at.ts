/** The bytes in pieces of these lengths, the last one with what is left. */
export function cutAt(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let start = 0;
  for (const length of lengths) {
    if (start >= bytes.length) break;
    pieces.push(bytes.subarray(start, start + length));
    start += length;
  }
  return start < bytes.length ? [...pieces, bytes.subarray(start)] : pieces;
}
