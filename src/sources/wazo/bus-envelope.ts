import { z } from 'zod';

/** The mark of Asterisk's ARI events, and what they are counted as. */
export const STASIS = 'stasis';

/** What every bus message has around its `data`. */
const envelopeSchema = z.object({
  name: z.string().min(1),
  /** uuid of the Wazo that says it. */
  origin_uuid: z.string().nullish(),
  /** Local time of the publisher without a zone: good for differences only. */
  timestamp: z.string().nullish(),
  /** Whose event it is; missing in Asterisk's, and in all of systems before 19.05. */
  tenant_uuid: z.string().nullish(),
  category: z.string().nullish(),
  data: z.record(z.string(), z.unknown()),
});

/**
 * An event of Asterisk's ARI, which travels on the same exchange in great numbers: marked so by
 * who publishes it, or bare as ARI's own clients get it.
 */
const stasisSchema = z.union([
  z.object({ category: z.literal(STASIS) }),
  z.object({ type: z.string(), application: z.string() }),
]);

/** A bus message taken apart; `data` is still to be read by the event's own schema. */
export interface BusEnvelope {
  readonly name: string;
  readonly originUuid: string;
  /** In lower case; empty when the event names no tenant. */
  readonly tenantUuid: string;
  /** As sent; empty when the publisher wrote none. */
  readonly timestamp: string;
  /** The same as milliseconds of an unknown zone; undefined when it is not a time. */
  readonly timestampMs: number | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A bus message that is not what the bus promises; `message` says what is wrong, without values. */
export class MalformedBusMessage extends Error {
  override readonly name = 'MalformedBusMessage';
  /** The event's name as far as it could be read; `unreadable` when it could not. */
  readonly eventName: string;

  constructor(eventName: string, problem: string, options?: ErrorOptions) {
    super(problem, options);
    this.eventName = eventName;
  }
}

/**
 * Reads the body of a bus message.
 * @returns `stasis` for an event of Asterisk's ARI
 * @throws MalformedBusMessage when it is not JSON or has no name or data
 */
export function parseEnvelope(body: Uint8Array): BusEnvelope | typeof STASIS {
  return readEnvelope(parseJson(body));
}

/**
 * Reads a bus message that has been parsed as JSON.
 * @returns `stasis` for an event of Asterisk's ARI
 * @throws MalformedBusMessage when it has no name or data
 */
export function readEnvelope(json: unknown): BusEnvelope | typeof STASIS {
  const parsed = envelopeSchema.safeParse(json);
  if (parsed.data?.category === STASIS) return STASIS;
  if (!parsed.success) {
    if (stasisSchema.safeParse(json).success) return STASIS;
    throw new MalformedBusMessage('unreadable', z.prettifyError(parsed.error));
  }
  const { name, origin_uuid: originUuid, timestamp, tenant_uuid: tenantUuid, data } = parsed.data;
  return {
    name,
    originUuid: originUuid?.toLowerCase() ?? '',
    tenantUuid: tenantUuid?.toLowerCase() ?? '',
    timestamp: timestamp ?? '',
    timestampMs: parseLocalTime(timestamp ?? ''),
    data,
  };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch (cause) {
    throw new MalformedBusMessage('unreadable', 'the body is not JSON', { cause });
  }
}

function parseLocalTime(text: string): number | undefined {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time;
}
