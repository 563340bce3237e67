import { describe, expect, it } from 'vitest';
import type { RestMisbehaviour } from '../../../../support/fake-portsip/rest-faults.js';
import { failureOf, givenRest, onlyTenant } from './rest-under-test.js';

const USERS = /^\/users$/u;

/** Reads the users of a PBX that misbehaves. */
async function failureWith(misbehaviour: RestMisbehaviour) {
  const under = await givenRest({ timeoutMs: 500, maxAnswerBytes: 5000 });
  const acme = await onlyTenant(under);
  under.pbx.rest.faults.add(USERS, misbehaviour);
  return { ...under, error: await failureOf(acme.users()) };
}

describe('a call that fails says where, why and what to do', () => {
  it.each<[number, string, string]>([
    [400, 'rejected', 'report it with its version'],
    [403, 'refused', 'the role of that user'],
    [404, 'not-found', 'check PORTSIP_API_URL, which ends in /api'],
    [500, 'failed', 'look into the log of the PBX'],
    [503, 'starting', 'the PBX starts'],
    [302, 'garbage', 'check that PORTSIP_API_URL is a PortSIP PBX'],
  ])('status %i is %s', async (status, problem, remedy) => {
    const { error, outcomes } = await failureWith({ kind: 'status', status });
    expect(error.message).toContain(`PortSIP /users: ${problem} (${status}): `);
    expect(error.message).toContain(remedy);
    expect(outcomes.at(-1)).toBe(problem);
  });

  it("with the PBX's word for it, but not with its sentences", async () => {
    const errors = [{ code: 'LICENSE_EXPIRED', message: 'secret of wilma' }];
    const body = JSON.stringify({ errors });
    const { error } = await failureWith({ kind: 'status', status: 402, body });
    expect(error.message).toContain('rejected (402 LICENSE_EXPIRED)');
    expect(JSON.stringify([error.message, error.fault])).not.toContain('secret');
  });

  it.each<[string, RestMisbehaviour, string]>([
    ['a connection that is cut', { kind: 'cut' }, 'unreachable'],
    ['an answer that does not come', { kind: 'hang' }, 'no answer within 500 ms'],
    ['HTML', { kind: 'garbage', body: '<html>' }, 'garbage (200), the answer is not JSON'],
    ['no list', { kind: 'garbage', body: '{"items":7}' }, 'garbage (200)'],
    ['too much', { kind: 'garbage', body: 'x'.repeat(6000) }, 'longer than 5000 bytes'],
  ])('%s', async (_name, misbehaviour, words) => {
    const { error } = await failureWith(misbehaviour);
    expect(error.message).toContain(words);
    expect(error.message).toContain('PORTSIP_API_URL');
  });

  it('a call that runs when the hub stops is given up', async () => {
    const under = await givenRest();
    const acme = await onlyTenant(under);
    under.pbx.rest.faults.add(USERS, { kind: 'hang' });
    const asking = failureOf(acme.users());
    const closing = under.rest.close();
    expect((await asking).problem).toBe('stopped');
    await closing;
  });
});

/** What the client makes of an answer to `GET /users`. */
async function usersOf(body: unknown) {
  const under = await givenRest();
  const acme = await onlyTenant(under);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  under.pbx.rest.faults.add(USERS, { kind: 'garbage', body: text }, 1);
  return acme.users();
}

describe('what is not as it should be', () => {
  it('costs the entity, not the others; numbers may be text and text numbers', async () => {
    const { items, unreadable } = await usersOf(
      '{"count":"3","items":[{"id":812345678901234201,"extension_number":201,"enabled":"1"},{"name":"nobody"},7]}',
    );
    expect(items).toMatchObject([
      { extensionId: '812345678901234201', extensionNumber: '201', enabled: true },
    ]);
    expect(unreadable).toHaveLength(2);
  });

  it('a list without count, or without anything around it, is a list', async () => {
    const one = { id: '812345678901234201' };
    expect((await usersOf([one])).items).toHaveLength(1);
    // The page after it is asked for, and shows the fake's own four users from the second on.
    expect((await usersOf({ items: [one] })).items.length).toBeGreaterThan(1);
  });

  it('a list without end is cut, and that is told', async () => {
    const under = await givenRest();
    const acme = await onlyTenant(under);
    const body = JSON.stringify({ count: 1_000_000, items: [{ id: '812345678901234201' }] });
    under.pbx.rest.faults.add(USERS, { kind: 'garbage', body });
    const { items, unreadable } = await acme.users();
    expect(items).toHaveLength(100);
    expect(unreadable).toEqual(['what comes after 100 pages']);
  });
});
