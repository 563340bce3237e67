import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme, ann, people } from '../../../support/directory-fixture.js';
import { fakeUser } from '../../../support/fake-wazo/entities.js';
import { agentLeg, agentLogin, presenceRow } from '../../../support/fake-wazo/live-state.js';
import type { FakeService } from '../../../support/fake-wazo/state.js';
import type { Misbehaviour } from '../../../support/fake-wazo/faults.js';
import { CALLER } from '../../../support/story.js';
import { ResyncUnderTest, MINUTE, SECOND } from './resync-fixture.js';

let under: ResyncUnderTest;

beforeEach(() => {
  under = new ResyncUnderTest();
});

afterEach(() => under.stop());

/** A marker that never comes round. */
const loses = () => undefined;

describe('a service that does not answer well', () => {
  const misbehaviours: readonly (readonly [string, Misbehaviour, string])[] = [
    ['refuses', { kind: 'status', status: 401 }, 'access-denied'],
    ['starts', { kind: 'status', status: 503 }, 'connection-lost'],
    ['fails', { kind: 'status', status: 500 }, 'state-unreadable'],
    ['is cut', { kind: 'cut' }, 'connection-lost'],
    ['hangs', { kind: 'hang' }, 'connection-lost'],
    ['says what is no JSON', { kind: 'garbage', body: '<html>' }, 'state-unreadable'],
    ['says something else', { kind: 'garbage', body: '{"a":1}' }, 'state-unreadable'],
  ];
  it.each(misbehaviours)(
    '%s: the others are told, it is asked again',
    async (_name, misbehaviour, trouble) => {
      under.wazo.faults.add({ service: 'calld', times: 1, misbehaviour });
      // With another token it is asked once more.
      if (trouble === 'access-denied') {
        under.wazo.faults.add({ service: 'calld', times: 1, misbehaviour });
      }
      under.run();
      under.resync.connected();
      await under.pass(misbehaviour.kind === 'hang' ? 30 * SECOND + 500 : 500);
      const [snapshot] = under.snapshots();
      expect(snapshot?.queues).toHaveLength(2);
      expect(snapshot?.users).toEqual([]);
      expect(under.condition('snapshot')).toMatchObject({ state: 'stale', trouble });
      expect(under.condition('snapshot')).toHaveProperty(
        'detail',
        expect.stringContaining('the calls could not be read'),
      );
      under.asked();
      await under.pass(2 * SECOND);
      expect(under.asked()).toEqual(['amid/CoreShowChannels', 'amid/QueueStatus', 'calld/calls']);
      expect(under.snapshots()).toHaveLength(1);
      expect(under.condition('snapshot')).toEqual({ state: 'up' });
    },
  );

  it.each<FakeService>(['agentd', 'calld', 'chatd', 'confd'])(
    '%s: what it alone knows is not told, the rest is',
    async (service) => {
      const { state, faults } = under.wazo;
      state.agentStatuses = [agentLogin(ann, acme)];
      state.calls = [agentLeg(CALLER, ann, acme, 'Up')];
      state.presences = [presenceRow(people.ann, acme)];
      state.users = [fakeUser(people.ann, acme, 'Ann', { services: { dnd: { enabled: true } } })];
      faults.add({ service, misbehaviour: { kind: 'cut' } });
      await under.start();
      const [snapshot] = under.snapshots();
      const [user] = snapshot?.users ?? [];
      const isThere = {
        agentd: snapshot?.agents?.length === 1,
        calld: snapshot?.calls?.legs.length === 1,
        chatd: user?.exists === true && user.presence !== undefined,
        confd: user?.exists === true && user.settings !== undefined,
      };
      expect(isThere).toEqual({
        agentd: service !== 'agentd',
        calld: service !== 'calld',
        chatd: service !== 'chatd',
        confd: service !== 'confd',
      });
      // Asterisk tells that legs have ended, with or without wazo-calld.
      expect(snapshot?.calls?.queueIds).toHaveLength(2);
    },
  );

  it('is asked with growing pauses, no more than once a minute and a half', async () => {
    under.wazo.faults.add({ service: 'chatd', misbehaviour: { kind: 'status', status: 503 } });
    await under.start();
    const times: number[] = [];
    for (let second = 0; second < 600; second += 1) {
      await under.pass(SECOND);
      if (under.asked().includes('chatd/presences')) times.push(second);
    }
    const pauses = times.map((time, index) => time - (times[index - 1] ?? 0)).slice(1);
    expect(pauses.slice(0, 5)).toEqual([2, 4, 8, 16, 32]);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(90);
  });

  it('an answer of Asterisk that is cut does not pass for an empty one', async () => {
    const cut = JSON.stringify([{ Response: 'Success' }, { Event: 'QueueParams', Queue: 'sales' }]);
    // The marker and CoreStatus go first.
    await under.start();
    under.snapshots();
    under.wazo.faults.add({ service: 'amid', misbehaviour: { kind: 'garbage', body: cut } });
    under.onMarker = loses;
    under.resync.connected();
    await under.pass(15 * SECOND);
    for (const snapshot of under.snapshots()) {
      expect(snapshot.queues).toBeUndefined();
      expect(snapshot.calls?.queueIds ?? []).toEqual([]);
    }
    expect(under.condition('snapshot')).toMatchObject({ trouble: 'state-unreadable' });
  });

  it('leaves out an entity that cannot be read, and tells the others', async () => {
    under.wazo.state.agentStatuses = [{ id: 'x' }, { id: 42, number: '1042', logged: true }];
    await under.start();
    const [snapshot] = under.snapshots();
    expect(snapshot?.agents).toHaveLength(1);
    expect(under.condition('snapshot')).toEqual({ state: 'up' });
  });
});

describe('a state that was not compared for long', () => {
  it('is old after a quarter of an hour', async () => {
    await under.start();
    under.wazo.faults.add({ service: 'amid', misbehaviour: { kind: 'hang' } });
    await under.pass(16 * MINUTE);
    expect(under.condition('snapshot')).toMatchObject({ state: 'stale' });
  });
});
