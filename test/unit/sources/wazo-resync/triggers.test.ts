import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queueIds } from '../../../support/directory-fixture.js';
import { Gate } from '../../../support/gate.js';
import { ResyncUnderTest, AUDIT_MS, MINUTE, SECOND, WHOLE } from './resync-fixture.js';

let under: ResyncUnderTest;

beforeEach(() => {
  under = new ResyncUnderTest();
});

afterEach(() => under.stop());

/** The state was read, and nothing more is to be done until the next audit. */
async function settled(): Promise<void> {
  await under.start();
  await under.pass(10 * SECOND);
  under.asked();
  under.snapshots();
}

const restarted = { CoreStartupDate: '2026-11-21', CoreStartupTime: '12:00:00' };

describe('the state of Wazo is read', () => {
  it('at the start, between two markers, all of it', async () => {
    await under.start();
    expect(under.asked()).toEqual([...WHOLE, 'amid/CoreStatus'].sort());
    expect(under.nonces).toHaveLength(2);
    expect(new Set(under.nonces).size).toBe(2);
    expect(under.told.map(({ kind }) => kind)).toEqual([
      'backlog-begun',
      'snapshot-begun',
      'backlog-over',
      'snapshot',
    ]);
    const begun = under.told[1];
    const [snapshot, ...others] = under.snapshots();
    expect(others).toEqual([]);
    expect(snapshot).toMatchObject({
      occasion: 'start',
      queues: [{ queueId: queueIds.sales }, { queueId: queueIds.support }],
      calls: { legs: [], otherLegIds: [] },
      agents: [],
      users: [],
    });
    expect(begun).toHaveProperty('snapshotId', snapshot?.snapshotId);
    expect(under.condition('snapshot')).toEqual({ state: 'up' });
    expect(under.condition('markers')).toEqual({ state: 'up' });
  });

  it('not before the bus is there', async () => {
    under.run();
    await under.pass(MINUTE);
    expect(under.wazo.asked).toEqual([]);
    expect(under.condition('snapshot')).toMatchObject({ trouble: 'reading-state' });
  });

  it('again when the bus is back, and is in doubt until then', async () => {
    await settled();
    under.resync.disconnected();
    expect(under.condition('snapshot')).toMatchObject({ trouble: 'reading-state' });
    await under.pass(10 * MINUTE);
    expect(under.asked()).toEqual([]);
    under.resync.connected();
    await under.pass(SECOND);
    expect(under.asked()).toEqual(WHOLE);
    expect(under.snapshots()).toMatchObject([{ occasion: 'gap' }]);
    expect(under.condition('snapshot')).toEqual({ state: 'up' });
  });

  it('when wazo-amid is back; an Asterisk that ran on has lost no call', async () => {
    await settled();
    under.booted();
    await under.pass(SECOND);
    const [boot, whole, ...others] = under.snapshots();
    expect(boot?.calls).toBeUndefined();
    expect(whole?.calls).toBeDefined();
    expect(others).toEqual([]);
    expect(under.asked()).toEqual([...WHOLE, 'amid/CoreStatus'].sort());
  });

  it('when Asterisk has started anew, which all calls have not outlived', async () => {
    await settled();
    under.wazo.state.amiRows.set('CoreStatus', [restarted]);
    // The calls are gone as soon as that is known, though the state cannot be read yet.
    under.wazo.state.starting.add('calld');
    under.booted();
    await under.pass(50);
    expect(under.snapshots()).toMatchObject([
      { occasion: 'gap', calls: { queueIds: [queueIds.sales, queueIds.support], legs: [] } },
    ]);
  });

  it('tells two boots in a row from each other', async () => {
    await settled();
    under.wazo.state.amiRows.set('CoreStatus', [restarted]);
    under.booted();
    under.booted();
    await under.pass(50);
    const begun = under.told.filter(({ kind }) => kind === 'snapshot-begun');
    expect(new Set(begun.map((event) => JSON.stringify(event))).size).toBe(2);
  });

  it('after a reload, not while it floods', async () => {
    await settled();
    under.reload('starting');
    await under.pass(20 * SECOND);
    expect(under.asked()).toEqual([]);
    under.reload('completed');
    await under.pass(SECOND);
    expect(under.asked()).toEqual(['amid/QueueStatus']);
    expect(under.snapshots()).toMatchObject([{ occasion: 'change' }]);
  });

  it('after a reload whose end was lost', async () => {
    await settled();
    under.reload('starting');
    await under.pass(31 * SECOND);
    expect(under.asked()).toEqual(['amid/QueueStatus']);
  });

  it('for one queue when its count says that a join was lost', async () => {
    await settled();
    under.count(1, 1);
    await under.pass(10 * SECOND);
    expect(under.asked()).toEqual([]);
    under.count(1, 3);
    await under.pass(2 * SECOND);
    expect(under.asked()).toEqual(['amid/QueueStatus']);
    const [snapshot] = under.snapshots();
    expect(snapshot?.queues).toMatchObject([{ queueId: queueIds.sales }]);
  });

  it('for one queue no more often than every five seconds', async () => {
    await settled();
    for (let count = 1; count < 400; count += 2) {
      under.count(1, count);
      await under.pass(100);
    }
    const times = under.asked().length;
    expect(times).toBeGreaterThanOrEqual(3);
    expect(times).toBeLessThanOrEqual(5);
  });

  it('for logins, which the event does not tell queue by queue', async () => {
    await settled();
    under.resync.agentLoggedIn();
    await under.pass(SECOND);
    expect(under.asked()).toEqual(['agentd/agents']);
  });

  it('within a second of a directory with others in it', async () => {
    await settled();
    under.resync.directoryChanged();
    await under.pass(SECOND);
    expect(under.asked()).toEqual(WHOLE);
  });

  it('of queues every five minutes, only to compare', async () => {
    await under.start();
    under.asked();
    under.snapshots();
    await under.pass(AUDIT_MS - 2 * SECOND);
    expect(under.asked()).toEqual([]);
    await under.pass(3 * SECOND);
    expect(under.asked()).toEqual(['amid/QueueStatus']);
    expect(under.snapshots()).toMatchObject([{ occasion: 'audit' }]);
    await under.pass(AUDIT_MS);
    expect(under.asked()).toEqual(['amid/QueueStatus']);
  });

  it('once more when a reason comes while it is read, one run at a time', async () => {
    await settled();
    const gate = new Gate();
    under.wazo.faults.add({
      service: 'calld',
      times: 1,
      misbehaviour: { kind: 'delay', until: gate.opened },
    });
    under.resync.connected();
    await under.pass(SECOND);
    under.resync.connected();
    under.resync.connected();
    await under.pass(10 * SECOND);
    expect(under.asked()).toEqual(WHOLE);
    gate.open();
    await under.pass(10 * SECOND);
    expect(under.asked()).toEqual(WHOLE);
    expect(under.snapshots()).toHaveLength(2);
    expect(under.condition('snapshot')).toEqual({ state: 'up' });
  });

  it('says that a queue is gone which Asterisk had and has no more', async () => {
    await settled();
    const { amiRows } = under.wazo.state;
    const rows = amiRows.get('QueueStatus') ?? [];
    amiRows.set(
      'QueueStatus',
      rows.filter(({ Queue }) => Queue !== 'support'),
    );
    under.resync.directoryChanged();
    await under.pass(SECOND);
    const [snapshot] = under.snapshots();
    expect(snapshot?.queues).toMatchObject([
      { queueId: queueIds.sales, exists: true },
      { queueId: queueIds.support, exists: false },
    ]);
  });
});
