import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CommandError } from '../command.js';
import type { Io } from '../io.js';
import { type BusLine, LineFault, parseBusLine } from './bus-line.js';
import { readLines } from './lines.js';

/** Longer than any bus message: the largest lists that Wazo's services publish have some 100 kB. */
const MAX_LINE_BYTES = 1_048_576;

/** A line that is not empty: an event, or what is wrong with it. */
export type FileEvent =
  | { readonly line: number; readonly event: BusLine }
  | { readonly line: number; readonly fault: string };

/** Where events come from. */
export interface EventFile {
  /** As the user named it. */
  readonly name: string;
  /** Whether it can be read several times, and has an end. */
  readonly isFile: boolean;
  open(): Readable;
}

/** @param name a path, or `-` for the standard input @throws CommandError when there is no such file */
export async function eventFile(name: string, io: Io): Promise<EventFile> {
  if (name === '-') return { name: 'standard input', isFile: false, open: () => io.stdin() };
  try {
    const found = await stat(name);
    if (found.isDirectory()) throw new CommandError(`${name} is a folder: name a file in it`);
    return { name, isFile: found.isFile(), open: () => createReadStream(name) };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${name} cannot be read: ${problemOf(error)}`, { cause: error });
  }
}

/** Reads events one after the other, however large the file is. @throws what the stream fails with */
export async function* readEvents(input: Readable): AsyncGenerator<FileEvent> {
  for await (const { number, bytes } of readLines(input, MAX_LINE_BYTES)) {
    if (bytes === undefined) {
      const fault = `it is longer than ${String(MAX_LINE_BYTES)} bytes, which no bus message is`;
      yield { line: number, fault };
    } else {
      const text = withoutMarks(bytes, number);
      if (text.length > 0) yield { line: number, ...eventOrFault(text) };
    }
  }
}

/**
 * What keeps a line from being published.
 * @param needsRoutingKey whether it is for a topic exchange
 */
export function faultOf(read: FileEvent, needsRoutingKey: boolean): string | undefined {
  if ('fault' in read) return read.fault;
  if (!needsRoutingKey || read.event.routingKey !== undefined) return undefined;
  return 'a topic exchange needs its routing key: give it as "required_acl": "events.KEY"';
}

/** Whether reading ended because it was interrupted. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function eventOrFault(text: Buffer): { event: BusLine } | { fault: string } {
  try {
    return { event: parseBusLine(text) };
  } catch (error) {
    if (error instanceof LineFault) return { fault: error.message };
    throw error;
  }
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const BLANKS: ReadonlySet<number> = new Set([0x09, 0x0d, 0x20]);

/** Without what editors of other systems leave: a byte order mark, carriage returns, blanks. */
function withoutMarks(bytes: Buffer, line: number): Buffer {
  const isMarked = line === 1 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
  let start = isMarked ? 3 : 0;
  let end = bytes.length;
  while (start < end && BLANKS.has(bytes[start] ?? 0)) start += 1;
  while (end > start && BLANKS.has(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.subarray(start, end);
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : error.message;
}
