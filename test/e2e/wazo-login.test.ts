import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { amqpUrl, type HubOnBus, startHubOnBus } from '../support/broker-test.js';
import { IDS } from '../support/e2e-directory.js';
import { DORA_ID, startAcmesWazo } from '../support/fake-wazo/e2e-wazo.js';
import { addToken } from '../support/fake-wazo/fake-auth.js';
import type { FakeWazo } from '../support/fake-wazo/fake-wazo.js';
import type { FakeLogin, FakeToken } from '../support/fake-wazo/state.js';
import { RteClient } from '../support/rte-client.js';
import { presence } from '../support/wazo-events.js';

const tokenAnswer = z.object({ Url: z.string(), Token: z.string() });

/** The directory's supervisor, with leave to see users but not the colleague, and no queue. */
const SUPERVISOR: FakeLogin = {
  username: 'supervisor',
  password: 'wazo secret',
  uuid: IDS.supervisor,
  tenantUuid: IDS.acme,
  acl: ['calld.#', 'events.rte.users.#', `!events.rte.*.${IDS.colleague}.#`],
};

/** Whom only Wazo has, with leave to see herself. */
const DORA: FakeLogin = {
  ...SUPERVISOR,
  username: 'dora',
  uuid: DORA_ID,
  acl: ['events.rte.users.me.*'],
};

describe.skipIf(amqpUrl === '')("a login of Wazo's", () => {
  let fake: FakeWazo;
  let running: HubOnBus;
  const clients: RteClient[] = [];

  beforeAll(async () => {
    fake = await startAcmesWazo();
    fake.state.logins.push(SUPERVISOR, DORA);
    running = await startHubOnBus({ wazo: fake });
  });

  afterAll(async () => {
    for (const client of clients) await client.stop();
    await running.stop();
    await fake.close();
  });

  async function connect(url: string, token: string): Promise<RteClient> {
    const client = await RteClient.connectWith(url, token);
    clients.push(client);
    return client;
  }

  /** The hub's token for a token of Wazo's. */
  async function exchange({ token }: FakeToken): Promise<z.infer<typeof tokenAnswer>> {
    const headers = { 'X-Auth-Token': token };
    const answer = await fetch(`${running.hub.url}/token/me/rte/`, { headers });
    return tokenAnswer.parse(await answer.json());
  }

  it('may subscribe to what its rules and its role grant, and gets only that', async () => {
    const { Url, Token } = await exchange(addToken(fake.state, SUPERVISOR));
    const client = await connect(Url, Token);
    const results = await client.subscribe(
      [IDS.agent, 'UserStatus'],
      [IDS.colleague, 'UserStatus'],
      [IDS.sales, 'QueueStatus'],
      [IDS.stranger, 'UserStatus'],
    );
    expect(results.map(({ subscribed, message }) => [subscribed, message])).toEqual([
      [true, null],
      [false, 'Unauthorized'],
      [false, 'Unauthorized'],
      [false, 'Unauthorized'],
    ]);
    await running.bus.publish(presence(IDS.colleague));
    await running.bus.publish(presence(IDS.agent));
    await client.waitFor('UserStatus', IDS.agent, { serviceTerminals: 1 });
    expect(client.received('UserStatus', IDS.colleague)).toEqual([]);
  });

  it('by password is for whom only Wazo has', async () => {
    const { Url, Token } = await running.hub.token('dora', 'me', DORA.password);
    const client = await connect(Url, Token);
    const results = await client.subscribe([DORA_ID, 'UserStatus'], [IDS.agent, 'UserStatus']);
    expect(results.map(({ subscribed }) => subscribed)).toEqual([true, false]);
  });

  it('that is revoked ends the connection and the token, and no other', async () => {
    const revoked = addToken(fake.state, SUPERVISOR);
    const { Url, Token } = await exchange(revoked);
    const client = await connect(Url, Token);
    const other = await exchange(addToken(fake.state, SUPERVISOR));
    const witness = await connect(other.Url, other.Token);
    const closed = new Promise<Error | undefined>((resolve) => client.connection.onclose(resolve));
    await running.bus.publish({
      name: 'auth_session_deleted',
      data: { uuid: revoked.sessionUuid, user_uuid: IDS.supervisor, tenant_uuid: IDS.acme },
    });
    expect(String(await closed)).toContain('The login was revoked.');
    await expect(RteClient.connectWith(Url, Token)).rejects.toThrow('401');
    expect(await witness.connection.invoke('ActiveSubscriptions')).toEqual([]);
    await connect(other.Url, other.Token);
  });
});
