import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeWazoState } from '../../support/fake-wazo/state.js';
import { type BusEvent, ORIGIN_UUID } from '../../support/wazo-bus.js';
import { goldenLog } from './golden-log.js';
import { LogWriter } from './log-writer.js';
import { type Fate, Theatre } from './theatre.js';

/** One thing that happens, and the burst of bus messages by which Wazo tells it. */
export interface Turn {
  /** Milliseconds since the turn before; bursts closer than a second or so would be one. */
  readonly after: number;
  /** For the reader of the log. */
  readonly what: string;
  readonly events: readonly BusEvent[];
  /** What becomes of bus and hub before that; what is told while the bus is away waits in the broker. */
  readonly fate?: Fate;
  /** Changes what Wazo's services answer from then on. */
  readonly wazo?: (state: FakeWazoState) => void;
}

/** A story: its turns, and how long to watch when all is said. */
export interface Story {
  readonly turns: readonly Turn[];
  /** Milliseconds. */
  readonly watch: number;
  /** What Wazo's services answer at first; without it the bus is all there is. */
  readonly rest?: (state: FakeWazoState) => void;
}

/** How the bus tells a burst. */
type Telling = (burst: readonly BusEvent[], stamp: Stamp) => readonly Buffer[];
export type Stamp = (event: BusEvent) => Buffer;

const inOrder: Telling = (burst, stamp) => burst.map(stamp);

/**
 * The ways in which a bus may tell the same story. wazo-amid hands on in reverse, and stamps so,
 * what it reads at once; the other services keep their order (bus.md 1.3). A broker delivers again
 * what was not acknowledged, and a service that doubts its publishing tells it anew.
 */
const TELLINGS: Readonly<Record<string, Telling>> = {
  'with what Asterisk says in reverse': (burst, stamp) => amiReversed(burst).map(stamp),
  'with what Asterisk says at the end': (burst, stamp) => amiLast(burst).map(stamp),
  'with every message delivered twice': (burst, stamp) =>
    inOrder(burst, stamp).flatMap((body) => [body, body]),
  'with every burst delivered twice, in reverse': (burst, stamp) => {
    const bodies = amiReversed(burst).map(stamp);
    return [...bodies, ...bodies];
  },
  'with every event published twice': (burst, stamp) =>
    burst.flatMap((event) => [stamp(event), stamp(event)]),
};

/**
 * Tests that a story reads as in its golden log, however the bus tells it.
 * @param name of the golden log
 */
export function describeStory(name: string, story: Story): void {
  describe(`the story "${name}"`, () => {
    beforeEach(() => {
      vi.useFakeTimers({ now: START });
    });

    afterEach(() => {
      vi.useRealTimers();
    });

    it('reads as its golden log', async () => {
      const log = await play(story, inOrder);
      expect(log).toBe(goldenLog(name, log));
    });

    it.each(Object.keys(TELLINGS))('reads the same %s', async (telling) => {
      const log = await play(story, inOrder);
      vi.setSystemTime(START);
      expect(await play(story, TELLINGS[telling] ?? inOrder)).toBe(log);
    });
  });
}

const START = Date.parse('2026-11-21T10:00:00Z');

async function play({ turns, watch, rest }: Story, telling: Telling): Promise<string> {
  const log = new LogWriter(START);
  const stamp = stamper();
  const theatre = new Theatre((data) => log.message(Date.now(), data), rest, stamp);
  for (const { after, what, events, fate, wazo } of turns) {
    await theatre.pass(after);
    log.heading(Date.now(), what);
    theatre.turn(fate, wazo);
    for (const body of telling(events, stamp)) theatre.broker.publish(body);
  }
  await theatre.pass(watch);
  theatre.end();
  return log.text;
}

/** Makes bodies as Wazo's services write them; no two have the same stamp. */
function stamper(): Stamp {
  let microseconds = 0;
  return ({ name, data }) => {
    microseconds = (microseconds + 1) % 1000;
    const micros = String(microseconds).padStart(3, '0');
    const timestamp = `${new Date().toISOString().slice(0, -1)}${micros}`;
    const headers = { name, origin_uuid: ORIGIN_UUID, timestamp, required_access: `event.${name}` };
    return Buffer.from(JSON.stringify({ ...headers, data }));
  };
}

function amiReversed(burst: readonly BusEvent[]): BusEvent[] {
  const reversed = burst.filter(isAsterisks).toReversed();
  const next = reversed.values();
  return burst.map((event) => (isAsterisks(event) ? (next.next().value ?? event) : event));
}

function amiLast(burst: readonly BusEvent[]): BusEvent[] {
  const ami = burst.filter(isAsterisks);
  return [...burst.filter((event) => !isAsterisks(event)), ...ami];
}

/** Asterisk's manager names each event in itself, too. */
function isAsterisks({ name, data }: BusEvent): boolean {
  return data['Event'] === name;
}
