import { describe, expect, it } from 'vitest';
import { demoDirectoryFile, parseDirectory } from '../../../src/directory/index.js';
import { ids, smallDirectory, testOptions } from './directory-fixture.js';

async function parsed(json: unknown, options = testOptions) {
  const result = await parseDirectory(json, options);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

async function faultsOf(json: unknown, options = testOptions) {
  const result = await parseDirectory(json, options);
  return result.ok ? [] : result.faults;
}

async function pathsOf(json: unknown) {
  return (await faultsOf(json)).map(({ path }) => path);
}

describe('a right file', () => {
  it("fills in Wazo's ids from ours", async () => {
    const { directory } = await parsed(smallDirectory());
    expect(directory.organizations.get(ids.acme)?.wazo).toEqual({ tenantUuid: ids.acme });
    expect(directory.users.get(ids.anna)?.wazo).toEqual({
      userUuid: ids.anna,
      agentIds: [],
      interfaces: [],
      lineIds: [],
    });
    expect(directory.queues.get(ids.sales)?.wazo).toEqual({ queueName: 'Sales', wrapUpSeconds: 0 });
  });

  it('keeps the ids that the file gives', async () => {
    const file = smallDirectory();
    const wazo = {
      userUuid: ids.callbacks.toUpperCase(),
      agentIds: [42],
      interfaces: ['PJSIP/a'],
      lineIds: [7],
    };
    const withWazo = { ...file, users: [{ ...file.users[0], wazo }, ...file.users.slice(1)] };
    const { directory } = await parsed(withWazo);
    expect(directory.users.get(ids.anna)?.wazo).toEqual({ ...wazo, userUuid: ids.callbacks });
  });

  it('takes guids in any letter case and gives them in lower case', async () => {
    const shouted = JSON.parse(
      JSON.stringify(smallDirectory()).replaceAll(/[ab]{8}-[-0-9]+/gu, (id) => id.toUpperCase()),
    ) as unknown;
    const { directory } = await parsed(shouted);
    expect([...directory.users.keys()]).toEqual([ids.anna, ids.ben, ids.olga]);
    expect(directory.queues.get(ids.sales)?.members).toEqual([ids.anna]);
  });

  it('finds users by login name in any letter case', async () => {
    const { directory } = await parsed(smallDirectory());
    expect(directory.userByName('ANNA')?.id).toBe(ids.anna);
    expect(directory.userByName('nobody')).toBeUndefined();
  });

  it('accepts portsip blocks', async () => {
    const file = smallDirectory();
    const organizations = [
      { ...file.organizations[0], portsip: { tenantId: '7' } },
      file.organizations[1],
    ];
    expect(await faultsOf({ ...file, organizations })).toEqual([]);
  });

  it("keeps a queue's number, id and wrap-up on a PortSIP PBX; its own number is the default", async () => {
    const {
      queues: [sales],
      ...file
    } = smallDirectory();
    const queuesOf = async (portsip: object) => {
      const { directory } = await parsed({ ...file, queues: [{ ...sales, portsip }] });
      return directory.queues.get(sales?.id ?? '')?.portsip;
    };
    expect(await queuesOf({})).toEqual({ queueNumber: sales?.number });
    const whole = { queueNumber: '600', queueId: '712345678901234501', wrapUpSeconds: 15 };
    expect(await queuesOf(whole)).toEqual(whole);
  });

  it('needs neither queues nor call lists', async () => {
    expect(await faultsOf({ organizations: [], users: [] })).toEqual([]);
  });
});

describe('faults and their paths', () => {
  const file = smallDirectory();
  const [anna, ben, olga] = file.users;
  const [sales] = file.queues;
  const [callbacks] = file.callLists;
  const missing = 'cccccccc-0000-4000-8000-000000000099';

  it.each([
    ['no object', 7, ['']],
    ['a missing section', { organizations: [] }, ['users']],
    ['an unknown key at the top', { ...file, colour: 'red' }, ['colour']],
    [
      'an unknown key of a user',
      { ...file, users: [{ ...anna, colour: 1 }, ben, olga] },
      ['users[0].colour'],
    ],
    [
      'an id that is no guid',
      { ...file, users: [anna, ben, { ...olga, id: '12' }] },
      ['users[2].id'],
    ],
    [
      'the zero guid',
      { ...file, users: [anna, ben, { ...olga, id: '00000000-0000-0000-0000-000000000000' }] },
      ['users[2].id'],
    ],
    [
      'an unknown role',
      { ...file, users: [anna, { ...ben, role: 'boss' }, olga] },
      ['users[1].role'],
    ],
    [
      'an empty user name',
      { ...file, users: [{ ...anna, userName: ' ' }, ben, olga] },
      ['users[0].userName'],
    ],
    [
      'a repeated id',
      { ...file, users: [anna, ben, { ...olga, id: ids.anna.toUpperCase() }] },
      ['users[2].id', 'users[2].wazo.userUuid'],
    ],
    [
      'an id of another kind',
      { ...file, queues: [{ ...sales, id: ids.ben }], callLists: [] },
      ['queues[0].id'],
    ],
    [
      'a repeated user name',
      { ...file, users: [anna, ben, { ...olga, userName: 'ANNA' }] },
      ['users[2].userName'],
    ],
    [
      'a repeated Wazo user',
      { ...file, users: [anna, { ...ben, wazo: { userUuid: ids.anna } }, olga] },
      ['users[1].wazo.userUuid'],
    ],
    [
      'a repeated tenant',
      {
        ...file,
        organizations: [
          file.organizations[0],
          { ...file.organizations[1], wazo: { tenantUuid: ids.acme } },
        ],
      },
      ['organizations[1].wazo.tenantUuid'],
    ],
    [
      'a repeated queue name',
      { ...file, queues: [sales, { ...sales, id: missing }] },
      ['queues[1].wazo.queueName'],
    ],
    [
      'a repeated Wazo queue id',
      {
        ...file,
        queues: [
          { ...sales, wazo: { queueId: 3 } },
          { ...sales, id: missing, name: 'B', wazo: { queueId: 3 } },
        ],
      },
      ['queues[1].wazo.queueId'],
    ],
    [
      'an unknown organization',
      { ...file, users: [anna, ben, { ...olga, organizationId: missing }] },
      ['users[2].organizationId'],
    ],
    [
      'an unknown member',
      { ...file, queues: [{ ...sales, members: [missing] }] },
      ['queues[0].members[0]'],
    ],
    [
      'a foreign member',
      { ...file, queues: [{ ...sales, members: [ids.anna, ids.olga] }] },
      ['queues[0].members[1]'],
    ],
    [
      'a foreign supervisor',
      { ...file, queues: [{ ...sales, supervisors: [ids.olga] }] },
      ['queues[0].supervisors[0]'],
    ],
    [
      'a member listed twice',
      { ...file, queues: [{ ...sales, members: [ids.anna, ids.anna] }] },
      ['queues[0].members[1]'],
    ],
    [
      'an unknown queue of a list',
      { ...file, callLists: [{ ...callbacks, queueIds: [missing] }] },
      ['callLists[0].queueIds[0]'],
    ],
    [
      'a foreign queue of a list',
      { ...file, callLists: [{ ...callbacks, organizationId: ids.other }] },
      ['callLists[0].queueIds[0]'],
    ],
    [
      'an unknown cause to collect',
      { ...file, callLists: [{ ...callbacks, collect: ['busy'] }] },
      ['callLists[0].collect[0]'],
    ],
    [
      'a due time below a second',
      { ...file, callLists: [{ ...callbacks, dueAfterSeconds: 0 }] },
      ['callLists[0].dueAfterSeconds'],
    ],
    [
      'both password forms',
      { ...file, users: [{ ...anna, password: 'a', passwordHash: 'hashed a' }, ben, olga] },
      ['users[0].password'],
    ],
    [
      'a hash of wrong form',
      { ...file, users: [{ ...anna, passwordHash: 'md5' }, ben, olga] },
      ['users[0].passwordHash'],
    ],
  ])('%s', async (_fault, json, paths) => {
    expect(await pathsOf(json)).toEqual(paths);
  });

  it('faults of form and of reference come in the same report', async () => {
    const json = {
      ...file,
      users: [{ ...anna, role: 'boss' }, ben, { ...olga, organizationId: missing }],
      queues: [{ ...sales, number: 7, members: [missing] }],
    };
    expect(await pathsOf(json)).toEqual([
      'users[0].role',
      'queues[0].number',
      'users[2].organizationId',
      'queues[0].members[0]',
    ]);
  });

  it('an entry of wrong form still counts as there for those who refer to it', async () => {
    const json = { ...file, users: [{ ...anna, displayName: 7 }, ben, olga] };
    expect(await pathsOf(json)).toEqual(['users[0].displayName']);
  });
});

function withPassword() {
  const file = smallDirectory();
  return { ...file, users: file.users.map((user) => ({ ...user, password: 'open sesame' })) };
}

describe('passwords', () => {
  it('a plain password is hashed and warned of, without being quoted', async () => {
    const { directory, warnings } = await parsed(withPassword());
    expect(directory.users.get(ids.anna)?.passwordHash).toMatch(/^hashed open sesame /u);
    expect(warnings.map(({ path }) => path)).toEqual(['users']);
    expect(JSON.stringify(warnings)).not.toContain('sesame');
  });

  it('a plain password is refused in production', async () => {
    const faults = await faultsOf(withPassword(), { ...testOptions, production: true });
    expect(faults.map(({ path }) => path)).toEqual([0, 1, 2].map((i) => `users[${i}].password`));
    expect(JSON.stringify(faults)).not.toContain('sesame');
  });

  it('a user without password has no hash', async () => {
    const { directory } = await parsed(smallDirectory());
    expect(directory.users.get(ids.anna)).not.toHaveProperty('passwordHash');
  });
});

describe('the demo directory', () => {
  it('is right, and has the cast that the simulator plays with', async () => {
    const { directory } = await parsed(demoDirectoryFile);
    const users = [...directory.users.values()];
    const agents = users.filter(({ role }) => role === 'agent');
    expect(agents.map(({ wazo }) => wazo.agentIds)).toEqual([
      [1],
      [2],
      [3],
      [4],
      [5],
      [6],
      [7],
      [8],
    ]);
    expect(agents[0]?.wazo.interfaces).toEqual(['PJSIP/demo01']);
    expect(users.filter(({ role }) => role !== 'agent').map(({ userName }) => userName)).toEqual([
      'demo',
      'admin',
    ]);
    const queues = [...directory.queues.values()];
    expect(queues.map(({ wazo }) => wazo.queueName)).toEqual(['sales', 'support']);
    const [sales, support] = queues.map(({ members }) => new Set(members));
    expect([...(sales ?? [])].filter((id) => support?.has(id))).toHaveLength(2);
    expect(new Set([...(sales ?? []), ...(support ?? [])]).size).toBe(8);
    expect(directory.callLists.size).toBe(2);
  });
});
