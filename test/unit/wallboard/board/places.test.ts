import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../../src/wallboard/board/model/address-options.js';
import {
  centerSummary,
  countGroups,
} from '../../../../src/wallboard/board/model/center-summary.js';
import { addressNames, chooseQueues } from '../../../../src/wallboard/board/model/chosen-queues.js';
import { queueFigures } from '../../../../src/wallboard/board/model/queue-figures.js';
import { orderedIds } from '../../../../src/wallboard/board/model/queue-order.js';
import { gridFor, pageAt } from '../../../../src/wallboard/board/model/rotation.js';
import { severityOf, worstOf } from '../../../../src/wallboard/board/model/severity.js';
import { eventData, NOON } from './events.js';

const QUEUES = [
  { id: '3', name: 'Queue 10', severity: 'ok' },
  { id: '1', name: 'queue 2', severity: 'critical' },
  { id: '2', name: 'Sales', severity: 'warning' },
  { id: '0', name: 'Sales', severity: 'ok' },
] as const;

describe('the places of queues', () => {
  it('go by their names, as people count', () => {
    expect(orderedIds(QUEUES, 'name')).toEqual(['1', '3', '0', '2']);
  });

  it('go by severity first where that is wanted', () => {
    expect(orderedIds(QUEUES, 'worst')).toEqual(['1', '2', '3', '0']);
  });
});

const ids = (wanted: readonly string[]) => {
  const { shown, unknown } = chooseQueues(QUEUES, wanted);
  return [shown.map(({ id }) => id), unknown];
};

describe('the queues of a board', () => {
  it('are all, unless some are chosen by name or id', () => {
    expect(ids([])).toEqual([['3', '1', '2', '0'], []]);
    expect(ids(['QUEUE 2', '3'])).toEqual([['3', '1'], []]);
    expect(ids(['sales', 'Support'])).toEqual([['2', '0'], ['Support']]);
    expect(ids(['Support'])).toEqual([['3', '1', '2', '0'], ['Support']]);
  });
});

describe('the name of a queue in an address', () => {
  it('finds that queue and no other, whatever it is called', () => {
    const name = fc.oneof(
      fc.constantFrom('Sales', 'sales', ' Sales', 'Sales, North', '', ','),
      fc.string({ maxLength: 5 }),
    );
    const queues = fc
      .array(name, { maxLength: 8 })
      .map((names) => names.map((one, index) => ({ id: `id-${String(index)}`, name: one })));
    fc.assert(
      fc.property(queues, (all) => {
        const addresses = addressNames(all);
        for (const queue of all) {
          const search = new URLSearchParams({ queues: addresses.get(queue.id) ?? '' }).toString();
          const wanted = readAddress(search).chosen.queues ?? [];
          expect(chooseQueues(all, wanted)).toEqual({ shown: [queue], unknown: [] });
        }
      }),
    );
  });

  it('is its own as long as that will do', () => {
    expect([...addressNames(QUEUES).values()]).toEqual(['Queue 10', 'queue 2', '2', '0']);
  });
});

describe('severities', () => {
  it('begin at their limits', () => {
    const limits = { warning: 2, critical: 4 };
    expect([1, 2, 3, 4].map((value) => severityOf(value, limits))).toEqual([
      'ok',
      'warning',
      'warning',
      'critical',
    ]);
    expect(severityOf(9, { warning: 0, critical: 10 })).toBe('ok');
    expect(worstOf(['warning', 'critical', 'ok'])).toBe('critical');
    expect(worstOf([])).toBe('ok');
  });
});

const figures = (waiting: number, maxWaitTime: number) =>
  queueFigures(
    eventData('QueueStatus', {
      nbrOfNotServedRequesters: waiting,
      nbrOfAllocated: 1,
      nbrOfConnected: 2,
      maxWaitTime,
    }),
  );

describe('the center in one line', () => {
  it('sums up queues, and knows who waits longest', () => {
    expect(
      centerSummary([
        ['a', figures(1, 10)],
        ['b', figures(2, 25)],
        ['c', figures(0, 0)],
      ]),
    ).toEqual({
      waiting: 3,
      ringing: 3,
      connected: 6,
      waitingSince: NOON - 25_000,
      longestQueueId: 'b',
      queues: 3,
    });
  });

  it('says nothing while nothing is known', () => {
    expect(centerSummary([])).toBeUndefined();
  });

  it('counts each agent once', () => {
    expect(countGroups(['free', 'busy', 'free', 'unknown'])).toEqual({
      free: 2,
      busy: 1,
      away: 0,
      out: 0,
      unknown: 1,
    });
  });
});

const at = (seconds: number) => pageAt(seconds * 1000, { items: 25, perPage: 10, seconds: 15 });

describe('the pages of a television', () => {
  it('hold as many tiles as fit', () => {
    const tile = { width: 300, height: 100 };
    expect(gridFor({ width: 1920, height: 700 }, tile, 10)).toEqual({ columns: 6, rows: 6 });
    expect(gridFor({ width: 200, height: 0 }, tile, 10)).toEqual({ columns: 1, rows: 1 });
  });

  it('turn by the clock and begin again', () => {
    expect([0, 14, 15, 30, 45].map((time) => at(time).page)).toEqual([0, 0, 1, 2, 0]);
    expect(at(0).pages).toBe(3);
    expect(pageAt(NOON, { items: 0, perPage: 10, seconds: 15 })).toEqual({ page: 0, pages: 1 });
  });
});
