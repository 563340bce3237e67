import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PortsipIds } from '../../src/sources/portsip/portsip-ids.js';
import { readiness, untilReady } from '../support/broker-test.js';
import { FakePbx } from '../support/fake-portsip/fake-pbx.js';
import { fakeExtension, fakeQueue, idleAgent } from '../support/fake-portsip/model.js';
import { portsipVariables } from '../support/fake-portsip/portsip-variables.js';
import { RteClient } from '../support/rte-client.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';
import { makeTokenMaker, type TokenMaker } from '../support/token-maker.js';

/** Long before the directory is read again without a reason. */
const SOON = { timeout: 10_000, interval: 20 };

const ids = new PortsipIds('localhost');

/** Resolves with the reasons of readiness as soon as one of them holds `words`. */
function reasonsWith(hub: TestHub, words: string): Promise<readonly string[]> {
  return vi.waitFor(async () => {
    const { reasons } = await readiness(hub);
    if (!reasons.join().includes(words)) throw new Error(reasons.join());
    return reasons;
  }, SOON);
}

/** Subscribes until the entity is there; rejects when that takes too long. */
function isThere(client: RteClient, entityId: string, event: string): Promise<boolean> {
  return vi.waitFor(async () => {
    const [result] = await client.subscribe([entityId, event]);
    if (result?.subscribed !== true) throw new Error(JSON.stringify(result));
    return true;
  }, SOON);
}

describe('the directory of a PortSIP PBX alone', () => {
  let pbx: FakePbx;
  let hub: TestHub;
  let maker: TokenMaker;
  let mara: RteClient;
  /** Of readiness, while the PBX did not tell of its users. */
  let reasonsAtFirst: readonly string[];

  const userId = (number: string) => ids.user(pbx.tenant.extensions.get(number)?.id ?? '');
  const queueId = (number: string) => ids.queue(pbx.tenant.queues.get(number)?.id ?? '');

  async function connect(number: string): Promise<RteClient> {
    const organizationId = ids.organization(pbx.tenant.id);
    const token = await maker.tokenOf({ id: userId(number), organizationId });
    return RteClient.connectWith(`${hub.url}/rte`, token);
  }

  beforeAll(async () => {
    pbx = await FakePbx.start();
    maker = await makeTokenMaker();
    pbx.rest.faults.add(/^\/users$/u, { kind: 'status', status: 503 });
    hub = await startTestHub({
      ...portsipVariables(pbx),
      RTE_DIRECTORY: '',
      RTE_SIGNING_KEY: maker.signingKey,
    });
    reasonsAtFirst = await reasonsWith(hub, '/users');
    pbx.rest.faults.clear();
    await untilReady(hub);
    mara = await connect('201');
  });

  afterAll(async () => {
    await mara.stop();
    await hub.stop();
    await pbx.stop();
  });

  it('is told to be missing until it was read', () => {
    expect(reasonsAtFirst).toEqual([
      expect.stringContaining('the directory could not be read: PortSIP /users: starting (503)'),
    ]);
  });

  it('has its users and queues, and tells of them', async () => {
    const results = await mara.subscribe(
      [queueId('600'), 'QueueStatus'],
      [queueId('601'), 'QueueStatus'],
      [userId('202'), 'UserAvailability'],
    );
    expect(results.map(({ subscribed }) => subscribed)).toEqual([true, false, true]);
    pbx.story().setsPresence('202', 'LUNCH', 'back at one');
    await mara.waitFor('UserAvailability', userId('202'), {
      availability: 'BRB',
      note: 'back at one',
    });
  });

  it('a user and a queue made on the PBX can be subscribed to soon', async () => {
    const story = pbx.story();
    story.extensionIsMade(fakeExtension('204', 'Pia'));
    expect(await isThere(mara, userId('204'), 'UserAvailability')).toBe(true);
    story.setsPresence('204', 'AWAY');
    await mara.waitFor('UserAvailability', userId('204'), { availability: 'Away' });
    story.queueIsMade(fakeQueue('602', 'Returns', ['201']));
    expect(await isThere(mara, queueId('602'), 'QueueStatus')).toBe(true);
  });

  it('who begins to serve a queue can subscribe to it, also when the token died before', async () => {
    pbx.rest.endTokens('all');
    const sales = pbx.tenant.queues.get('601')?.agents ?? [];
    pbx
      .story()
      .queueIsChanged('601', { agents: new Map([...sales, ['201', idleAgent('READY', 0)]]) });
    expect(await isThere(mara, queueId('601'), 'QueueStatus')).toBe(true);
  });

  it('a queue whose night mode is switched on is told to be closed, and open again', async () => {
    const story = pbx.story();
    story.queueIsChanged('602', { nightMode: true });
    const closed = await mara.waitFor('QueueStatus', queueId('602'), { openStatus: 3 });
    expect(closed).toMatchObject({ nbrOfAgentsCheckedInQueue: 1 });
    mara.forget();
    story.queueIsChanged('602', { nightMode: false });
    await mara.waitFor('QueueStatus', queueId('602'), { openStatus: 5 });
  });

  it("a user's connection ends with the user", async () => {
    const otis = await connect('203');
    const closed = new Promise<Error | undefined>((resolve) => otis.connection.onclose(resolve));
    pbx.story().extensionIsDeleted('203');
    expect(String(await closed)).toContain('The user was removed.');
    const figures = await (await fetch(`${hub.url}/metrics`)).text();
    expect(figures).toMatch(
      /rte_source_rest_duration_seconds_count\{service="portsip",outcome="ok"\}/u,
    );
  });
});
