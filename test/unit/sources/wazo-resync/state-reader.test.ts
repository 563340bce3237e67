import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ExistingQueueSnapshot,
  ExistingUserSnapshot,
  Snapshot,
} from '../../../../src/contact-center/index.js';
import { acme, ann, bob, people, queueIds } from '../../../support/directory-fixture.js';
import { fakeUser } from '../../../support/fake-wazo/entities.js';
import {
  agentChannel,
  agentLeg,
  agentLogin,
  callerChannel,
  phoneChannel,
  presenceRow,
  queueEntryRow,
  queueMemberRow,
  queueParams,
} from '../../../support/fake-wazo/live-state.js';
import type { Json } from '../../../support/fake-wazo/state.js';
import { CALLER } from '../../../support/story.js';
import { SECOND, ResyncUnderTest } from './resync-fixture.js';

const LATER = { ...CALLER, uniqueid: '1763683201.50' };

let under: ResyncUnderTest;

beforeEach(() => {
  under = new ResyncUnderTest();
});

afterEach(() => under.stop());

async function read(): Promise<Snapshot> {
  await under.start();
  const [snapshot] = under.snapshots();
  if (snapshot === undefined) throw new Error('nothing was read');
  return snapshot;
}

async function readQueue(rows: readonly Json[], channels: Json[] = []) {
  const { amiRows } = under.wazo.state;
  amiRows.set('QueueStatus', [queueParams('sales'), ...rows]);
  amiRows.set('CoreShowChannels', channels);
  const { queues = [], at } = await read();
  const queue = queues.find((one): one is ExistingQueueSnapshot => one.exists);
  if (queue === undefined) throw new Error('the queue was not read');
  return { queue, at };
}

describe('a queue of Asterisk', () => {
  it('has members by the name of the interface, with what QueueMember says', async () => {
    const { queue } = await readQueue([
      queueMemberRow(ann, 'sales', { Paused: '1', Status: '2', LastPause: '1763719000' }),
      { ...queueMemberRow(ann, 'sales'), Location: 'PJSIP/dora', Name: 'dora' },
    ]);
    expect(queue.members).toMatchObject([
      {
        member: { memberId: 'Local/id-42@agentcallback', userIds: [people.ann] },
        facts: { paused: true, device: 'in-use', lastPause: 1_763_719_000 },
      },
      { member: { memberId: 'PJSIP/dora', userIds: [people.dora] }, facts: { paused: false } },
    ]);
  });

  it('has a wrap-up that runs since the end of the last call', async () => {
    const endedAt = Date.now() / SECOND - 10;
    const { queue } = await readQueue([
      queueMemberRow(ann, 'sales', { LastCall: String(endedAt) }),
      queueMemberRow(bob, 'sales', { LastCall: String(endedAt), Wrapuptime: '5' }),
    ]);
    expect(queue.members[0]?.wrapUp).toEqual({
      start: endedAt * SECOND,
      end: (endedAt + 30) * SECOND,
    });
    expect(queue.members[1]).not.toHaveProperty('wrapUp');
  });

  it('has callers who wait, and whom it rings for them', async () => {
    const { queue, at } = await readQueue(
      [queueMemberRow(ann, 'sales'), queueEntryRow(CALLER, 40), queueEntryRow(LATER, 5)],
      [callerChannel(CALLER), agentChannel(CALLER, ann), callerChannel(LATER)],
    );
    expect(queue.waiting).toMatchObject([
      {
        legId: CALLER.uniqueid,
        callerNumber: CALLER.number,
        joinedAt: at - 40 * SECOND,
        ringing: [{ memberNumber: '1042', member: { userIds: [people.ann] } }],
      },
      { legId: LATER.uniqueid, joinedAt: at - 5 * SECOND, ringing: [] },
    ]);
    expect(queue.connected).toEqual([]);
  });

  it('knows who talks to whom by the bridge, be it with the agent or with the phone', async () => {
    under.wazo.state.calls = [agentLeg(LATER, bob, acme, 'Up')];
    const { queue } = await readQueue(
      [queueMemberRow(ann, 'sales'), queueMemberRow(bob, 'sales')],
      [
        callerChannel(CALLER, 'b1'),
        agentChannel(CALLER, ann, 'b1'),
        callerChannel(LATER, 'b2'),
        phoneChannel(LATER, bob, 'b2'),
      ],
    );
    expect(queue.connected).toMatchObject([
      { legId: CALLER.uniqueid, member: { userIds: [people.ann] }, wrapUpSeconds: 30 },
      { legId: LATER.uniqueid, member: { userIds: [people.bob] } },
    ]);
    expect(queue.waiting).toEqual([]);
  });

  it('says nothing of who talks when it cannot be told with whom', async () => {
    const { queue } = await readQueue(
      [queueMemberRow(ann, 'sales')],
      [callerChannel(CALLER, 'b1')],
    );
    expect(queue).not.toHaveProperty('connected');
  });

  it('does not take what Asterisk writes for an unknown number as one', async () => {
    const entry = { ...queueEntryRow(CALLER, 1), CallerIDNum: '<unknown>' };
    const { queue } = await readQueue([entry]);
    expect(queue.waiting).toMatchObject([{ callerNumber: '' }]);
  });

  it('that nobody has in the directory is left out, as ring groups are', async () => {
    under.wazo.state.amiRows.set('QueueStatus', [queueParams('grp-7'), queueParams('support')]);
    const { queues } = await read();
    expect(queues).toMatchObject([{ queueId: queueIds.support }]);
  });
});

