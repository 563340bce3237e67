import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openQueueHistory } from '../../src/composition/queue-history-file.js';
import { absentQueueStatus } from '../../src/contact-center/index.js';
import { InProcessEventBus } from '../../src/rte/event-bus.js';
import { createRteEvent } from '../../src/rte/events/create-event.js';
import { MINUTE_MS, MINUTES } from '../../src/rte/figure-hour.js';
import { acme, FakeDirectoryHolder, queueIds } from '../support/directory-fixture.js';
import { noLogger } from '../support/no-logger.js';

const FILE = 'queue-history.json';
const START = Date.UTC(2026, 10, 21, 12);

const minutesLater = (count: number): void => void vi.advanceTimersByTime(count * MINUTE_MS);
const gaps = (count: number): null[] => Array.from({ length: count }, () => null);

describe('the file of the queues’ last hour', () => {
  let folder: string;
  let path: string;
  let warnings: string[];

  beforeEach(async () => {
    // Files are written in real time.
    vi.useFakeTimers({ now: START, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    folder = await mkdtemp(join(tmpdir(), 'rte-queue-history-'));
    path = join(folder, FILE);
    warnings = [];
  });

  afterEach(async () => {
    vi.useRealTimers();
    await rm(folder, { recursive: true });
  });

  /** A hub's history, whose source is up, with so many callers in Sales. */
  async function open(waiting = 0) {
    const bus = new InProcessEventBus(noLogger);
    const directory = new FakeDirectoryHolder();
    const { history, stop } = await openQueueHistory({
      bus,
      directory,
      settings: { dataDir: folder },
      metrics: { watchTables: () => undefined },
      contactCenter: {
        queueStatus: (id) => ({ ...absentQueueStatus(id), notServedRequesters: waiting }),
      },
      isBehind: () => false,
      logger: { warn: (_, message) => warnings.push(message) },
      now: Date.now,
    });
    history.start();
    const origin = { organizationId: acme, entityId: acme, timestamp: Date.now() };
    bus.publish(createRteEvent('SourceStatus', origin, { state: 'up' }));
    return {
      stop,
      /** What is known of Sales. */
      known() {
        const queue = directory.current.queues.get(queueIds.sales);
        if (queue === undefined) throw new Error('Sales is not in the directory');
        const { minutes } = history.hour(queue);
        return minutes.map((minute) => minute?.waiting ?? null);
      },
    };
  }

  it('has each minute that is over, so that a hub that is killed has lost no other', async () => {
    const killed = await open(3);
    minutesLater(4);
    await vi.waitFor(async () => expect(await readFile(path, 'utf8')).toContain(',3,3,3]'));
    const next = await open();
    expect(next.known()).toEqual([...gaps(MINUTES - 4), 3, 3, 3, null]);
    minutesLater(1);
    expect(next.known()).toEqual([...gaps(MINUTES - 5), 3, 3, 3, null, 0]);
    await Promise.all([killed.stop(), next.stop()]);
    expect(warnings).toEqual([]);
  });

  it('is whole when the hub has stopped, however short ago a minute was over', async () => {
    const hub = await open(1);
    minutesLater(2);
    await hub.stop();
    expect(JSON.parse(await readFile(path, 'utf8'))).toHaveLength(2);
    expect(await readdir(folder)).toEqual([FILE]);
  });

  it.each([
    ['no JSON', '[{'],
    ['another shape', '[{"queueId": 7}]'],
    ['more than an hour', JSON.stringify([{ ...row(), waiting: Array(61).fill(1) }])],
    ['a figure that is none', JSON.stringify([{ ...row(), waiting: ['many'] }])],
  ])('begins anew, with a line in the log, where it has %s', async (_, text) => {
    await writeFile(path, text);
    const hub = await open();
    expect(warnings).toEqual(['queue history cannot be read, it begins anew']);
    expect(hub.known()).toEqual(gaps(MINUTES));
    minutesLater(2);
    await hub.stop();
    expect(JSON.parse(await readFile(path, 'utf8'))).toHaveLength(2);
  });

  it('has a gap where one of the figures is missing', async () => {
    await writeFile(path, JSON.stringify([{ ...row(), waiting: [4, 4], longestWait: [9] }]));
    const hub = await open();
    expect(hub.known()).toEqual([...gaps(MINUTES - 3), 4, null, null]);
    await hub.stop();
  });

  it('that cannot be written is told in the log, and the hub goes on', async () => {
    // A folder where the file has to be: the write fails for root, too.
    await mkdir(path);
    const hub = await open();
    minutesLater(1);
    await hub.stop();
    expect(warnings).toEqual([
      'queue history cannot be read, it begins anew',
      'queue history not written',
    ]);
  });

  it('leaves no drafts of hubs that were killed while they wrote', async () => {
    vi.useRealTimers();
    const longAgo = new Date(Date.now() - 120_000);
    const [old, fresh] = [`${FILE}.${randomUUID()}`, `${FILE}.${randomUUID()}`];
    const others = ['other.json.old', `${FILE}.old`];
    for (const name of [old, fresh, ...others]) {
      await writeFile(join(folder, name), '');
      if (name !== fresh) await utimes(join(folder, name), longAgo, longAgo);
    }
    const hub = await open();
    await hub.stop();
    expect((await readdir(folder)).toSorted()).toEqual([...others, fresh].toSorted());
  });

  it('is nothing in a folder that is not there yet', async () => {
    await rm(folder, { recursive: true });
    const hub = await open();
    minutesLater(2);
    await hub.stop();
    expect(await readdir(folder)).toEqual([FILE]);
    expect(warnings).toEqual([]);
  });
});

/** An entry of the file. */
function row() {
  const newest = START / MINUTE_MS - 1;
  return { queueId: queueIds.sales, organizationId: acme, newest, waiting: [], longestWait: [] };
}
