import { describe, expect, it, vi } from 'vitest';
import { Rereader } from '../../../../src/wallboard/me/rereader.js';

/** A reader whose reads end when the test says so, and whose waits are counted and not waited. */
function createReader() {
  const ends: { ok: () => void; fail: (error: Error) => void }[] = [];
  const waits: { milliseconds: number; call: () => void }[] = [];
  const onFailed = vi.fn<(error: unknown) => void>();
  const reader = new Rereader({
    read: () =>
      new Promise((resolve, reject) => {
        ends.push({ ok: () => resolve(), fail: reject });
      }),
    onFailed,
    after: (milliseconds, call) => waits.push({ milliseconds, call }),
  });
  /** Ends the newest read, and waits until that is taken in. */
  const end = async (error?: Error): Promise<void> => {
    const latest = ends.at(-1);
    if (error === undefined) latest?.ok();
    else latest?.fail(error);
    await new Promise(setImmediate);
  };
  return { reader, ends, waits, onFailed, end };
}

const away = new Error('away');

describe('reading something again', () => {
  it('reads once when it is asked once', async () => {
    const { reader, ends, waits, end } = createReader();
    reader.ask();
    await end();
    expect(ends).toHaveLength(1);
    expect(waits).toHaveLength(0);
  });

  it('reads one at a time, and once more for all who asked meanwhile', async () => {
    const { reader, ends, end } = createReader();
    reader.ask();
    reader.ask();
    reader.ask();
    expect(ends).toHaveLength(1);
    await end();
    expect(ends).toHaveLength(2);
    await end();
    expect(ends).toHaveLength(2);
    reader.ask();
    expect(ends).toHaveLength(3);
  });

  it('tries again what failed, ever more slowly, and quickly again after it worked', async () => {
    const { reader, ends, waits, onFailed, end } = createReader();
    reader.ask();
    for (let tries = 0; tries < 5; tries += 1) {
      await end(away);
      waits.at(-1)?.call();
    }
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([
      2000, 5000, 10_000, 30_000, 30_000,
    ]);
    expect(onFailed).toHaveBeenCalledTimes(5);
    expect(ends).toHaveLength(6);
    await end();
    reader.ask();
    await end(away);
    expect(waits.at(-1)?.milliseconds).toBe(2000);
  });

  it('does not try again what was read in the meantime because somebody asked', async () => {
    const { reader, ends, waits, end } = createReader();
    reader.ask();
    await end(away);
    reader.ask();
    await end();
    waits.at(-1)?.call();
    expect(ends).toHaveLength(2);
  });
});
