import { describe, expect, it } from 'vitest';
import { entityGuid } from '../../../../src/contact-center/index.js';
import type { WazoConfiguration } from '../../../../src/sources/wazo/configuration/configuration.js';
import { foundDirectory } from '../../../../src/sources/wazo/configuration/found-directory.js';
import type {
  ConfdAgent,
  ConfdQueue,
  ConfdUser,
} from '../../../../src/sources/wazo/rest/wazo-confd.js';

const ORIGIN = 'cc5d0d76-687e-40a7-81cf-75e0540d1787';
const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const ANNA = 'aaaaaaaa-0000-4000-8000-000000000011';
const BEN = 'aaaaaaaa-0000-4000-8000-000000000012';

type Line = ConfdUser['lines'][number];

function found(changes: Partial<WazoConfiguration>) {
  return foundDirectory({
    originUuid: ORIGIN,
    tenants: [],
    users: [],
    agents: [],
    queues: [],
    schedules: [],
    unreadable: [],
    ...changes,
  });
}

function user(uuid: string, changes: Partial<ConfdUser> = {}): ConfdUser {
  return { uuid, tenant_uuid: TENANT, lines: [], ...changes };
}

function queue(changes: Partial<ConfdQueue> = {}): ConfdQueue {
  return {
    id: 7,
    tenant_uuid: TENANT,
    name: 'sales',
    options: [],
    extensions: [],
    schedules: [],
    ...changes,
  };
}

function agent(changes: Partial<ConfdAgent> = {}): ConfdAgent {
  return { id: 42, number: '1042', queues: [], users: [], ...changes };
}

describe('a user of Wazo', () => {
  it.each<[string, Partial<ConfdUser>, string[], string]>([
    [
      'with all names',
      { firstname: 'Anna', lastname: 'Berg', username: 'anna', email: 'a@acme.example' },
      ['anna', 'a@acme.example', ANNA],
      'Anna Berg',
    ],
    ['with a first name', { firstname: 'Anna', lastname: null }, [ANNA], 'Anna'],
    ['with a login only', { username: 'anna' }, ['anna', ANNA], 'anna'],
    ['with blanks', { firstname: '', lastname: '', username: ' ' }, [ANNA], ANNA],
  ])('%s', (_name, changes, userNames, displayName) => {
    expect(found({ users: [user(ANNA, changes)] }).users[0]).toMatchObject({
      id: ANNA,
      organizationId: TENANT,
      userNames,
      displayName,
    });
  });

  it.each<[string, Line, string[]]>([
    ['a SIP endpoint', { id: 5, name: 'old', endpoint_sip: { name: 'abcd' } }, ['PJSIP/abcd']],
    ['a SIP endpoint of old', { id: 5, name: 'abcd', endpoint_sip: {} }, ['PJSIP/abcd']],
    ['an SCCP device', { id: 5, name: '1001', endpoint_sccp: { id: 1 } }, ['SCCP/1001']],
    [
      'a custom endpoint',
      { id: 5, name: 'x', endpoint_custom: { interface: 'Local/9@default' } },
      ['Local/9@default'],
    ],
    ['nothing', { id: 5 }, []],
  ])('has the interface of a line with %s', (_name, line, interfaces) => {
    const [one] = found({ users: [user(ANNA, { lines: [line] })] }).users;
    expect(one?.wazo).toEqual({ userUuid: ANNA, agentIds: [], interfaces, lineIds: [5] });
  });

  it.each<[string, Partial<WazoConfiguration>]>([
    ['the agent', { users: [user(ANNA)], agents: [agent({ users: [{ uuid: ANNA }] })] }],
    ['the user', { users: [user(ANNA, { agent: { id: 42 } })], agents: [agent()] }],
    [
      'both',
      { users: [user(ANNA, { agent: { id: 42 } })], agents: [agent({ users: [{ uuid: ANNA }] })] },
    ],
  ])('is the agent that %s tells', (_name, configuration) => {
    expect(found(configuration).users[0]?.wazo?.agentIds).toEqual([42]);
  });
});

describe('a queue of Wazo', () => {
  it('has the ids that wazo/bus.md lays down, its label, extension and wrap-up', () => {
    const { queues, callLists } = found({
      queues: [
        queue({
          label: 'Sales',
          extensions: [{ exten: null }, { exten: '3001' }],
          options: [
            ['wrapuptime', '15'],
            ['timeout', '20'],
          ],
        }),
      ],
    });
    const id = entityGuid(ORIGIN, 'queue:7');
    expect(queues).toEqual([
      {
        id,
        organizationId: TENANT,
        name: 'Sales',
        number: '3001',
        members: [],
        wazo: { queueId: 7, queueName: 'sales', wrapUpSeconds: 15 },
      },
    ]);
    expect(callLists).toEqual([
      {
        id: entityGuid(ORIGIN, 'calllist:7'),
        organizationId: TENANT,
        name: 'Sales',
        queueId: id,
        collect: ['abandoned', 'overflow'],
      },
    ]);
  });

  it.each([['-3'], ['soon'], ['']])('takes %j for no wrap-up', (text) => {
    const [one] = found({ queues: [queue({ options: [['wrapuptime', text]] })] }).queues;
    expect(one).toMatchObject({ name: 'sales', number: '', wazo: { wrapUpSeconds: 0 } });
  });

  it('has the users of its agents, as queue or agent tells, and its own, each once', () => {
    const users = [{ uuid: ANNA }];
    const [one] = found({
      agents: [agent({ users, queues: [{ id: 7 }] }), agent({ id: 43, users: [{ uuid: BEN }] })],
      queues: [queue({ members: { agents: [{ id: 42 }, { id: 43 }], users } })],
    }).queues;
    expect(one?.members).toEqual([ANNA, BEN]);
  });

  it('has the opening hours of its schedule', () => {
    const schedules = [
      {
        id: 3,
        timezone: 'Europe/Paris',
        open_periods: [
          { hours_start: '08:00', hours_end: '17:59', week_days: [1, 2], months: [1] },
          { hours_start: '20:00', hours_end: '19:00' },
          { hours_start: 'noon', hours_end: '24:00' },
        ],
        exceptional_periods: [{ hours_start: '00:00', hours_end: '23:59', month_days: [24] }],
      },
    ];
    const [one] = found({ schedules, queues: [queue({ schedules: [{ id: 3 }] })] }).queues;
    expect(one?.schedule).toEqual({
      timeZone: 'Europe/Paris',
      open: [{ from: 480, to: 1080, weekDays: [1, 2], months: [1] }],
      closed: [{ from: 0, to: 1440, monthDays: [24] }],
    });
  });

  it.each([
    ['disabled', { timezone: 'Europe/Paris', enabled: false }],
    ['without a time zone', { timezone: null }],
    ['in a time zone that nobody knows', { timezone: 'Mars/Phobos' }],
  ])('has no opening hours of a schedule that is %s', (_name, changes) => {
    const schedules = [{ id: 3, open_periods: [], exceptional_periods: [], ...changes }];
    const [one] = found({ schedules, queues: [queue({ schedules: [{ id: 3 }] })] }).queues;
    expect(one).not.toHaveProperty('schedule');
  });
});

it('a tenant has its name, else its slug, else its uuid', () => {
  const tenants = [
    { uuid: TENANT, name: 'Acme', slug: 'acme' },
    { uuid: ANNA, name: '', slug: 'slug' },
    { uuid: BEN, name: null },
  ];
  expect(found({ tenants }).organizations.map(({ name }) => name)).toEqual(['Acme', 'slug', BEN]);
});
