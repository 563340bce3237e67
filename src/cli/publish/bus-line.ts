import { z } from 'zod';
import { MalformedBusMessage, readEnvelope, STASIS } from '../../sources/wazo/bus-envelope.js';
import { findEvent } from '../../sources/wazo/events/event-table.js';
import { readData } from '../../sources/wazo/translation.js';

/** The Wazo that events come from that do not name one. */
const UNNAMED_ORIGIN = '00000000-0000-4000-8000-00005a6d706c';

/** An event of a file, as it is to be published. */
export interface BusLine {
  readonly name: string;
  /** What the message says beside its data, as the top level of its body and as AMQP headers. */
  readonly about: Readonly<Record<string, unknown>>;
  /** Undefined for an event of Asterisk's ARI, whose body is all in `about`. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  /** Its stamp in milliseconds of an unknown zone; undefined when it has none. */
  readonly stampMs: number | undefined;
  /** For topic exchanges; undefined when none can be told. */
  readonly routingKey: string | undefined;
  /** Whether the hub knows events of that name. */
  readonly isKnown: boolean;
}

/** A line that cannot be published; the message says why. */
export class LineFault extends Error {
  override readonly name = 'LineFault';
}

const objectSchema = z.record(z.string(), z.unknown());

/**
 * Reads a line: a bus message as it is on the bus, or just `name` and `data`. It is held against
 * what the hub knows of the event, since what the hub would drop need not be published.
 * @throws LineFault
 */
export function parseBusLine(bytes: Buffer): BusLine {
  const json = parseJson(bytes);
  try {
    const envelope = readEnvelope(json);
    const object = objectSchema.parse(json);
    if (envelope === STASIS) return stasisLine(object);
    const known = findEvent(envelope.name);
    if (known !== undefined) readData(envelope, known.schema);
    const { data: _data, ...about } = object;
    return {
      name: envelope.name,
      about,
      data: envelope.data,
      stampMs: envelope.timestampMs,
      routingKey: routingKeyOf(about, known?.routingKeys),
      isKnown: known !== undefined,
    };
  } catch (error) {
    if (error instanceof MalformedBusMessage) throw new LineFault(oneLine(error), { cause: error });
    throw error;
  }
}

/**
 * The AMQP headers of a message: what is beside `data`, with what Wazo's publisher would have added.
 * @param stamp local time without a zone, to the microsecond
 */
export function messageOf(line: BusLine, stamp: string): { headers: Headers; body: Buffer } {
  if (line.data === undefined) {
    return { headers: stasisHeaders(line), body: Buffer.from(JSON.stringify(line.about)) };
  }
  const about = {
    origin_uuid: UNNAMED_ORIGIN,
    required_access: `event.${line.name}`,
    ...line.about,
    timestamp: stamp,
  };
  const body = JSON.stringify({ ...about, data: line.data });
  return { headers: scalarsOf(about), body: Buffer.from(body) };
}

/** AMQP headers as Wazo uses them. */
export type Headers = Readonly<Record<string, string | number | boolean>>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

function scalarsOf(about: Readonly<Record<string, unknown>>): Headers {
  const entries = Object.entries(about).flatMap(([name, value]) => {
    const parsed = scalar.safeParse(value);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(entries);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const problem = error instanceof SyntaxError ? `it is not JSON: ${error.message}` : 'not UTF-8';
    throw new LineFault(problem, { cause: error });
  }
}

function stasisLine(about: Readonly<Record<string, unknown>>): BusLine {
  const { name, type } = about;
  const shown = typeof name === 'string' ? name : typeof type === 'string' ? type : STASIS;
  return {
    name: shown,
    about,
    data: undefined,
    stampMs: undefined,
    routingKey: `${STASIS}.${shown}`,
    isKnown: false,
  };
}

/** As Asterisk's res_stasis_amqp sends them. */
function stasisHeaders({ name, about }: BusLine): Headers {
  const { application } = about;
  const named = { category: STASIS, name };
  return typeof application === 'string' ? { ...named, application_name: application } : named;
}

/**
 * Wazo makes `required_acl` of the routing key (`events.` and the key), so that the key of a
 * recorded message follows from it. Without it the table of events knows; a word that stands for
 * anything is filled in.
 */
function routingKeyOf(
  about: Readonly<Record<string, unknown>>,
  keys: readonly string[] = [],
): string | undefined {
  const acl = about['required_acl'];
  const recorded = typeof acl === 'string' ? /^events\.(?<key>.+)$/u.exec(acl) : null;
  return recorded?.groups?.['key'] ?? keys[0]?.replaceAll('*', 'any');
}

/** zod tells each problem in a line of its own, and where it is in the next. */
function oneLine(error: Error): string {
  const problems = error.message.split(/^✖ /mu).filter((problem) => problem !== '');
  return problems
    .map((problem) => {
      const [what = '', where] = problem.trim().split(/\s*→ at /u);
      return where === undefined ? what : `${where}: ${what}`;
    })
    .join('; ');
}