describe('live legs', () => {
  it('are those of users in wazo-calld, and all others in Asterisk', async () => {
    under.wazo.state.calls = [
      { ...agentLeg(CALLER, ann, acme, 'Up'), on_hold: true },
      { ...agentLeg(LATER, bob, acme, 'Ringing'), user_uuid: acme },
    ];
    under.wazo.state.amiRows.set('CoreShowChannels', [callerChannel(CALLER)]);
    const { calls } = await read();
    expect(calls?.legs).toMatchObject([{ userId: people.ann, state: 'up', held: true }]);
    expect(calls?.otherLegIds).toEqual([CALLER.uniqueid]);
  });

  it('of a caller is answered when somebody of the conversation is', async () => {
    const own = { ...agentLeg(CALLER, ann, acme, 'Up'), is_caller: true, direction: 'internal' };
    const other = agentLeg(CALLER, bob, acme, 'Up');
    under.wazo.state.calls = [own, { ...other, status: 'Ringing' }];
    const before = await read();
    expect(before.calls?.legs[0]?.call).toMatchObject({ role: 'caller', answered: false });
    under.wazo.state.calls = [own, other];
    under.resync.directoryChanged();
    await under.pass(SECOND);
    const [after] = under.snapshots();
    expect(after?.calls?.legs[0]?.call).toMatchObject({ role: 'caller', answered: true });
  });
});

describe('logins, presences and settings', () => {
  it('an agent who is logged in to no queue serves none', async () => {
    const [annsLogin, bobsLogin] = [agentLogin(ann, acme), agentLogin(bob, acme)];
    under.wazo.state.agentStatuses = [
      { ...annsLogin, queues: [{ id: 7, name: 'sales', logged: false }] },
      { ...bobsLogin, queues: undefined },
    ];
    const { agents } = await read();
    expect(agents).toMatchObject([
      { member: { userIds: [people.ann] }, loggedIn: false },
      { member: { userIds: [people.bob] }, loggedIn: true },
    ]);
  });

  it('are put together by user', async () => {
    const { state } = under.wazo;
    state.presences = [
      presenceRow(people.ann, acme, { state: 'away', status: 'lunch', do_not_disturb: true }),
    ];
    state.users = [
      fakeUser(people.ann, acme, 'Ann', {
        services: { dnd: { enabled: true }, incallfilter: { enabled: false } },
        forwards: { busy: { enabled: true, destination: '2000' } },
      }),
      fakeUser(acme, acme, 'Nobody of ours'),
    ];
    const { users = [] } = await read();
    const found = users.filter((user): user is ExistingUserSnapshot => user.exists);
    expect(found).toMatchObject([
      {
        userId: people.ann,
        presence: { availability: 'Away', note: 'lunch', terminals: { 1: true } },
        doNotDisturb: { enabled: true, source: 'wazo-chatd' },
        settings: [
          { setting: 'services.dnd', enabled: true },
          { setting: 'services.incallfilter', enabled: false },
          { setting: 'forwards.busy', enabled: true, destination: '2000' },
        ],
      },
    ]);
  });
});
