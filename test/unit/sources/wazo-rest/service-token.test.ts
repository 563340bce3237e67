import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeWazo } from '../../../support/fake-wazo/fake-wazo.js';
import { failureOf, restOf, type RestUnderTest } from './rest-under-test.js';

let fake: FakeWazo;
let client: RestUnderTest;

beforeEach(async () => {
  fake = await FakeWazo.start();
  client = restOf(fake);
});
afterEach(async () => {
  await client.rest.close();
  await fake.close();
});

it('calls at the same time share one login, and later ones its token', async () => {
  await Promise.all([client.rest.confd.queues(), client.rest.confd.users(), client.rest.tenants()]);
  await client.rest.confd.agents();
  expect(fake.state.tokensIssued).toBe(1);
});

it('takes a new token after three quarters of its life, and never has two', async () => {
  await client.rest.confd.queues();
  client.time += 1800 * 750 - 1000;
  await client.rest.confd.queues();
  expect(fake.state.tokensIssued).toBe(1);
  client.time += 2000;
  await client.rest.confd.queues();
  expect(fake.state.tokensIssued).toBe(2);
  expect(fake.state.mostTokens).toBe(1);
});

it('a token that died in between is renewed, once for all who met it', async () => {
  await client.rest.confd.queues();
  fake.state.killTokens();
  await Promise.all([client.rest.confd.queues(), client.rest.confd.users()]);
  expect(fake.state.tokensIssued).toBe(2);
});

it('a service that refuses every token is told as refused, after one renewal', async () => {
  fake.faults.add({ service: 'confd', misbehaviour: { kind: 'status', status: 401 } });
  const error = await failureOf(client.rest.confd.queues());
  expect(error.fault).toMatchObject({ service: 'confd', problem: 'refused', status: 401 });
  expect(fake.state.tokensIssued).toBe(2);
});

it('wrong credentials are told with the remedy and without the password, and not tried again for ten seconds', async () => {
  client = restOf(fake, { password: 'not it' });
  const error = await failureOf(client.rest.confd.queues());
  expect(error.message).toBe(
    'wazo-auth /token: refused (401): check WAZO_USERNAME, WAZO_PASSWORD and the access rules of that user in wazo-auth',
  );
  await failureOf(client.rest.confd.users());
  expect(fake.requests).toEqual(['POST auth/token']);
  client.time += 10_001;
  await failureOf(client.rest.confd.users());
  expect(fake.requests).toHaveLength(2);
});

it('close gives the token back', async () => {
  await client.rest.confd.queues();
  expect(fake.state.tokens.size).toBe(1);
  await client.rest.close();
  expect(fake.state.tokens.size).toBe(0);
});

it('close does not mind a Wazo that is away', async () => {
  await client.rest.confd.queues();
  await fake.close();
  await client.rest.close();
  const [fields, message] = client.logger.debug.mock.calls[0] ?? [];
  expect(fields).toMatchObject({ err: { problem: 'unreachable' } });
  expect(message).toBe('token not given back, it will expire by itself');
  await fake.listen();
});
