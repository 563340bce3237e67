import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChosenAvailabilities } from '../../src/composition/chosen-availabilities.js';
import type { AvailabilitySet } from '../../src/contact-center/index.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const FILE = 'availabilities.json';

let folder: string;
let clock: number;
beforeEach(async () => {
  clock = NOW;
  folder = await mkdtemp(join(tmpdir(), 'rte-availabilities-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = () => ChosenAvailabilities.open({ dataDir: folder, now: () => clock });

function chosen(userId: string, changes: Partial<AvailabilitySet> = {}): AvailabilitySet {
  return {
    kind: 'availability-set',
    at: NOW,
    userId,
    availabilityId: `${userId}-1`,
    availability: 'DoNotDisturb',
    note: 'Lunch',
    source: 'phone',
    until: null,
    ...changes,
  };
}

const ended = (userId: string, availabilityId: string) =>
  ({ kind: 'availability-ended', at: NOW, userId, availabilityId }) as const;

describe('what users have set', () => {
  it('is there after a restart, in the order in which it was set', async () => {
    const before = await open();
    await before.keep(chosen('anna'));
    await before.keep(chosen('ben', { until: NOW + 1000 }));
    await before.keep(chosen('anna', { availabilityId: 'anna-2', availability: 'Away' }));
    const after = await open();
    expect(after.current()).toEqual([
      chosen('ben', { until: NOW + 1000 }),
      chosen('anna', { availabilityId: 'anna-2', availability: 'Away' }),
    ]);
    expect([after.size, after.evictions]).toEqual([2, 0]);
  });

  it('is gone when it was ended, and not when another was', async () => {
    const before = await open();
    await Promise.all([before.keep(chosen('anna')), before.keep(chosen('ben'))]);
    await before.keep(ended('anna', 'anna-1'));
    await before.keep(ended('ben', 'of-yesterday'));
    expect((await open()).current()).toEqual([chosen('ben')]);
  });

  it('is gone when its time is over', async () => {
    const before = await open();
    await before.keep(chosen('anna', { until: NOW + 1000 }));
    clock = NOW + 999;
    expect((await open()).current()).toHaveLength(1);
    clock = NOW + 1000;
    expect((await open()).current()).toEqual([]);
  });

  it('is nothing in an empty folder, and in one that is not there yet', async () => {
    expect((await open()).current()).toEqual([]);
    await rm(folder, { recursive: true });
    const list = await open();
    await list.keep(chosen('anna'));
    expect(await readFile(join(folder, FILE), 'utf8')).toBe(JSON.stringify([chosen('anna')]));
  });
});

describe('a change that cannot be written', () => {
  it('is refused, and what was before stays', async () => {
    const list = await open();
    await list.keep(chosen('anna'));
    // A folder where the file has to be: the write fails for root, too.
    await rm(join(folder, FILE));
    await mkdir(join(folder, FILE));
    await expect(list.keep(chosen('anna', { availability: 'Away' }))).rejects.toThrow(/EISDIR/u);
    await expect(list.keep(ended('anna', 'anna-1'))).rejects.toThrow(/EISDIR/u);
    expect(list.current()).toEqual([chosen('anna')]);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['no JSON', '[{'],
    ['another shape', '[{"userId": 7}]'],
    ['an unknown word', JSON.stringify([{ ...chosen('anna'), availability: 'Asleep' }])],
  ])('with %s stops the start and says what to do', async (_what, text) => {
    await writeFile(join(folder, FILE), text);
    await expect(open()).rejects.toThrow(/availabilities\.json, cannot be read: restore the file/u);
  });
});
