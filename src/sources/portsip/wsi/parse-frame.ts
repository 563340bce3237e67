import { z } from 'zod';
import { commandReply, type CommandReply } from './command-reply.js';
import { isIrrelevant, schemaOf, type PortsipMessage } from './message-catalogue.js';
import { readJson } from './read-json.js';
import { UNRECOGNIZED } from './words.js';

/** What one WebSocket message of the PBX is. `name` is the PBX's `event_type`. */
export type WsiFrame =
  | { readonly kind: 'reply'; readonly reply: CommandReply }
  | {
      readonly kind: 'event';
      readonly name: string;
      readonly message: PortsipMessage;
      /** What of it could not be understood, for operators; empty when all could. */
      readonly doubts: readonly string[];
    }
  | { readonly kind: 'irrelevant' | 'unknown'; readonly name: string }
  | { readonly kind: 'malformed'; readonly name: string; readonly problem: string };

/** The name of what could not be read so far. */
const UNREADABLE = 'unreadable';
/** The name of an answer to a command that is none. */
const REPLY = 'reply';

const event = z.looseObject({ event_type: z.string().trim().min(1) });
const reply = z.looseObject({ status: z.unknown().refine((status) => status !== undefined) });

/** Reads the text of a WebSocket message. Takes any text and never throws. */
export function parseFrame(text: string): WsiFrame {
  const json = parseJson(text);
  if (!json.ok) return malformed(UNREADABLE, 'it is not JSON');
  const named = event.safeParse(json.value);
  if (named.success) return parseEvent(named.data.event_type, json.value);
  // Events may have a status, too, but then an event_type.
  if (reply.safeParse(json.value).success) return parseReply(json.value);
  return malformed(UNREADABLE, 'it has neither event_type nor status');
}

function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { ok: false } {
  try {
    return { ok: true, value: readJson(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false };
    throw error;
  }
}

function parseEvent(spelled: string, value: unknown): WsiFrame {
  const name = spelled.toLowerCase();
  const schema = schemaOf(name);
  if (schema === undefined) return { kind: isIrrelevant(name) ? 'irrelevant' : 'unknown', name };
  const parsed = schema.safeParse(value);
  if (!parsed.success) return malformed(name, z.prettifyError(parsed.error));
  return { kind: 'event', name, message: parsed.data, doubts: doubtsAbout(parsed.data) };
}

function parseReply(value: unknown): WsiFrame {
  const parsed = commandReply.safeParse(value);
  if (parsed.success) return { kind: 'reply', reply: parsed.data };
  return malformed(REPLY, z.prettifyError(parsed.error));
}

function malformed(name: string, problem: string): WsiFrame {
  return { kind: 'malformed', name, problem };
}

/** Fields that hold one of the words of words.ts; a name or note may be any text. */
const WORD_FIELDS: ReadonlySet<string> = new Set([
  'presence',
  'callStatus',
  'state',
  'callerType',
  'reason',
  'direction',
  'status',
  'endReason',
  'callType',
]);

/** Names the fields with words that nobody knows, and the number of entries left out. */
function doubtsAbout(message: PortsipMessage): string[] {
  const fields = new Set<string>();
  collectUnrecognized(message, fields);
  const doubts = [...fields].map((field) => `unknown word in ${field}`);
  if ('unreadable' in message && message.unreadable > 0) {
    doubts.push(`${message.unreadable} unreadable entries`);
  }
  return doubts;
}

function collectUnrecognized(value: object, fields: Set<string>): void {
  for (const [field, inner] of Object.entries(value) as [string, unknown][]) {
    if (inner === UNRECOGNIZED && WORD_FIELDS.has(field)) fields.add(field);
    else if (typeof inner === 'object' && inner !== null) collectUnrecognized(inner, fields);
  }
}
