import { anything, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseEntitySubscription } from '../../../src/rte/entity-subscription.js';

describe('an item of Subscribe', () => {
  it.each([
    [{ EntityId: 'A', EventName: 'B' }],
    [{ entityId: 'a', eventName: 'b' }],
    [{ ENTITYID: 'A', eventname: 'B', other: 1 }],
  ])('is read in any letter case: %j', (item) => {
    expect(parseEntitySubscription(item)).toEqual({ entityId: 'a', eventName: 'b' });
  });

  it.each([[null], [undefined], ['text'], [7], [[]], [{}], [{ EntityId: null, EventName: 1 }]])(
    'has neither member when it is %j',
    (item) => {
      expect(parseEntitySubscription(item)).toEqual({ entityId: null, eventName: null });
    },
  );

  it('is read without failing whatever a client sends', () => {
    assert(
      property(anything(), (item) => {
        const { entityId, eventName } = parseEntitySubscription(item);
        for (const text of [entityId, eventName]) {
          expect(text === null || text === text.toLowerCase()).toBe(true);
        }
      }),
    );
  });
});
