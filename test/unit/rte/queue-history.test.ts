import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { absentQueueStatus } from '../../../src/contact-center/index.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { createRteEvent } from '../../../src/rte/events/create-event.js';
import { MINUTE_MS, minuteOf, MINUTES } from '../../../src/rte/figure-hour.js';
import { type KeptHour, QueueHistory } from '../../../src/rte/queue-history.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
} from './fixtures/directory.js';
import { RecordingLogger } from './fixtures/recording-logger.js';

const START = Date.UTC(2026, 10, 21, 12, 0, 10);

type SourceState = 'up' | 'stale' | 'down';

const seconds = (count: number): void => void vi.advanceTimersByTime(count * 1000);

describe('the hours of the queues', () => {
  let bus: InProcessEventBus;
  let directory: FakeDirectoryHolder;
  let history: QueueHistory;
  let asked: string[];
  let waitingNow: number;
  let isBehind: boolean;
  let keptAt: number[];

  const begin = (kept: readonly KeptHour[] = []): void => {
    history = new QueueHistory({
      bus,
      directory,
      contactCenter: {
        queueStatus(queueId) {
          asked.push(queueId);
          return { ...absentQueueStatus(queueId), notServedRequesters: waitingNow };
        },
      },
      isBehind: () => isBehind,
      kept,
      onMinute: () => keptAt.push(Date.now()),
      now: Date.now,
    });
    history.start();
  };

  /** Stops it, and begins anew after so many seconds with what was kept then. */
  const restart = (pause: number): void => {
    const kept = history.kept();
    history.stop();
    seconds(pause);
    begin(kept);
  };

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    bus = new InProcessEventBus(new RecordingLogger());
    directory = new FakeDirectoryHolder(createDirectory());
    [asked, keptAt, waitingNow, isBehind] = [[], [], 0, false];
    begin();
  });

  afterEach(() => {
    history.stop();
    vi.useRealTimers();
  });

  const source = (state: SourceState, of = organizationId): void => {
    const origin = { organizationId: of, entityId: of, timestamp: Date.now() };
    bus.publish(createRteEvent('SourceStatus', origin, { state }));
  };
  const tell = (waiting: number, maxWaitTime = 0, queueId: string = ids.sales): void => {
    const origin = { organizationId, entityId: queueId, timestamp: Date.now() };
    const fields = { nbrOfNotServedRequesters: waiting, maxWaitTime };
    bus.publish(createRteEvent('QueueStatus', origin, fields));
  };
  /** The hour of Sales, from the minute of the start on. */
  const waiting = (): (number | null)[] => {
    const queue = directory.current.queues.get(ids.sales);
    if (queue === undefined) throw new Error('Sales is not in the directory');
    const { minutes } = history.hour(queue);
    const first = minutes.length - 1 - (minuteOf(Date.now()) - minuteOf(START));
    return minutes.slice(Math.max(0, first)).map((minute) => minute?.waiting ?? null);
  };

  it('know nothing of the minute in which the hub began, and all of the next', () => {
    source('up');
    tell(3);
    expect(waiting()).toEqual([null]);
    seconds(50);
    expect(waiting()).toEqual([null, 3]);
    seconds(1);
    tell(5);
    seconds(1);
    tell(1);
    expect(waiting()).toEqual([null, 5]);
    seconds(60);
    expect(waiting()).toEqual([null, 5, 1]);
  });

  it.each([
    ['at its last moment', -1, [null, 4, 0, 0]],
    ['at its first moment', 0, [null, 0, 4, 0]],
  ])('count what is told at the turn of a minute %s', (_, offset, expected) => {
    source('up');
    tell(0);
    seconds(50);
    vi.advanceTimersByTime(MINUTE_MS + offset);
    tell(4);
    tell(0);
    seconds(90);
    expect(waiting().slice(0, 4)).toEqual(expected);
  });

  it('ask for what nothing is told of: zero where nobody waits', () => {
    source('up');
    seconds(50 + 60);
    expect(asked).toContain(ids.sales);
    waitingNow = 2;
    seconds(60);
    expect(waiting()).toEqual([null, 0, 0, 2]);
    // It may change back before it is told, and then nothing is told.
    waitingNow = 0;
    seconds(60);
    expect(waiting()).toEqual([null, 0, 0, 2, 0]);
    tell(1);
    [asked, waitingNow] = [[], 9];
    seconds(60);
    expect(waiting().slice(-2)).toEqual([1, 1]);
    expect(asked).not.toContain(ids.sales);
  });

  it('have a gap for a minute that begins while what has waited is still coming in', () => {
    source('up');
    seconds(50);
    [isBehind, waitingNow] = [true, 7];
    expect(waiting()).toEqual([null, 0]);
    seconds(60);
    tell(5);
    expect(waiting()).toEqual([null, 0, null]);
    [isBehind, waitingNow] = [false, 1];
    tell(1);
    seconds(60);
    expect(waiting()).toEqual([null, 0, null, 1]);
  });

  it.each<SourceState>(['stale', 'down'])(
    'have gaps, never zeros, while a source is %s',
    (state) => {
      source('up');
      tell(2);
      seconds(50 + 70);
      source(state);
      // What comes all the same may be old.
      tell(7);
      seconds(120);
      waitingNow = 4;
      source('up');
      tell(6);
      expect(waiting()).toEqual([null, 2, null, null, null]);
      seconds(60);
      expect(waiting()).toEqual([null, 2, null, null, null, 6]);
    },
  );

  it('believe no figure of before a loss: the projections say what there is', () => {
    source('up');
    tell(9);
    seconds(60);
    source('down');
    waitingNow = 1;
    source('up');
    seconds(60);
    expect(waiting()).toEqual([null, null, 1]);
  });

  it('take it calmly that a source is said to be up again and again', () => {
    source('up');
    seconds(60);
    tell(2);
    source('up');
    expect(waiting()).toEqual([null, 2]);
  });

  it('know nothing where no source speaks, or only that of another organization', () => {
    source('up', foreignOrganizationId);
    tell(2);
    seconds(60);
    source('down', foreignOrganizationId);
    expect(waiting()).toEqual([null, null]);
    waitingNow = 2;
    source('up');
    seconds(60);
    source('down', foreignOrganizationId);
    expect(waiting()).toEqual([null, null, 2]);
  });

  it('have a gap for the time that the machine slept', () => {
    source('up');
    tell(2);
    seconds(60);
    vi.setSystemTime(Date.now() + 5 * MINUTE_MS);
    seconds(60);
    expect(waiting()).toEqual([null, 2, null, null, null, null, null, 2]);
  });

  it('forget what a clock that is set back had after its new time', () => {
    source('up');
    for (const callers of [1, 2, 3]) {
      seconds(60);
      tell(callers);
    }
    tell(0);
    vi.setSystemTime(Date.now() - 2 * MINUTE_MS);
    tell(4);
    expect(waiting()).toEqual([null, 4]);
    seconds(60);
    expect(waiting()).toEqual([null, 4, 4]);
  });

  it('have the longest wait, and tell when they begin', () => {
    source('up');
    seconds(50);
    tell(1, 12);
    tell(1, 17);
    tell(0, 0);
    const [queue] = directory.current.queues.values();
    if (queue === undefined) throw new Error('there is no queue');
    const { queueId, from, minutes } = history.hour(queue);
    expect([queueId, minutes.length]).toEqual([ids.sales, MINUTES]);
    expect(new Date(from).toISOString()).toBe('2026-11-21T11:02:00.000Z');
    expect(minutes.at(-1)).toEqual({ waiting: 1, longestWait: 17 });
  });

  it('are those of the queues in the directory, and no more', () => {
    source('up');
    seconds(60);
    const all = directory.current.queues.size;
    // The foreign organization has a queue, too, of which no source speaks.
    expect(history.sizes).toEqual({ queues: all - 1, unseenQueues: 0 });
    const { current } = directory;
    const queues = new Map([...current.queues].filter(([id]) => id !== ids.sales));
    directory.replace({ ...current, queues });
    tell(3);
    expect(history.sizes.queues).toBe(all - 2);
    directory.replace(current);
    expect(waiting()).toEqual([null, 0]);
  });

  it('are not handed on to another organization with the id of the queue', () => {
    source('up');
    seconds(60);
    tell(5);
    const { current } = directory;
    const queues = [...current.queues].map(
      ([id, queue]) => [id, { ...queue, organizationId: foreignOrganizationId }] as const,
    );
    directory.replace({ ...current, queues: new Map(queues) });
    expect(waiting()).toEqual([null, null]);
  });

  it('end with stop', () => {
    history.stop();
    source('up');
    tell(5);
    seconds(120);
    expect([keptAt, directory.listeners, history.sizes.queues]).toEqual([[], 0, 0]);
  });

  describe('after a restart', () => {
    beforeEach(() => {
      source('up');
      seconds(50);
      tell(5);
      seconds(60);
      tell(2);
      seconds(80);
    });

    it('are to be kept whenever a minute is over', () => {
      expect(keptAt.map((at) => at - START)).toEqual([50_000, 110_000, 170_000]);
    });

    it('have what there was, and a gap for the minutes that were not heard to their end', () => {
      expect(waiting()).toEqual([null, 5, 5, 2]);
      restart(5);
      source('up');
      seconds(60);
      expect(waiting()).toEqual([null, 5, 5, null, 0]);
    });

    it('wait for a queue that a telephony system names later, for an hour', () => {
      const { current } = directory;
      const replaceQueues = (queues: typeof current.queues) => {
        directory.replace({ ...current, queues });
      };
      const kept = history.kept();
      history.stop();
      replaceQueues(new Map());
      begin(kept);
      expect(history.sizes).toEqual({ queues: 0, unseenQueues: 2 });
      expect(history.kept()).toEqual(kept);
      seconds(60);
      replaceQueues(current.queues);
      expect(waiting()).toEqual([null, 5, 5, null, null]);
      expect(history.sizes).toEqual({ queues: 1, unseenQueues: 1 });
      seconds(3_600);
      expect(history.sizes.unseenQueues).toBe(0);
    });

    it('have nothing that is older than an hour', () => {
      restart(3_500);
      expect(waiting().filter((value) => value !== null)).toEqual([5]);
      restart(180);
      expect(waiting().every((value) => value === null)).toBe(true);
    });
  });
});
