import { expect, it } from 'vitest';
import {
  CONFIGURATION_PARTS,
  ConfigurationReader,
} from '../../../../../src/sources/portsip/configuration/configuration.js';
import { fakeExtension, fakeQueue } from '../../../../support/fake-portsip/model.js';
import { givenRest } from '../rest/rest-under-test.js';

const ALL = new Set(CONFIGURATION_PARTS);

async function givenReader() {
  const { pbx, rest } = await givenRest();
  const reader = new ConfigurationReader(rest);
  /** What was asked for since this was called last. */
  const news = () => pbx.rest.requests.splice(0).filter((one) => one.startsWith('GET'));
  return { pbx, rest, reader, news };
}

it('reads all, then only what is asked for; the rest is as it was', async () => {
  const { pbx, reader, news } = await givenReader();
  const sales = pbx.tenant.queues.get('601');
  if (sales === undefined) throw new Error('the fake PBX has no queue 601');
  sales.nightMode = true;
  for (const agent of sales.agents.values()) agent.state = 'LOGGED_OUT';
  const [first] = (await reader.read(ALL)).tenants;
  expect(first?.users).toHaveLength(4);
  expect(first?.queues).toMatchObject([
    {
      queueNumber: '600',
      wrapUpSeconds: 15,
      nightMode: false,
      state: 'ONLINE',
      agents: ['201', '202', '203'],
    },
    { queueNumber: '601', nightMode: true, state: 'OFFLINE', agents: ['202', '203'] },
  ]);
  news();
  pbx.tenant.extensions.set('204', fakeExtension('204', 'Pia'));
  pbx.tenant.queues.set('602', fakeQueue('602', 'Sales', ['204']));
  const [second] = (await reader.read(new Set(['users'] as const))).tenants;
  expect(second?.users).toHaveLength(5);
  expect(second?.queues).toEqual(first?.queues);
  expect(news()).toEqual(['GET /users']);
});

it('a queue that is gone between two calls costs nothing else', async () => {
  const { pbx, reader } = await givenReader();
  const { id } = pbx.tenant.queues.get('600') ?? { id: '' };
  pbx.rest.faults.add(new RegExp(`^/call_queues/${id}`, 'u'), { kind: 'status', status: 404 });
  const [tenant] = (await reader.read(ALL)).tenants;
  expect(tenant?.queues).toMatchObject([
    { queueNumber: '600', wrapUpSeconds: undefined, state: undefined, agents: [] },
    { queueNumber: '601', wrapUpSeconds: 15, agents: ['202', '203'] },
  ]);
});

it('one list that fails fails the read, and the next one has all', async () => {
  const { pbx, reader } = await givenReader();
  pbx.rest.faults.add(/agents$/u, { kind: 'status', status: 500 }, 1);
  await expect(reader.read(ALL)).rejects.toThrow(/PortSIP \/call_queues\/\d+\/agents: failed/u);
  expect((await reader.read(ALL)).tenants[0]?.queues).toHaveLength(2);
});

it('what could not be read is told by its section', async () => {
  const { pbx, reader } = await givenReader();
  const { id } = pbx.tenant.queues.get('601') ?? { id: '' };
  pbx.rest.faults.add(/^\/users$/u, { kind: 'garbage', body: '[{"id":"1"},{}]' });
  pbx.rest.faults.add(new RegExp(`/${id}/agents$`, 'u'), { kind: 'garbage', body: '[{},"x"]' });
  const { unreadable } = await reader.read(ALL);
  expect(unreadable.map(({ section, reason }) => `${section} ${reason}`)).toEqual([
    'users unreadable',
    'queues unreadable',
    'queues unreadable',
  ]);
});
