import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceCondition, SourcePart } from '../../../src/sources/source.js';
import { SourceWatch, type WatchedStatus } from '../../../src/sources/source-watch.js';

const STARTED_AT = 1_000;

const lost: SourceCondition = { state: 'down', trouble: 'connection-lost', detail: 'broker away' };
const reading: SourceCondition = { state: 'stale', trouble: 'reading-state', detail: 'reading' };
const silent: SourceCondition = { state: 'stale', trouble: 'unanswered', detail: 'no marker' };
const up: SourceCondition = { state: 'up' };

function watch(names: readonly string[] = ['wazo']) {
  const clock = { now: STARTED_AT };
  const told: [string, WatchedStatus][] = [];
  const sources = new SourceWatch({
    sources: names,
    onEvent: () => undefined,
    onTables: () => undefined,
    onStatus: (source, status) => told.push([source, status]),
    now: () => clock.now,
  });
  const report = (part: SourcePart, condition: SourceCondition): void => {
    clock.now += 1;
    sources.conditionChanged('wazo', part, condition);
  };
  return { sources, told, report, clock };
}

describe('the watch over the sources', () => {
  it('has a source down, starting, before it says anything', () => {
    const { sources } = watch();
    const starting = { state: 'down', trouble: 'starting', detail: 'not started yet' };
    expect(sources.sources()).toEqual([
      { name: 'wazo', ...starting, since: STARTED_AT, lastEventAt: undefined },
    ]);
  });

  it.each<[string, [SourcePart, SourceCondition][], string]>([
    ['one part that is up', [['events', up]], 'up'],
    [
      'down before stale',
      [
        ['snapshot', reading],
        ['events', lost],
      ],
      'connection-lost',
    ],
    [
      'stale before up',
      [
        ['events', up],
        ['snapshot', reading],
      ],
      'reading-state',
    ],
    [
      'of equals the one that was first',
      [
        ['markers', silent],
        ['snapshot', reading],
      ],
      'unanswered',
    ],
    [
      'of equals the one that was first, though it says so again',
      [
        ['markers', silent],
        ['snapshot', reading],
        ['markers', silent],
      ],
      'unanswered',
    ],
    [
      'of equals not the one that had been well in between',
      [
        ['markers', silent],
        ['snapshot', reading],
        ['markers', up],
        ['markers', silent],
      ],
      'reading-state',
    ],
    [
      'the rest when the worst is over',
      [
        ['snapshot', reading],
        ['events', lost],
        ['events', up],
      ],
      'reading-state',
    ],
    [
      'up when all is over',
      [
        ['events', lost],
        ['run', up],
        ['events', up],
      ],
      'up',
    ],
  ])('counts %s', (_, reports, expected) => {
    const { sources, report } = watch();
    for (const [part, condition] of reports) report(part, condition);
    const [status] = sources.sources();
    expect(status?.trouble ?? status?.state).toBe(expected);
  });

  it('says since when a state holds, whatever its reasons were meanwhile', () => {
    const { told, report } = watch();
    report('events', lost);
    report('events', up);
    report('snapshot', reading);
    report('snapshot', silent);
    expect(told).toEqual([
      ['wazo', { state: 'down', trouble: 'connection-lost', detail: 'broker away', since: 1_000 }],
      ['wazo', { state: 'up', trouble: null, detail: '', since: 1_002 }],
      ['wazo', { state: 'stale', trouble: 'reading-state', detail: 'reading', since: 1_003 }],
      ['wazo', { state: 'stale', trouble: 'unanswered', detail: 'no marker', since: 1_003 }],
    ]);
  });

  it('remembers when something was heard last, also of no consequence', () => {
    const { sources, clock } = watch();
    clock.now = 5_000;
    sources.eventIn('wazo', 'made_up', 'unknown-name');
    expect(sources.sources()[0]?.lastEventAt).toBe(5_000);
  });

  it('keeps sources apart, and drops what none of them reports', () => {
    const { sources, told } = watch(['wazo', 'simulator']);
    sources.conditionChanged('simulator', 'events', up);
    sources.conditionChanged('nobody', 'events', up);
    expect(told.at(-1)?.[0]).toBe('simulator');
    expect(sources.sources().map(({ state }) => state)).toEqual(['down', 'up']);
  });

  it('tells each change once, and is never better than its worst part', () => {
    const parts = fc.constantFrom<SourcePart>('run', 'events', 'snapshot', 'markers');
    const reports = fc.array(fc.tuple(parts, fc.constantFrom(lost, reading, silent, up)));
    fc.assert(
      fc.property(reports, (sequence) => {
        const { sources, told, report } = watch();
        const last = new Map<SourcePart, SourceCondition>();
        for (const [part, condition] of sequence) {
          report(part, condition);
          last.set(part, condition);
        }
        const states = [...last.values()].map(({ state }) => state);
        const worst = ['down', 'stale', 'up'].find((state) => states.some((one) => one === state));
        expect(sources.sources()[0]?.state).toBe(worst ?? 'down');
        const texts = told.map(([, { state, trouble }]) => `${state} ${String(trouble)}`);
        expect(texts.every((text, index) => text !== texts[index - 1])).toBe(true);
      }),
    );
  });
});
