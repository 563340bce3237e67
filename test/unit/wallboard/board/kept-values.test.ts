import { beforeEach, describe, expect, it } from 'vitest';
import { KeptValues } from '../../../../src/wallboard/board/live/kept-values.js';
import { DEFAULT_OPTIONS } from '../../../../src/wallboard/board/model/board-options.js';
import { QUEUE, USER } from './events.js';

describe('what a board keeps on the device', () => {
  let values: Map<string, string>;
  let storage: ConstructorParameters<typeof KeptValues>[0];
  let kept: KeptValues;

  beforeEach(() => {
    values = new Map();
    storage = {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
    };
    kept = new KeptValues(storage, USER);
  });

  it('is what was chosen, for each person apart', () => {
    const options = { ...DEFAULT_OPTIONS, order: 'worst', queues: ['Sales'] } as const;
    kept.keepOptions(options);
    expect({ ...DEFAULT_OPTIONS, ...kept.options() }).toEqual(options);
    expect(new KeptValues(storage, QUEUE).options()).toEqual({});
  });

  it('is nothing where nothing, or nonsense, was kept', () => {
    expect(kept.options()).toEqual({});
    for (const nonsense of ['{', '[{"queueId":1}]', '"x"']) {
      values.set(`rte-hub.board.options.${USER}`, nonsense);
      expect(kept.options()).toEqual({});
    }
  });

  it('costs nothing but itself when the storage is full', () => {
    storage.setItem = () => {
      throw new Error('QuotaExceededError');
    };
    expect(() => kept.keepOptions(DEFAULT_OPTIONS)).not.toThrow();
  });
});
