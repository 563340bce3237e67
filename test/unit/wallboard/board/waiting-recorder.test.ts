import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WaitingRecorder } from '../../../../src/wallboard/board/live/waiting-recorder.js';
import { createRest } from '../../../../src/wallboard/shell/rest.js';
import { NOON, QUEUE } from './events.js';

describe('who records how many callers wait', () => {
  let asked: string[];
  let answer: () => Response;
  let recorder: WaitingRecorder;

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    answer = () =>
      Response.json([
        {
          QueueId: QUEUE,
          From: '2026-11-21T11:01:00.000Z',
          NbrOfNotServedRequesters: [...Array<null>(57).fill(null), 4, null, 1],
          MaxWaitTime: Array<null>(60).fill(null),
        },
      ]);
    vi.stubGlobal('fetch', (url: URL) => {
      asked.push(url.pathname);
      return Promise.resolve(answer());
    });
    recorder = new WaitingRecorder(createRest({ base: new URL('https://hub.example/') }));
  });

  afterEach(() => {
    recorder.stop();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const hear = (waiting: number, at: number): void => recorder.record([[QUEUE, waiting]], at);
  const newest = (at: number) => recorder.trend(QUEUE, at).points.slice(-4);

  it('reads the hub’s hour once all is heard, and goes on by itself', async () => {
    recorder.miss(NOON);
    expect(asked).toEqual([]);
    hear(0, NOON);
    hear(0, NOON + 1_000);
    await vi.waitFor(() => expect(newest(NOON)).toEqual([null, 4, null, 1]));
    hear(2, NOON + 2_000);
    expect(newest(NOON + 60_000)).toEqual([4, null, 2, null]);
    expect(recorder.trend(QUEUE, NOON + 60_000).end).toBe(NOON + 120_000);
    expect(asked).toEqual(['/queues/history']);
  });

  it('has a gap for what it missed until the hub has told of it', async () => {
    hear(0, NOON);
    await vi.waitFor(() => expect(newest(NOON).at(-1)).toBe(1));
    recorder.miss(NOON + 1_000);
    expect(newest(NOON).at(-1)).toBeNull();
    hear(3, NOON + 2_000);
    await vi.waitFor(() => expect(newest(NOON).at(-1)).toBe(1));
    expect(asked).toHaveLength(2);
  });

  it('says why the hour could not be read, and reads it again', async () => {
    const good = answer;
    answer = () => Response.json({ title: 'Not today' }, { status: 503 });
    recorder.read();
    await vi.waitFor(() => expect(recorder.failure.value?.message).toContain('Not today'));
    answer = good;
    await vi.waitFor(() => expect(recorder.failure.value).toBeUndefined(), 5_000);
    expect(newest(NOON)).toEqual([null, 4, null, 1]);
  });
});
