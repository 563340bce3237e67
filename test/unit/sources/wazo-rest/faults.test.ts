import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeWazo } from '../../../support/fake-wazo/fake-wazo.js';
import { fakeQueue } from '../../../support/fake-wazo/entities.js';
import type { Misbehaviour } from '../../../support/fake-wazo/faults.js';
import { failureOf, restOf, type RestUnderTest } from './rest-under-test.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';

let fake: FakeWazo;
let client: RestUnderTest;

beforeEach(async () => {
  fake = await FakeWazo.start();
  fake.state.queues = [fakeQueue(7, TENANT, 'sales')];
  client = restOf(fake, { timeoutMs: 500, maxAnswerBytes: 2000 });
});
afterEach(async () => {
  await client.rest.close();
  await fake.close();
});

function misbehave(misbehaviour: Misbehaviour, times?: number) {
  const limited = times === undefined ? {} : { times };
  fake.faults.add({ service: 'confd', resource: 'queues', misbehaviour, ...limited });
}

describe('what passes is tried again, four times at most', () => {
  it.each<[string, Misbehaviour, string]>([
    ['503 while a service starts', { kind: 'status', status: 503 }, 'starting'],
    ['502 of nginx', { kind: 'status', status: 502 }, 'starting'],
    ['500', { kind: 'status', status: 500 }, 'failed'],
    ['a connection that is cut', { kind: 'cut' }, 'unreachable'],
  ])('%s', async (_name, misbehaviour, problem) => {
    misbehave(misbehaviour, 3);
    expect((await client.rest.confd.queues()).items).toHaveLength(1);
    expect(client.waits).toEqual([200, 400, 800]);
    misbehave(misbehaviour);
    expect((await failureOf(client.rest.confd.queues())).problem).toBe(problem);
    expect(client.waits).toHaveLength(6);
    expect(client.outcomes.filter((outcome) => outcome === `confd ${problem}`)).toHaveLength(7);
  });

  it('waits as long as the service asks, with a bound', async () => {
    misbehave({ kind: 'status', status: 503, retryAfter: 2 }, 1);
    misbehave({ kind: 'status', status: 503, retryAfter: 3600 }, 1);
    await client.rest.confd.queues();
    expect(client.waits).toEqual([2000, 5000]);
  });
});

describe('what stays is told at once', () => {
  it.each<[number, string]>([
    [400, 'rejected'],
    [403, 'refused'],
    [404, 'not-found'],
    [302, 'garbage'],
  ])('status %i is %s', async (status, problem) => {
    misbehave({ kind: 'status', status });
    const { fault } = await failureOf(client.rest.confd.queues());
    expect(fault).toMatchObject({ service: 'confd', path: '/queues', problem, status });
    expect(client.waits).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['HTML', '<html>', 'the answer is not JSON'],
    ['another shape', '{"items": 7}', 'items: Invalid input: expected array, received number'],
    ['nothing', '', 'the answer is not JSON'],
  ])('%s in the place of an answer', async (_name, body, detail) => {
    misbehave({ kind: 'garbage', body });
    const { fault } = await failureOf(client.rest.confd.queues());
    expect(fault).toMatchObject({ problem: 'garbage', status: 200, detail });
  });

  it('an answer over the bound is given up', async () => {
    misbehave({ kind: 'garbage', body: 'x'.repeat(2001) });
    const { fault } = await failureOf(client.rest.confd.queues());
    expect(fault.detail).toBe('the answer is longer than 2000 bytes');
  });
});

it('a service that never answers is given up', async () => {
  client = restOf(fake, { timeoutMs: 30 });
  fake.faults.add({ misbehaviour: { kind: 'hang' } });
  const { fault } = await failureOf(client.rest.confd.queues());
  expect(fault).toMatchObject({ problem: 'unreachable', detail: 'no answer within 30 ms' });
});

it('nobody there is told with the address family left to Node', async () => {
  await fake.close();
  const { message } = await failureOf(client.rest.confd.queues());
  expect(message).toContain('wazo-auth /token: unreachable, connect ECONNREFUSED 127.0.0.1');
  await fake.listen();
});

it('close ends a call that waits for its answer', async () => {
  await client.rest.confd.agents();
  misbehave({ kind: 'hang' });
  const failure = failureOf(client.rest.confd.queues());
  await client.rest.close();
  expect((await failure).problem).toBe('stopped');
});

it('a queue that cannot be read is left out and told, the others stay', async () => {
  fake.state.queues.push({ id: 'x', tenant_uuid: TENANT, name: 'broken' });
  const { items, unreadable } = await client.rest.confd.queues();
  expect(items.map(({ name }) => name)).toEqual(['sales']);
  expect(unreadable).toEqual(['id: Invalid input']);
});
