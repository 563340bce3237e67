import { describe, expect, it } from 'vitest';
import { ClockOffset } from '../../../src/client/clock-offset.js';
import { TokenSource } from '../../../src/client/token-source.js';
import { FakeHub, problem, tokenAnswer } from './fake-hub.js';

const { signal } = new AbortController();

function setUp(expiresIn: unknown = 600) {
  const hub = new FakeHub();
  hub.onToken = () =>
    tokenAnswer({ Token: `token ${String(hub.tokenRequests.length)}`, ExpiresIn: expiresIn });
  const tokens = new TokenSource({
    base: 'http://hub.test',
    credentials: { userName: 'anna', secret: 'secret' },
    environment: hub.environment,
    clock: new ClockOffset(),
  });
  return { hub, tokens };
}

describe('the token for a request of a connection', () => {
  it.each([
    [600, 569, 'token 1'],
    [600, 570, 'token 2'],
    [20, 9, 'token 1'],
    [20, 10, 'token 2'],
    [null, 86_400, 'token 1'],
  ])('that lives for %s s is after %i s: %s', async (life, seconds, expected) => {
    const { hub, tokens } = setUp(life);
    await tokens.renew(signal);
    hub.timers.advance(seconds * 1000);
    expect(await tokens.current(signal)).toBe(expected);
  });

  it('is fetched once for requests at the same moment', async () => {
    const { hub, tokens } = setUp();
    await tokens.renew(signal);
    hub.timers.advance(580_000);
    const both = await Promise.all([tokens.current(signal), tokens.current(signal)]);
    expect(both).toEqual(['token 2', 'token 2']);
    hub.timers.advance(580_000);
    expect(await tokens.current(signal)).toBe('token 3');
  });

  it('is the held one as long as it can be used, when the hub is busy', async () => {
    const { hub, tokens } = setUp();
    await tokens.renew(signal);
    hub.onToken = () => problem(503, 'busy');
    hub.timers.advance(599_999);
    expect(await tokens.current(signal)).toBe('token 1');
    hub.timers.advance(1);
    await expect(tokens.current(signal)).rejects.toMatchObject({ failure: { reason: 'hub-busy' } });
  });

  it('is none when the credentials are refused', async () => {
    const { hub, tokens } = setUp();
    await tokens.renew(signal);
    hub.onToken = () => problem(401, 'wrong');
    hub.timers.advance(580_000);
    await expect(tokens.current(signal)).rejects.toMatchObject({ failure: { kind: 'refused' } });
  });
});
