import { describe, expect, it } from 'vitest';

import { createRteEvent } from '../../../src/rte/events/create-event.js';
import { eventCatalogue } from '../../../src/rte/events/event-catalogue.js';
import { OPEN_END } from '../../../src/rte/events/field-types.js';
import { guidOf, ids, organizationId } from './fixtures/directory.js';

const timestamp = Date.UTC(2024, 5, 1);
const ofAnn = { organizationId, entityId: ids.ann, timestamp };

describe('an RTE event', () => {
  it('tells what its delivery has to know', () => {
    expect(createRteEvent('UserStatus', ofAnn, {})).toMatchObject({
      name: 'UserStatus',
      entityType: 'User',
      organizationId,
      entityId: ids.ann,
      timestamp,
      ttlSeconds: 60,
      kind: 'state',
    });
  });

  it('carries what its maker said, and defaults for the rest', () => {
    const { data } = createRteEvent('UserStatus', ofAnn, { talking: true, activeQueues: 2 });
    expect(data).toMatchObject({ talking: true, activeQueues: 2, serving: false, wrapUpEnd: null });
  });

  it('has an id of its own, which grows with time', () => {
    const [first, second] = [1, 2].map(() => createRteEvent('UserStatus', ofAnn, {}).data.id);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(String(second) > String(first)).toBe(true);
  });

  it('may name another queue than its entity where the call was last', () => {
    const origin = { organizationId, entityId: ids.sales, timestamp };
    const event = createRteEvent('QueueCallInOverflow', origin, { queueId: ids.support });
    expect(event.data).toMatchObject({ entityId: ids.sales, queueId: ids.support });
  });

  it('can have an open end', () => {
    const event = createRteEvent('UserAvailability', ofAnn, { endTime: OPEN_END });
    expect(event.data.endTime).toBe('9999-12-31T23:59:59.9999999Z');
  });

  it.each([
    ['an id that is no guid', { activeQueueId: 'sales' }, /activeQueueId/],
    ['a time without Z', { wrapUpEnd: '2024-06-01T00:00:00' }, /wrapUpEnd/],
    ['a count that is no integer', { parkedCalls: 0.5 }, /parkedCalls/],
  ])('is not made with %s', (_what, fields, message) => {
    expect(() => createRteEvent('UserStatus', ofAnn, fields)).toThrow(message);
  });

  it('is not made without an organization', () => {
    const origin = { organizationId: '', entityId: ids.ann, timestamp };
    expect(() => createRteEvent('UserStatus', origin, {})).toThrow(/rootEntityId/);
  });

  it('carries the attempts of a callback request in the shape of the schema', () => {
    const attempt = {
      id: guidOf(1),
      userId: ids.ann,
      typeId: 2,
      timestamp: '2024-06-01T00:00:00Z',
      note: null,
      callId: null,
    };
    const origin = { organizationId, entityId: ids.salesList, timestamp };
    const { data } = createRteEvent('CallbackChanged', origin, { callbackAttempts: [attempt] });
    expect(data.callbackAttempts).toEqual([attempt]);
    expect(eventCatalogue.CallbackChanged.schema.parse(data)).toEqual(data);
  });
});
