import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callGuid } from '../../../src/contact-center/index.js';
import { people } from '../../support/directory-fixture.js';
import { IngestUnderTest, ORIGIN_UUID, START } from './ingest-fixture.js';

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a channel that spies on another', () => {
  const data = {
    SpyerChannel: 'PJSIP/bob-0000002f',
    SpyerUniqueid: '2.1',
    SpyerLinkedid: '2.1',
    SpyeeChannel: 'PJSIP/ann-0000002a',
    SpyeeUniqueid: '1.2',
    SpyeeLinkedid: '1.1',
  };
  const report = {
    kind: 'call-supervision',
    at: START,
    mode: 'listen',
    supervisorLegId: '2.1',
    targetLegId: '1.2',
    supervisorUserIds: [people.bob],
    targetUserIds: [people.ann],
    callId: callGuid(ORIGIN_UUID, '1.1'),
  };

  it.each([
    ['ChanSpyStart', 'started'],
    ['ChanSpyStop', 'stopped'],
  ])('by %s is a supervision that %s', (name, step) => {
    expect(hub.translate({ name, data }).events).toEqual([{ ...report, step }]);
  });

  it('may belong to nobody known, and be in no call', () => {
    const legs = { SpyerUniqueid: '2.1', SpyeeUniqueid: '1.2' };
    const [event] = hub.translate({ name: 'ChanSpyStart', data: legs }).events;
    expect(event).toMatchObject({ supervisorUserIds: [], targetUserIds: [] });
    expect(event).not.toHaveProperty('callId');
  });

  it('is told in one burst with its end, in whatever order', () => {
    const start = { name: 'ChanSpyStart', data };
    hub.burst({ name: 'ChanSpyStop', data }, start);
    expect(hub.occurrences).toMatchObject([{ state: 'listen' }, { state: 'none' }]);
  });
});
