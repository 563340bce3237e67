import { describe, expect, it } from 'vitest';
import type { Authorize, HubUser } from '../../../src/signalr/index.js';
import { hubMethod, streamMethod } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { call, connect, HANDSHAKE, streamCall } from './hub-harness.js';

const byAnn: Authorize<HubUser> = (caller) => caller.user.id === 'ann';
const secret = (authorize: Authorize<HubUser>) =>
  hubMethod<HubUser, []>({ parameters: [], authorize, handler: () => 'secret' });
const answer = (outcome: object) => JSON.stringify({ type: 3, invocationId: '1', ...outcome });
const refusal = answer({ error: "Failed to invoke 'Secret' because user is unauthorized" });

describe('who may call', () => {
  it.each<[string, HubUser, Authorize<HubUser>, string]>([
    ['the right user', { id: 'ann' }, byAnn, answer({ result: 'secret' })],
    ['another user', { id: 'bob' }, byAnn, refusal],
    [
      'the right user, after a look-up',
      { id: 'ann' },
      async (...given) => {
        await settle();
        return byAnn(...given);
      },
      answer({ result: 'secret' }),
    ],
    [
      'nobody while the rule fails',
      { id: 'ann' },
      () => {
        throw new Error('user store is down');
      },
      answer({ error: "An unexpected error occurred invoking 'Secret' on the server." }),
    ],
  ])('a method: %s', async (_name, user, rule, expected) => {
    const { receive, lastSent } = connect({ methods: { Secret: secret(rule) } }, {}, user);
    await receive(HANDSHAKE + call('Secret', [], '1'));
    await settle();
    expect(lastSent()).toBe(expected);
  });

  it.each<[string, Authorize<HubUser>, Authorize<HubUser>, string]>([
    ['both allow', () => true, () => true, answer({ result: 'secret' })],
    ['the hub refuses', () => false, () => true, refusal],
    ['the method refuses', () => true, () => false, refusal],
  ])('a hub and its method: %s', async (_name, ofHub, ofMethod, expected) => {
    const { receive, lastSent } = connect({
      methods: { Secret: secret(ofMethod) },
      authorize: ofHub,
    });
    await receive(HANDSHAKE + call('Secret', [], '1'));
    expect(lastSent()).toBe(expected);
  });

  it('the rule learns the name as the hub declares it', async () => {
    const asked: string[] = [];
    const { receive } = connect({
      methods: { Secret: secret(() => true) },
      authorize: (_caller, method) => asked.push(method) > 0,
    });
    await receive(HANDSHAKE + call('sECRET', [], '1') + call('Nope', [], '2'));
    expect(asked).toEqual(['Secret']);
  });

  it('the handler of a refused call never runs, and no argument of it is looked at', async () => {
    const ran: string[] = [];
    const look = { parse: (value: unknown) => ran.push(`parsed ${String(value)}`) };
    const guarded = hubMethod<HubUser, [number]>({
      parameters: [look],
      authorize: () => false,
      handler: () => ran.push('ran'),
    });
    const { receive, lastSent } = connect({ methods: { Secret: guarded } });
    await receive(HANDSHAKE + call('Secret', [1], '1'));
    expect(lastSent()).toBe(refusal);
    expect(ran).toEqual([]);
  });

  it('streams are guarded as well', async () => {
    const stream = streamMethod<HubUser, []>({
      parameters: [],
      authorize: () => false,
      handler: async function* () {},
    });
    const { receive, lastSent } = connect({ methods: { Secret: stream } });
    await receive(HANDSHAKE + streamCall('Secret', [], '1'));
    expect(lastSent()).toBe(refusal);
  });
});
