import { describe, expect, it } from 'vitest';
import { processIo } from '../../../src/cli/io.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What the process does at its signals, besides what it did before. */
function listenersBeside(before: ReturnType<typeof listeners>) {
  return listeners().map((now, at) => now.filter((one) => before[at]?.includes(one) !== true));
}

function listeners() {
  return SIGNALS.map((signal) => process.listeners(signal));
}

describe('an interruption', () => {
  it.each(SIGNALS)('by %s leaves the next signal, of either kind, to the process', (first) => {
    const before = listeners();
    const signal = processIo().interruption();
    const own = listenersBeside(before);
    expect(own.map((ofSignal) => ofSignal.length)).toEqual([1, 1]);
    expect(signal.aborted).toBe(false);
    own[SIGNALS.indexOf(first)]?.[0]?.(first);
    expect(signal.aborted).toBe(true);
    expect(listenersBeside(before)).toEqual([[], []]);
  });
});
