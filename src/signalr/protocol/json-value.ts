import { isUtf8 } from 'node:buffer';
import type { Buffer } from 'node:buffer';
import { ProtocolError } from './protocol-error.js';

/** A JSON object whose members have not been looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The text of a record. Decoding waits until the record is whole, because a frame may end inside
 * a code point. @throws {ProtocolError} when it is not UTF-8
 */
export function decodeUtf8(record: Buffer): string {
  if (!isUtf8(record)) throw new ProtocolError('The message is not valid UTF-8.');
  return record.toString('utf8');
}

/** @throws {ProtocolError} when the text is not one JSON object */
export function parseJsonObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ProtocolError('Error reading JSON.', { cause });
  }
  if (!isJsonObject(value)) throw new ProtocolError('Expected a JSON Object.');
  return value;
}

/** The length of the JSON object that a text begins with, or undefined if it has no end. */
export function leadingObjectLength(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
