import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordedPace, unpaced } from '../../../../src/cli/pace.js';
import { messageOf, parseBusLine } from '../../../../src/cli/publish/bus-line.js';
import { Restamper, Stamps } from '../../../../src/cli/publish/restamp.js';
import { randomFrom } from '../../../support/shuffle.js';
import { parseDirectory } from '../../../../src/directory/index.js';
import { testOptions } from '../../directory/directory-fixture.js';
import { IngestUnderTest } from '../../sources/ingest-fixture.js';

const FOLDER = new URL('../../../../scripts/sample/', import.meta.url);
const directoryFile: unknown = JSON.parse(readFileSync(new URL('directory.json', FOLDER), 'utf8'));
const events = readFileSync(new URL('answered-call.jsonl', FOLDER), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => parseBusLine(Buffer.from(line)));

/** Just after the full second, so that a second command within it is easily made. */
const START = Date.parse('2026-11-21T10:00:00.005Z');

/** Of both calls of the sample, whichever step comes first. */
const STEPS = [
  'queue-call-arrived',
  'queue-call-incoming',
  'user-call-allocated',
  'user-call-connected',
  'user-call-disconnected',
  'wrap-up-enabled',
  'wrap-up-started',
].flatMap((kind) => [kind, kind]);

let hub: IngestUnderTest;

beforeEach(async () => {
  const parsed = await parseDirectory(directoryFile, testOptions);
  if (!parsed.ok) throw new Error("the sample's directory is faulty");
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest(parsed.directory);
});

afterEach(() => {
  vi.useRealTimers();
});

/** What a command publishes that starts at that time, and when; both epoch ms. */
function command(
  startsAt: number,
  speed: number | undefined,
): { readonly at: number; readonly body: Buffer }[] {
  const pace = speed === undefined ? unpaced : recordedPace(speed, startsAt);
  const [restamper, stamps] = [new Restamper(), new Stamps()];
  restamper.begin();
  let now = startsAt;
  return events.map((event) => {
    now = pace.due(event.stampMs, now) ?? now;
    return { at: now, body: messageOf(restamper.restamp(event, now), stamps.next(now)).body };
  });
}

/** Gives the hub what a command publishes. The steps that it tells then. */
function stepsOf(published: ReturnType<typeof command>): string[] {
  for (const { at, body } of published) {
    vi.advanceTimersByTime(Math.max(0, at - Date.now()));
    hub.deliverBody(body);
  }
  hub.settle();
  const kinds = hub.occurrences.splice(0).map(({ kind }) => kind);
  return kinds.filter((kind) => kind !== 'wrap-up-ended').toSorted();
}

describe.each([50, 200, undefined])('the sample, played %s times as fast', (speed) => {
  it('shows all steps of its calls each time, though two commands start within one second', () => {
    const commands = [START, START + 900, START + 901].map((at) => command(at, speed));
    for (const published of commands) expect(stepsOf(published)).toEqual(STEPS);
  });

  it.each([1, 2, 3, 4, 5, 6])('shows all steps when the machine stalls (seed %i)', (seed) => {
    const random = randomFrom(seed);
    let stalledUntil = 0;
    for (let times = 0; times < 2; times += 1) {
      const published = command(Date.now(), speed).map(({ at, body }) => {
        if (random() < 0.15) stalledUntil = Math.max(stalledUntil, at + random() * 250);
        return { at: Math.max(at, stalledUntil), body };
      });
      expect(stepsOf(published)).toEqual(STEPS);
    }
  });
});
