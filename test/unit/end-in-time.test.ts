import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endInTime } from '../../src/composition/end-in-time.js';

let warnings: string[];
const logger = { warn: (_fields: object, message: string) => void warnings.push(message) };

beforeEach(() => {
  vi.useFakeTimers();
  warnings = [];
});
afterEach(() => {
  vi.useRealTimers();
});

describe('parts that say goodbye', () => {
  it('are waited for, and a fault of one is no fault of the hub', async () => {
    await endInTime([Promise.resolve(), Promise.reject(new Error('was gone'))], 1_000, logger);
    expect(warnings).toEqual(['a source ended by a fault']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are waited for no longer than they may take', async () => {
    const frozen = new Promise<void>(() => undefined);
    let isOver = false;
    const ending = endInTime([frozen], 1_000, logger).then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await ending;
    expect(warnings).toEqual(['a telephony system leaves a goodbye unanswered']);
  });
});
