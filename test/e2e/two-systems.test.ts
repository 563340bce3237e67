import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PortsipIds } from '../../src/sources/portsip/portsip-ids.js';
import { amqpUrl, type HubOnBus, startHubOnBus, untilReady } from '../support/broker-test.js';
import { AGENT, IDS } from '../support/e2e-directory.js';
import { FakePbx } from '../support/fake-portsip/fake-pbx.js';
import {
  fakeExtension,
  fakeQueue,
  fakeTenant,
  TENANT_ADMIN,
} from '../support/fake-portsip/model.js';
import { portsipVariables } from '../support/fake-portsip/portsip-variables.js';
import { startAcmesWazo } from '../support/fake-wazo/e2e-wazo.js';
import type { FakeWazo } from '../support/fake-wazo/fake-wazo.js';
import { RteClient } from '../support/rte-client.js';
import { makeTokenMaker } from '../support/token-maker.js';
import { presence, queueCaller, queueMember, type Caller } from '../support/wazo-events.js';

/*
 * A hub between a Wazo and a PortSIP PBX that call everything alike: both have an Acme with a queue
 * `sales` and an `agent`. Each step ends with a sentinel: what came before it has been delivered,
 * or never will be.
 */

const ids = new PortsipIds('localhost');
const CALLER: Caller = { uniqueid: '1763683200.10', number: '+15551230000', queue: 'sales' };

/** Entities that a client was told of. */
function toldOf({ messages }: RteClient): string[] {
  return [...new Set(messages.map(({ data }) => String(data['entityId'])))];
}

describe.skipIf(amqpUrl === '')('a Wazo and a PortSIP PBX in one hub', () => {
  let wazo: FakeWazo;
  let pbx: FakePbx;
  let running: HubOnBus;
  /** The admin of Acme on Wazo, and Wilma, who serves the queue of Acme on the PBX. */
  let wazos: RteClient;
  let pbxs: RteClient;
  /** Entities of Acme on the PBX. */
  let their: Readonly<Record<'organization' | 'wilma' | 'agent' | 'sales' | 'list', string>>;

  const ours = new Set<string>([
    IDS.acme,
    IDS.admin,
    IDS.agent,
    IDS.colleague,
    IDS.supervisor,
    IDS.sales,
    IDS.salesCallbacks,
  ]);

  beforeAll(async () => {
    wazo = await startAcmesWazo();
    const wilma = fakeExtension('200', 'Wilma', { permissions: TENANT_ADMIN });
    const agent = fakeExtension('42', 'Agent');
    const sales = fakeQueue('3000', 'sales', ['42', '200']);
    const acme = fakeTenant('Acme', 'acme.example', [wilma, agent], [sales]);
    pbx = await FakePbx.start({ tenants: [acme] });
    their = {
      organization: ids.organization(acme.id),
      wilma: ids.user(wilma.id),
      agent: ids.user(agent.id),
      sales: ids.queue(sales.id),
      list: ids.callList(sales.id),
    };
    const maker = await makeTokenMaker();
    const variables = { ...portsipVariables(pbx), RTE_SIGNING_KEY: maker.signingKey };
    running = await startHubOnBus({ changes: variables, wazo });
    wazos = await RteClient.connect(running.hub, 'admin');
    const token = await maker.tokenOf({
      id: their.wilma,
      organizationId: their.organization,
    });
    pbxs = await RteClient.connectWith(`${running.hub.url}/rte`, token);
  });

  beforeEach(() => {
    wazos.forget();
    pbxs.forget();
  });

  afterAll(async () => {
    await Promise.all([wazos.stop(), pbxs.stop()]);
    await running.stop();
    await Promise.all([wazo.close(), pbx.stop()]);
  });

  /** Subscribes to all that both organizations have; what is granted is the caller's own. */
  async function subscribeToAll(client: RteClient): Promise<string[]> {
    const users = [IDS.agent, IDS.colleague, IDS.admin, their.agent, their.wilma];
    const results = await client.subscribe(
      ...users.flatMap((id) => [[id, 'UserStatus'] as const, [id, 'UserAvailability'] as const]),
      ...[IDS.sales, their.sales].map((id) => [id, 'QueueStatus'] as const),
      ...[IDS.salesCallbacks, their.list].map((id) => [id, 'CallbackChanged'] as const),
      ...[IDS.acme, their.organization].map((id) => [id, 'SourceStatus'] as const),
    );
    return [...new Set(results.filter((one) => one.subscribed).map(({ entityId }) => entityId))];
  }

  it('nobody may subscribe to anything of the other organization', async () => {
    expect((await subscribeToAll(wazos)).every((id) => ours.has(id))).toBe(true);
    expect((await subscribeToAll(pbxs)).sort()).toEqual(Object.values(their).sort());
  });

  it('what the PBX tells reaches its own organization only', async () => {
    const story = pbx.story();
    const session = story.callerEnters('3000', '33140506070', 'Ines');
    story.setsPresence('42', 'LUNCH', 'a note of the PBX');
    await pbxs.waitFor('UserAvailability', their.agent, { note: 'a note of the PBX' });
    await pbxs.waitFor('QueueStatus', their.sales, { nbrOfQueuingRequesters: 1 });
    await running.bus.publish(presence(IDS.agent, { status: 'a note of Wazo' }));
    await wazos.waitFor('UserAvailability', IDS.agent, { note: 'a note of Wazo' });
    expect(toldOf(wazos).every((id) => ours.has(id))).toBe(true);
    expect(JSON.stringify(wazos.messages)).not.toContain('33140506070');
    pbxs.forget();
    story.leavesUnanswered(session, 'hangup');
    await pbxs.waitFor('QueueStatus', their.sales, { nbrOfQueuingRequesters: 0 });
  });

  it('what Wazo tells reaches its own organization only', async () => {
    await running.bus.publish(
      queueMember('QueueMemberAdded', AGENT, 'sales'),
      queueCaller('QueueCallerJoin', CALLER),
    );
    await wazos.waitFor('QueueStatus', IDS.sales, { nbrOfQueuingRequesters: 1 });
    pbx.story().setsPresence('42', 'AWAY', 'the sentinel');
    await pbxs.waitFor('UserAvailability', their.agent, { note: 'the sentinel' });
    expect(toldOf(pbxs)).toEqual([their.agent]);
  });

  it('a system that is lost is told to its own organization only', async () => {
    pbx.cutConnections();
    await pbxs.waitFor('SourceStatus', their.organization, { sourceName: 'portsip', state: 'up' });
    await untilReady(running.hub);
    await running.bus.publish(presence(IDS.agent, { status: 'after the cut' }));
    await wazos.waitFor('UserAvailability', IDS.agent, { note: 'after the cut' });
    expect(wazos.received('SourceStatus', IDS.acme)).toEqual([]);
    expect(JSON.stringify(pbxs.messages)).not.toContain('wazo');
  });
});
