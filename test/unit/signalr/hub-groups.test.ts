import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { closeReasons, hubMethod } from '../../../src/signalr/index.js';
import { Groups } from '../../../src/signalr/hub/groups.js';
import { LifetimeManager } from '../../../src/signalr/hub/lifetime-manager.js';
import type { HubUser } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { call, connect, HANDSHAKE } from './hub-harness.js';

const methods = {
  Join: hubMethod({ parameters: [z.string()], handler: (caller, name) => caller.join(name) }),
  Leave: hubMethod({ parameters: [z.string()], handler: (caller, name) => caller.leave(name) }),
  Say: hubMethod({
    parameters: [z.string(), z.string()],
    handler: (caller, group, text) =>
      caller.clients.group(group).except(caller.connectionId).send('said', text),
  }),
};
const said = (text: string) => JSON.stringify({ type: 1, target: 'said', arguments: [text] });

/** Connections c1, c2, … of one hub; each shakes hands and joins its groups. */
async function connectAll(...groups: readonly (readonly string[])[]) {
  const lifetime = new LifetimeManager<HubUser>();
  const all = groups.map((_, index) =>
    connect({ methods }, {}, { id: `u${index + 1}` }, { id: `c${index + 1}`, lifetime }),
  );
  for (const [index, one] of all.entries()) {
    const joins = (groups[index] ?? []).map((name) => call('Join', [name]));
    await one.receive(HANDSHAKE + joins.join(''));
  }
  const heard = async () => {
    await settle();
    return all.map(({ sent }) => sent().slice(1));
  };
  return { lifetime, all, heard };
}

describe('groups', () => {
  it('hear what is sent to them, and nobody else does', async () => {
    const { lifetime, heard } = await connectAll(['red'], ['blue', 'red'], []);
    lifetime.group('red').send('said', 'to red');
    lifetime.group('blue').send('said', 'to blue');
    lifetime.group('RED').send('said', 'to no one');
    expect(await heard()).toEqual([[said('to red')], [said('to red'), said('to blue')], []]);
  });

  it('can be addressed by a hub method, without its caller', async () => {
    const { all, heard } = await connectAll(['red'], ['red'], []);
    await all[0]?.receive(call('Say', ['red', 'hello']));
    expect(await heard()).toEqual([[], [said('hello')], []]);
  });

  it('hear each message once, however often a member joined, and no more after it left', async () => {
    const { lifetime, all, heard } = await connectAll(['red', 'red']);
    lifetime.group('red').send('said', 'one');
    await all[0]?.receive(call('Leave', ['red']) + call('Leave', ['never joined']));
    lifetime.group('red').send('said', 'two');
    expect(await heard()).toEqual([[said('one')]]);
  });

  it('lose a member with its connection, and are gone with their last', async () => {
    const { lifetime, all, heard } = await connectAll(['red', 'blue'], ['red']);
    expect(lifetime.groupCount).toBe(2);
    all[0]?.transport.listener?.closed(undefined);
    expect(lifetime.groupCount).toBe(1);
    lifetime.group('red').send('said', 'still');
    expect(await heard()).toEqual([[], [said('still')]]);
    all[0]?.hubConnection.join('red');
    all[1]?.hubConnection.abort();
    expect(lifetime.groupCount).toBe(0);
  });

  it('can be managed from outside', async () => {
    const { lifetime, heard } = await connectAll([], []);
    lifetime.connection('c2').join('red');
    lifetime.connection('c9').join('red');
    lifetime.group('red').send('said', 'one');
    lifetime.connection('c2').leave('red');
    lifetime.group('red').send('said', 'two');
    expect(await heard()).toEqual([[], [said('one')]]);
  });

  it('can be closed', async () => {
    const { lifetime, all } = await connectAll(['red'], []);
    lifetime.group('red').close(closeReasons.aborted);
    await settle();
    expect(all.map(({ transport }) => transport.closeCode)).toEqual([1000, undefined]);
  });

  it('of one connection are bounded', async () => {
    const groups = new Groups<object>(2);
    const member = {};
    for (const name of ['a', 'b', 'a']) groups.join(member, name);
    expect(() => groups.join(member, 'c')).toThrow('maximumGroupsPerConnection');
    groups.leave(member, 'a');
    groups.join(member, 'c');
    groups.leaveAll(member);
    expect(groups.count).toBe(0);
  });
});

describe('selections', () => {
  it.each<[string, (lifetime: LifetimeManager<HubUser>) => void, number[]]>([
    ['all', (clients) => clients.all().send('said', 'x'), [1, 2, 3]],
    ['all but two', (clients) => clients.all().except('c1', 'c3').send('said', 'x'), [2]],
    ['a user', (clients) => clients.user('u2').send('said', 'x'), [2]],
    ['a connection', (clients) => clients.connection('c3').send('said', 'x'), [3]],
    ['no such connection', (clients) => clients.connection('c9').send('said', 'x'), []],
    ['no such group', (clients) => clients.group('none').send('said', 'x'), []],
  ])('%s', async (_name, send, reached) => {
    const { lifetime, heard } = await connectAll([], [], []);
    send(lifetime);
    const lengths = (await heard()).map((messages) => messages.length);
    expect(lengths).toEqual([1, 2, 3].map((n) => (reached.includes(n) ? 1 : 0)));
  });
});
