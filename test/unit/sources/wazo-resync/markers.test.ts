import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, ResyncUnderTest, SECOND, WHOLE } from './resync-fixture.js';

let under: ResyncUnderTest;

beforeEach(() => {
  under = new ResyncUnderTest();
});

afterEach(() => under.stop());

/** A marker that never comes round. */
const loses = () => undefined;

describe('a marker', () => {
  it('that is lost leaves the state read, but in doubt', async () => {
    under.onMarker = loses;
    under.run();
    under.resync.connected();
    await under.pass(11 * SECOND);
    expect(under.condition('markers')).toMatchObject({ state: 'stale', trouble: 'unanswered' });
    expect(under.snapshots()).toHaveLength(1);
    expect(under.condition('snapshot')).toEqual({ state: 'up' });
    // Until markers come back the state is not read again and again.
    under.asked();
    await under.pass(4 * MINUTE);
    expect(under.asked()).toEqual([]);
    expect(under.nonces.length).toBeGreaterThan(3);
    await under.pass(3 * MINUTE);
    expect(under.asked()).toEqual(WHOLE);
  });

  it('that comes round after others were lost has all read once more', async () => {
    under.onMarker = loses;
    under.run();
    under.resync.connected();
    await under.pass(11 * SECOND);
    under.asked();
    under.snapshots();
    under.onMarker = (nonce) => under.marker(nonce);
    await under.pass(5 * SECOND);
    expect(under.asked()).toEqual(WHOLE);
    expect(under.snapshots()).toHaveLength(1);
    expect(under.condition('markers')).toEqual({ state: 'up' });
  });

  it('that is lost does not keep a new outage from being read', async () => {
    under.onMarker = loses;
    under.run();
    under.resync.connected();
    await under.pass(11 * SECOND);
    under.asked();
    under.resync.disconnected();
    under.resync.connected();
    await under.pass(11 * SECOND);
    expect(under.asked()).toEqual(WHOLE);
  });

  it('is waited for as long as the backlog before it progresses', async () => {
    under.onMarker = loses;
    under.run();
    under.resync.connected();
    for (let second = 0; second < 60; second += 1) {
      await under.pass(SECOND);
      under.resync.progressed();
    }
    expect(under.asked()).toEqual([]);
    under.onMarker = (nonce) => under.marker(nonce);
    under.marker(under.nonces[0] ?? '');
    await under.pass(SECOND);
    expect(under.asked()).toEqual([...WHOLE, 'amid/CoreStatus'].sort());
  });

  it('is not waited for for ever in traffic that never ends', async () => {
    under.onMarker = loses;
    under.run();
    under.resync.connected();
    for (let second = 0; second < 140; second += 1) {
      await under.pass(SECOND);
      under.resync.progressed();
    }
    expect(under.condition('markers')).toMatchObject({ trouble: 'unanswered' });
  });

  it('of another hub says nothing', async () => {
    under.onMarker = () => under.marker('of another');
    under.run();
    under.resync.connected();
    await under.pass(5 * SECOND);
    expect(under.asked()).toEqual([]);
  });

  it('that wazo-amid refuses is told of with the reason', async () => {
    under.wazo.faults.add({ service: 'amid', misbehaviour: { kind: 'status', status: 401 } });
    await under.start();
    expect(under.condition('markers')).toMatchObject({ state: 'stale', trouble: 'access-denied' });
    expect(under.condition('snapshot')).toMatchObject({ state: 'stale', trouble: 'access-denied' });
    const [snapshot] = under.snapshots();
    expect(snapshot?.queues).toBeUndefined();
    expect(snapshot?.agents).toEqual([]);
  });
});

describe('a bus that goes away', () => {
  it('in the middle of a run: nothing of it is told, the next one begins anew', async () => {
    await under.start();
    under.snapshots();
    under.onMarker = loses;
    under.resync.connected();
    await under.pass(SECOND);
    under.resync.disconnected();
    await under.pass(MINUTE);
    expect(under.snapshots()).toEqual([]);
    expect(under.condition('snapshot')).toMatchObject({ trouble: 'reading-state' });
    under.asked();
    under.onMarker = (nonce) => under.marker(nonce);
    under.resync.connected();
    await under.pass(SECOND);
    expect(under.asked()).toEqual(WHOLE);
    expect(under.snapshots()).toHaveLength(1);
    expect(under.condition('snapshot')).toEqual({ state: 'up' });
  });

  it('between the markers: the answers, which may be old, are not told', async () => {
    await under.start();
    under.snapshots();
    under.onMarker = (nonce) => {
      under.onMarker = loses;
      under.marker(nonce);
    };
    under.resync.connected();
    await under.pass(SECOND);
    under.resync.disconnected();
    await under.pass(MINUTE);
    expect(under.snapshots()).toEqual([]);
  });
});
