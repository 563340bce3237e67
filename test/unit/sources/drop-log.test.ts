import { beforeEach, describe, expect, it } from 'vitest';
import { DropLog } from '../../../src/sources/wazo/drop-log.js';
import type { EventOutcome } from '../../../src/sources/source.js';

let logged: { level: string; fields: object }[];
let drops: DropLog;

beforeEach(() => {
  logged = [];
  const at = (level: string) => (fields: object) => void logged.push({ level, fields });
  drops = new DropLog('wazo', {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  });
});

describe('a dropped message', () => {
  it.each<[EventOutcome, string]>([
    ['malformed', 'warn'],
    ['foreign-tenant', 'warn'],
    ['unknown-entity', 'info'],
    ['unknown-name', 'info'],
    ['stasis', 'info'],
    ['ring-group', 'debug'],
  ])('as %s is logged once per event, as %s', (outcome, level) => {
    for (const name of ['a', 'a', 'b', 'a']) drops.note(name, outcome);
    expect(logged).toEqual([
      { level, fields: { source: 'wazo', event: 'a' } },
      { level, fields: { source: 'wazo', event: 'b' } },
    ]);
  });

  it('is logged with what is wrong with it', () => {
    drops.note('a', 'malformed', 'no name');
    expect(logged).toMatchObject([{ fields: { problem: 'no name' } }]);
  });
});

describe('a message that is not dropped, or often came before,', () => {
  it.each<[EventOutcome]>([
    ['applied'],
    ['duplicate'],
    ['irrelevant'],
    ['directory-change'],
    ['resync-trigger'],
    ['session-end'],
  ])('as %s is not logged', (outcome) => {
    drops.note('a', outcome);
    expect([logged, drops.size]).toEqual([[], 0]);
  });
});

describe('names that somebody invents', () => {
  it('are logged in part, and a hundred of them at most, which is said', () => {
    for (let number = 0; number < 300; number += 1) {
      drops.note(`${String(number)}${'x'.repeat(10_000)}`, 'unknown-name');
    }
    expect(drops.size).toBe(100);
    expect(logged).toHaveLength(101);
    expect(logged.at(-1)).toEqual({ level: 'warn', fields: { source: 'wazo', kinds: 100 } });
    expect(Math.max(...logged.map(({ fields }) => JSON.stringify(fields).length))).toBeLessThan(
      150,
    );
  });
});
