import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { BusLine } from './bus-line.js';

/** Asterisk's id of a channel or call: the second in which it began, and its number: `1763683200.40`. */
const ASTERISK_ID = /(?<![\d.+])(?<seconds>\d{10})\.(?<number>\d{1,10})(?!\d|\.\d)/gu;
/** What a command draws from: the channels of a file are few beside it, so two hardly ever meet. */
const NUMBER_SHIFTS = 900_000_000;
/** Fields of queue members that are epoch seconds; 0 is never. */
const EPOCH_FIELDS: ReadonlySet<string> = new Set(['LastCall', 'LastPause', 'LoginTime']);
/** Moments remembered: the last calls and logins of more members than an installation has. */
const MAX_MOMENTS = 40_000;
/** Time zones differ from UTC by multiples of this. */
const ZONE_STEP_MS = 15 * 60_000;

type Data = Readonly<Record<string, unknown>>;

/**
 * Makes recorded events look as if they happened now. Their stamps become the time of publishing,
 * and Asterisk's own times keep their distance to that; one that several events name is moved with
 * the first of them, so that it stays one however fast they are played: a login that seemed older
 * than before would make all that is said of the member old news. The ids of calls, in which
 * Asterisk writes when they began, move by one number of seconds for the whole file, another one
 * each time it is played, and their numbers by one that no other command has: a hub that was told
 * of these calls before, by a command of the same second too, takes them for new ones.
 */
export class Restamper {
  readonly #numberShift: number;
  readonly #moments = new LRUCache<string, string>({ max: MAX_MOMENTS });
  #idShift: number | undefined;
  #lastShift = Number.NEGATIVE_INFINITY;

  /** @param numberShift what the numbers of channels become more by; drawn unless told */
  constructor(numberShift = randomInt(NUMBER_SHIFTS)) {
    this.#numberShift = numberShift;
  }

  /** The file begins anew. */
  begin(): void {
    this.#lastShift = this.#idShift ?? this.#lastShift;
    this.#idShift = undefined;
    this.#moments.clear();
  }

  /** @param now epoch ms at which it is published */
  restamp(line: BusLine, now: number): BusLine {
    if (line.data === undefined) return line;
    const recorded = recordedAt(line.data, line.stampMs);
    const context = { now, ageMs: recorded === undefined ? undefined : now - recorded };
    return { ...line, data: this.#object(line.data, context) };
  }

  #object(data: Data, context: Age): Data {
    const entries = Object.entries(data).map(([name, value]) => {
      return [name, this.#value(name, value, context)] as const;
    });
    return Object.fromEntries(entries);
  }

  #value(name: string, value: unknown, context: Age): unknown {
    if (Array.isArray(value)) {
      return value.map((item: unknown) => this.#value('', item, context));
    }
    if (typeof value === 'object' && value !== null) {
      return this.#object(Object.fromEntries(Object.entries(value)), context);
    }
    if (typeof value !== 'string') return value;
    if (name === 'Timestamp') return movedTimestamp(value, context);
    if (EPOCH_FIELDS.has(name)) return this.#movedMoment(value, context);
    return value.replace(ASTERISK_ID, (_id, seconds: string, number: string) => {
      const moved = Number(seconds) + this.#shiftOf(seconds, context);
      return `${String(moved)}.${String(Number(number) + this.#numberShift)}`;
    });
  }

  #movedMoment(seconds: string, context: Age): string {
    const moved = this.#moments.get(seconds) ?? movedSeconds(seconds, context);
    this.#moments.set(seconds, moved);
    return moved;
  }

  #shiftOf(seconds: string, { now }: Age): number {
    const toNow = Math.floor(now / 1000) - Number(seconds);
    this.#idShift ??= Math.max(toNow, this.#lastShift + 1);
    return this.#idShift;
  }
}

interface Age {
  /** Epoch ms. */
  readonly now: number;
  /** How long ago the event was recorded; undefined when it does not tell. */
  readonly ageMs: number | undefined;
}

/**
 * When an event was recorded, epoch ms. Its stamp has no zone, but Asterisk's time beside it shows
 * which; without that it is taken for this machine's.
 */
function recordedAt(data: Data, stampMs: number | undefined): number | undefined {
  if (stampMs === undefined) return undefined;
  const asterisk = epochMs(data['Timestamp']);
  if (asterisk === undefined) return stampMs + new Date(stampMs).getTimezoneOffset() * 60_000;
  return stampMs - Math.round((stampMs - asterisk) / ZONE_STEP_MS) * ZONE_STEP_MS;
}

function epochMs(timestamp: unknown): number | undefined {
  if (typeof timestamp !== 'string' || !/^\d+(?:\.\d+)?$/u.test(timestamp)) return undefined;
  return Number(timestamp) * 1000;
}

function movedTimestamp(timestamp: string, { now, ageMs }: Age): string {
  const at = epochMs(timestamp);
  if (at === undefined) return timestamp;
  return ((ageMs === undefined ? now : at + ageMs) / 1000).toFixed(6);
}

function movedSeconds(seconds: string, { ageMs }: Age): string {
  if (ageMs === undefined || !/^\d{10}$/u.test(seconds)) return seconds;
  return String(Number(seconds) + Math.round(ageMs / 1000));
}

/** Gives stamps as Wazo's publishers write them, each later than the one before. */
export class Stamps {
  #lastMicroseconds = 0;

  /**
   * Local time without a zone, to the microsecond.
   * @param now epoch ms with fractions
   */
  next(now: number): string {
    const microseconds = Math.max(Math.floor(now * 1000), this.#lastMicroseconds + 1);
    this.#lastMicroseconds = microseconds;
    const milliseconds = Math.floor(microseconds / 1000);
    const zoneMs = new Date(milliseconds).getTimezoneOffset() * 60_000;
    const local = new Date(milliseconds - zoneMs).toISOString().slice(0, -1);
    return `${local}${String(microseconds % 1000).padStart(3, '0')}`;
  }
}
