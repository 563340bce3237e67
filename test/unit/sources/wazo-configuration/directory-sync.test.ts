import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FoundDirectory } from '../../../../src/directory/types.js';
import { DirectorySync } from '../../../../src/sources/wazo/configuration/directory-sync.js';
import type { RestProblem } from '../../../../src/sources/rest-problem.js';
import { WazoRestError } from '../../../../src/sources/wazo/rest/rest-error.js';
import type { SourceCondition } from '../../../../src/sources/source.js';
import { noLogger } from '../../../support/no-logger.js';

const MINUTE = 60_000;
const EMPTY = { items: [], unreadable: [] };

let reads: string[];
let contributed: FoundDirectory[];
let conditions: SourceCondition[];
/** What the next reads of queues meet. */
let problems: RestProblem[];
let stopping: AbortController;
let ended: Promise<void>;
let sync: DirectorySync;

function read(list: string) {
  return () => {
    reads.push(list);
    const problem = list === 'queues' ? problems.shift() : undefined;
    if (problem !== undefined) {
      return Promise.reject(new WazoRestError({ service: 'confd', path: '/queues', problem }));
    }
    return Promise.resolve(EMPTY);
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  [reads, contributed, conditions, problems] = [[], [], [], []];
  stopping = new AbortController();
  sync = new DirectorySync({
    source: 'wazo',
    services: {
      tenants: read('tenants'),
      confd: {
        originUuid: () => Promise.resolve('cc5d0d76-687e-40a7-81cf-75e0540d1787'),
        users: read('users'),
        agents: read('agents'),
        queues: read('queues'),
        schedules: read('schedules'),
      },
    },
    directory: { contribute: (_source, found) => contributed.push(found) },
    observer: {
      conditionChanged: (_source, _part, condition) => conditions.push(condition),
    },
    logger: noLogger,
    random: () => 0,
  });
});

afterEach(async () => {
  stopping.abort();
  await ended;
  vi.useRealTimers();
});

/** Starts it and lets the first read pass. */
async function start(): Promise<void> {
  ended = sync.run(stopping.signal);
  await vi.advanceTimersByTimeAsync(0);
}

/** What was read since this was asked last, in alphabetical order. */
function news(): string[] {
  return reads.splice(0).sort();
}

const ALL = ['agents', 'queues', 'schedules', 'tenants', 'users'];
const changed = (part: Parameters<DirectorySync['changed']>[0]['part']) =>
  sync.changed({ part, change: 'edited', id: '7' });

describe('the directory sync', () => {
  it('reads all at the start, and is up when that is in', async () => {
    await start();
    expect(news()).toEqual(ALL);
    expect(contributed).toHaveLength(1);
    expect(conditions).toMatchObject([
      { state: 'stale', trouble: 'reading-state' },
      { state: 'up' },
    ]);
  });

  it('reads what changes that come together concern, once, 100 ms later', async () => {
    await start();
    news();
    for (const part of ['lines', 'lines', 'schedules'] as const) changed(part);
    await vi.advanceTimersByTimeAsync(99);
    expect(news()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(news()).toEqual(['queues', 'schedules', 'users']);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(news()).toEqual([]);
  });

  it('reads all again every five minutes, and when events may have been lost', async () => {
    await start();
    news();
    await vi.advanceTimersByTimeAsync(5 * MINUTE + 100);
    expect(news()).toEqual(ALL);
    sync.changedUnknown();
    await vi.advanceTimersByTimeAsync(100);
    expect(news()).toEqual(ALL);
  });

  it.each<[RestProblem, string]>([
    ['unreachable', 'connection-lost'],
    ['starting', 'connection-lost'],
    ['garbage', 'state-unreadable'],
    ['failed', 'state-unreadable'],
  ])(
    'after %s it is stale with the reason, and tries again by itself',
    async (problem, trouble) => {
      problems = [problem, problem];
      await start();
      expect(conditions.at(-1)).toMatchObject({ state: 'stale', trouble });
      expect(JSON.stringify(conditions.at(-1))).toContain('wazo-confd /queues');
      news();
      await vi.advanceTimersByTimeAsync(500);
      expect(news()).toEqual(ALL);
      await vi.advanceTimersByTimeAsync(999);
      expect(news()).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(news()).toEqual(ALL);
      expect(conditions.at(-1)).toEqual({ state: 'up' });
    },
  );

  it('tries again only once a minute when the hub may not', async () => {
    problems = ['refused'];
    await start();
    expect(conditions.at(-1)).toMatchObject({ state: 'stale', trouble: 'access-denied' });
    news();
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(news()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(news()).toEqual(ALL);
  });

  it('what failed is read again together with what changed meanwhile', async () => {
    await start();
    news();
    problems = ['unreachable'];
    changed('queue-members');
    await vi.advanceTimersByTimeAsync(100);
    changed('tenants');
    news();
    await vi.advanceTimersByTimeAsync(500);
    expect(news()).toEqual(['agents', 'queues', 'tenants']);
  });

  it('ends when it is told to, whatever it waits for', async () => {
    await start();
    stopping.abort();
    await expect(ended).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});
