import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVENT_TABLE } from '../../../src/sources/wazo/events/event-table.js';
import { ann, people } from '../../support/directory-fixture.js';
import { hangup, presence, queueMember } from '../../support/wazo-events.js';
import { IngestUnderTest, START, WINDOW_MS } from './ingest-fixture.js';

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a message', () => {
  it('is acknowledged after its burst was applied, not before', () => {
    hub.deliver(hangup('1.1'), hangup('1.2'));
    expect([hub.acknowledged, hub.bursts]).toEqual([0, []]);
    vi.advanceTimersByTime(WINDOW_MS);
    expect(hub.acknowledged).toBe(2);
    expect(hub.bursts).toHaveLength(1);
  });

  it('is applied when the ingest closes, which then forgets the directory', () => {
    hub.deliver(hangup('1.1'));
    hub.ingest.close();
    expect(hub.acknowledged).toBe(1);
    expect(hub.bursts).toHaveLength(1);
    expect(hub.directory.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that came before is acknowledged and not applied again', () => {
    const body = hub.encode(presence(people.ann));
    for (let times = 0; times < 3; times += 1) {
      hub.deliverBody(body);
      hub.settle();
    }
    const { name } = presence(people.ann);
    expect(hub.outcomes).toEqual([`${name} applied`, `${name} duplicate`, `${name} duplicate`]);
    expect(hub.acknowledged).toBe(3);
  });

  it('without a stamp can not be told from a later equal one and counts each time', () => {
    const { name, data } = presence(people.ann);
    const body = Buffer.from(JSON.stringify({ name, data }));
    hub.deliverBody(body);
    hub.deliverBody(body);
    hub.settle();
    expect(hub.outcomes).toEqual([`${name} applied`, `${name} applied`]);
  });

  it('equal to an older one but for its stamp is news', () => {
    hub.burst(presence(people.ann), presence(people.ann));
    expect(hub.bursts.flat()).toHaveLength(2);
  });
});

describe('a malformed message', () => {
  it('is acknowledged and counted each time, and logged once per kind', () => {
    const badMember = queueMember('QueueMemberStatus', ann, 'sales', { Status: 'idle' });
    hub.deliverBody(Buffer.from('{'));
    hub.deliverBody(Buffer.from(']'));
    hub.burst(badMember, badMember, { name: 'Hangup', data: {} });
    expect(hub.outcomes.filter((outcome) => outcome.endsWith(' malformed'))).toHaveLength(5);
    expect(hub.acknowledged).toBe(5);
    expect(hub.warnings).toMatchObject([
      { source: 'wazo', event: 'unreadable' },
      { source: 'wazo', event: 'QueueMemberStatus' },
      { source: 'wazo', event: 'Hangup' },
    ]);
  });

  it('does not keep the rest of its burst from being applied', () => {
    hub.burst(hangup('1.1'), { name: 'Hangup', data: {} }, hangup('1.2'));
    expect(hub.bursts.flat()).toHaveLength(2);
  });

  it('is logged without its values', () => {
    const data = { call_id: 'x', user_uuid: '+15551234567' };
    hub.burst({ name: 'call_created', data });
    expect(hub.warnings).toHaveLength(1);
    expect(JSON.stringify(hub.warnings)).not.toContain('15551234567');
  });
});

describe('a fault of ours in applying a burst', () => {
  it('is logged, costs that burst only, and leaves nothing to be delivered again', () => {
    const fault = new Error('a bug');
    hub.sinkFault = fault;
    hub.burst(hangup('1.1'));
    expect(hub.errors).toEqual([{ err: fault, source: 'wazo', kinds: ['channel-ended'] }]);
    hub.burst(hangup('1.2'));
    expect(hub.acknowledged).toBe(2);
    expect(hub.bursts.flat()).toMatchObject([{ legId: '1.2' }]);
  });
});

describe('whatever the bus delivers', () => {
  const names = [...Object.keys(EVENT_TABLE), 'constructor', '__proto__', ''];
  const fields = [
    'Queue',
    'Interface',
    'Uniqueid',
    'Status',
    'Paused',
    'Wrapuptime',
    'Timestamp',
    'call_id',
    'user_uuid',
    'uuid',
    'state',
    'lines',
    'agent_id',
    'queue',
    'endpoint_id',
  ];
  const values = fc.oneof(
    fc.constantFrom('sales', people.ann, 'Local/id-42@agentcallback', '1', '99999999999999999999'),
    fc.constantFrom('available', 'logged_in', '-1', '1763683200.5'),
    fc.jsonValue(),
  );
  const data = fc.dictionary(fc.constantFrom(...fields), values, { maxKeys: fields.length });
  const message = fc.record({ name: fc.constantFrom(...names), data, timestamp: fc.constant('x') });
  const body = fc.oneof(
    { weight: 5, arbitrary: message.map((one) => Buffer.from(JSON.stringify(one))) },
    { weight: 1, arbitrary: fc.json().map((json) => Buffer.from(json)) },
    { weight: 1, arbitrary: fc.uint8Array() },
  );

  it('never throws, and every message is counted and acknowledged', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 20 }), (bodies) => {
        const fresh = new IngestUnderTest();
        for (const one of bodies) fresh.deliverBody(one);
        fresh.ingest.close();
        expect(fresh.acknowledged).toBe(bodies.length);
        expect(fresh.outcomes).toHaveLength(bodies.length);
      }),
    );
  });
});
