import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { unpaced } from '../../../../src/cli/pace.js';
import { FileFaults } from '../../../../src/cli/publish/check-events.js';
import { playEvents, type PlayOptions } from '../../../../src/cli/publish/play-events.js';

const EVENT = '{"name": "some_event", "data": {}}';

function player(text: string, changes: Partial<PlayOptions> = {}) {
  const opened = { times: 0, sent: 0 };
  const options: PlayOptions = {
    file: {
      name: 'test',
      isFile: true,
      open() {
        opened.times += 1;
        return Readable.from([Buffer.from(text)]);
      },
    },
    paceFrom: () => unpaced,
    repeat: 1,
    isAsRecorded: false,
    leavesOutFaults: true,
    needsRoutingKey: false,
    send() {
      opened.sent += 1;
      return Promise.resolve();
    },
    faults: new FileFaults(),
    signal: new AbortController().signal,
    monotonic: () => 0,
    now: () => 1_700_000_000_000,
    ...changes,
  };
  return { options, opened };
}

describe('playing a file again and again', () => {
  it('plays it as often as it is asked to', async () => {
    const { options, opened } = player(`${EVENT}\n${EVENT}\n`, { repeat: 3 });
    expect(await playEvents(options)).toBe('done');
    expect(opened).toEqual({ times: 3, sent: 6 });
  });

  it.each(['', '\n\n', 'no event\n'])('ends when there is no event in it: %j', async (text) => {
    const { options, opened } = player(text, { repeat: Number.POSITIVE_INFINITY });
    expect(await playEvents(options)).toBe('done');
    expect(opened).toEqual({ times: 1, sent: 0 });
  });
});
