import { describe, expect, it } from 'vitest';
import {
  DEFAULT_OPTIONS,
  ownOptions,
} from '../../../../src/wallboard/board/model/board-options.js';

describe('options that are saved', () => {
  it('are kept, but for those that the address decides', () => {
    const saved = { ...DEFAULT_OPTIONS, queues: ['Sales'], order: 'worst' as const };
    expect(ownOptions(saved, {}, {})).toEqual(saved);
    expect(ownOptions(saved, {}, { queues: ['Sales'] })).toEqual({ ...saved, queues: [] });
    const before = { queues: ['Support'], pageSeconds: 30 };
    expect(ownOptions(saved, before, { queues: ['Sales'] })).toEqual({
      ...saved,
      queues: ['Support'],
    });
  });
});
