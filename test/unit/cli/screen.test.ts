import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startProgress } from '../../../src/cli/progress.js';
import { printable, screenOf, styled } from '../../../src/cli/screen.js';
import { tableLines } from '../../../src/cli/table.js';
import { wrapText } from '../../../src/cli/wrap.js';
import { testProcess } from './test-io.js';

const TERMINAL = { isTTY: true, columns: 40 };
const PLAIN = screenOf(TERMINAL, { NO_COLOR: '1' });

describe('colours', () => {
  it.each([
    ['a terminal has them', TERMINAL, {}, true],
    ['a pipe has none', {}, {}, false],
    ['NO_COLOR forbids them', TERMINAL, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR does not', TERMINAL, { NO_COLOR: '' }, true],
    ['FORCE_COLOR demands them of a pipe', {}, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 forbids them', TERMINAL, { FORCE_COLOR: '0' }, false],
    ['NO_COLOR wins', TERMINAL, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a dumb terminal has none', TERMINAL, { TERM: 'dumb' }, false],
  ])('%s', (_what, output, env, has) => {
    const text = styled(screenOf(output, env), 'red', 'fault');
    expect(text).toBe(has ? '\u001b[31mfault\u001b[39m' : 'fault');
  });
});

describe('tables', () => {
  const columns = [{ title: 'NAME' }, { title: 'N', align: 'right' as const }, { title: 'ABOUT' }];
  const rows = [
    ['ann', '7', 'a text that is too long to stand in one line'],
    ['bartholomew', '10', ''],
  ];

  it('break the last column to the width of a terminal', () => {
    expect(tableLines(columns, rows, PLAIN)).toEqual([
      'NAME          N  ABOUT',
      'ann           7  a text that is too long',
      '                 to stand in one line',
      'bartholomew  10',
    ]);
  });

  it('have a line for each row in a pipe', () => {
    expect(tableLines(columns, rows, screenOf({}, {}))).toHaveLength(3);
  });

  it('look the same with colours', () => {
    const coloured = tableLines(columns, rows, screenOf(TERMINAL, {}));
    const plain = coloured.map((line) => line.replaceAll(/\u001b\[\d+m/gu, '')); // eslint-disable-line no-control-regex
    expect(plain).toEqual(tableLines(columns, rows, PLAIN));
    expect(coloured[0]).not.toBe(plain[0]);
  });

  it('show no control characters of values', () => {
    const [line] = tableLines([{ title: '' }], [['a\u001b[2Jb\nc']], PLAIN);
    expect(line).toBe('a\ufffd[2Jb\ufffdc');
    expect(printable('Straße 1')).toBe('Straße 1');
  });
});

it('wrapped lines are never too long, and lose nothing but spaces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 30 })),
      fc.integer({ min: 1, max: 50 }),
      (words, width) => {
        const text = words.join(' ').replaceAll('\n', ' ');
        const lines = wrapText(text, width);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      },
    ),
  );
});

describe('progress', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is a bar on a terminal, drawn over itself within the line, and gone in the end', () => {
    const { io, drawn, errors } = testProcess({ screen: PLAIN });
    let fraction = 0;
    const progress = startProgress(io, () => ({ fraction, text: '12 events' }));
    fraction = 0.5;
    vi.advanceTimersByTime(200);
    progress.line('line 7 is wrong');
    progress.stop();
    vi.advanceTimersByTime(1000);
    const frames = drawn().split('\r\u001b[K');
    expect(frames[1]).toBe(`[${' '.repeat(19)}]   0 % 12 events`);
    expect(frames[2]).toBe(`[${'='.repeat(10)}${' '.repeat(9)}]  50 % 12 events`);
    expect(frames.at(-1)).toBe('');
    expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThan(40);
    expect(errors()).toBe('line 7 is wrong');
  });

  it('is a line every five seconds in a pipe', () => {
    const { io, drawn, errors } = testProcess({});
    let done = 0;
    const state = () => ({ fraction: undefined, text: `${String((done += 1))} events` });
    const progress = startProgress(io, state);
    vi.advanceTimersByTime(11_000);
    progress.stop();
    vi.advanceTimersByTime(11_000);
    expect([errors(), drawn()]).toEqual(['1 events\n2 events', '']);
  });
});
