import { IDS } from '../e2e-directory.js';
import { fakeAgent, fakeQueue, fakeSipLine, fakeTenant, fakeUser } from './entities.js';
import { FakeWazo } from './fake-wazo.js';

/** Whom only Wazo has. */
export const DORA_ID = 'aaaaaaaa-0000-4000-8000-0000000000d0';

/** Dora's agent, a member of the queue that only Wazo has. */
export const DORA = { agentId: 50, userUuid: DORA_ID, queues: ['service'] };

/** Starts a Wazo with Acme's tenant: the agent and the queue of the file, and Dora with one of her own. */
export async function startAcmesWazo(): Promise<FakeWazo> {
  const fake = await FakeWazo.start();
  const { state } = fake;
  state.tenants = [fakeTenant(IDS.acme, 'acme-tenant')];
  state.users = [
    fakeUser(IDS.agent, IDS.acme, 'Agent', { lines: [fakeSipLine(1, 'agent1')] }),
    fakeUser(DORA_ID, IDS.acme, 'Dora', { lines: [fakeSipLine(2, 'dora1')] }),
  ];
  state.agents = [
    fakeAgent(42, IDS.acme, { users: [{ uuid: IDS.agent }], queues: [{ id: 7, name: 'sales' }] }),
    fakeAgent(50, IDS.acme, { users: [{ uuid: DORA_ID }], queues: [{ id: 20, name: 'service' }] }),
  ];
  state.queues = [
    fakeQueue(7, IDS.acme, 'sales'),
    fakeQueue(20, IDS.acme, 'service', { label: 'Service', extensions: [{ exten: '3020' }] }),
  ];
  return fake;
}
