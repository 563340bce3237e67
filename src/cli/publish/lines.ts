import type { Readable } from 'node:stream';

/** A line of a file, numbered from 1. */
export type Line =
  | { readonly number: number; readonly bytes: Buffer }
  /** Longer than is kept in memory. */
  | { readonly number: number; readonly bytes: undefined };

const NEWLINE = 0x0a;

/**
 * Cuts a stream into its lines, without their ends. No more than one line and one chunk are in
 * memory, however large the stream is.
 * @param maxBytes of a line; of a longer one only the number is given
 * @throws what the stream fails with
 */
export async function* readLines(input: Readable, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let pieces: Buffer[] = [];
  let size = 0;
  const line = (): Line => {
    const given = { number, bytes: size > maxBytes ? undefined : Buffer.concat(pieces) };
    [number, pieces, size] = [number + 1, [], 0];
    return given;
  };
  for await (const chunk of bufferChunks(input)) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      size += end - start;
      if (size <= maxBytes) pieces.push(chunk.subarray(start, end));
      yield line();
      start = end + 1;
    }
    size += chunk.length - start;
    // What is too long is not kept: only that it was is told.
    if (size <= maxBytes) pieces.push(Buffer.from(chunk.subarray(start)));
    else pieces = [];
  }
  if (size > 0) yield line();
}

async function* bufferChunks(input: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of input) {
    if (Buffer.isBuffer(chunk)) yield chunk;
    else throw new TypeError('the stream has been given an encoding; bytes are wanted');
  }
}
