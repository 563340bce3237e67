import { AbortError, HttpError, TimeoutError } from '@microsoft/signalr';
import { describe, expect, it } from 'vitest';
import { HubHttpClient } from '../../../src/client/hub-http-client.js';

function setUp(...answers: (() => Response | Promise<Response>)[]) {
  const requests: { readonly url: string; readonly init: RequestInit }[] = [];
  let asked = 0;
  const client = new HubHttpClient({
    fetch: (url, init) => {
      requests.push({ url, init });
      const answer = answers.shift();
      if (answer === undefined) return hanging(init.signal);
      return Promise.resolve(answer());
    },
    now: () => 0,
    token: () => Promise.resolve(`token ${String((asked += 1))}`),
  });
  return { client, requests };
}

/** A request that ends when it is called off. */
function hanging(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    const onAbort = () => reject(new Error('aborted'));
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
  });
}

const headersOf = (init: RequestInit | undefined) => Object.fromEntries(new Headers(init?.headers));

describe('requests of a connection', () => {
  it('carry the token of the moment, whatever an earlier request had', async () => {
    const { client, requests } = setUp(
      () => new Response('first'),
      () => new Response('second'),
    );
    const first = await client.get('http://hub.test/rte', {
      headers: { Authorization: 'Bearer old' },
    });
    expect([first.statusCode, first.content]).toEqual([200, 'first']);
    await client.post('http://hub.test/rte', { content: 'a message' });
    expect(requests.map(({ init }) => headersOf(init)['authorization'])).toEqual([
      'Bearer token 1',
      'Bearer token 2',
    ]);
    expect(requests[1]?.init).toMatchObject({ method: 'POST', body: 'a message' });
    expect(headersOf(requests[1]?.init)['content-type']).toBe('text/plain;charset=UTF-8');
  });

  it('bring the cookies of a balancer back, also to the WebSocket', async () => {
    const cookies = { 'set-cookie': 'node=a; Path=/; HttpOnly' };
    const { client, requests } = setUp(
      () => new Response('', { headers: cookies }),
      () => new Response(''),
    );
    await client.post('http://hub.test/rte/negotiate');
    expect(client.getCookieString('ws://hub.test/rte')).toBe('node=a');
    await client.get('http://hub.test/rte');
    expect(headersOf(requests[1]?.init)['cookie']).toBe('node=a');
  });

  it.each([
    [503, { 'retry-after': '5' }, { kind: 'passing', reason: 'hub-busy', retryAfterMs: 5_000 }],
    [429, {}, { kind: 'passing', reason: 'hub-busy' }],
    [401, {}, { kind: 'refused', reason: 'unauthorized' }],
    [403, {}, { kind: 'refused', reason: 'forbidden' }],
    [404, {}, { kind: 'passing', reason: 'hub-failed' }],
  ])('say what %i means, until the next one', async (status, headers, failure) => {
    const { client } = setUp(
      () => new Response('', { status, headers }),
      () => new Response(''),
    );
    await expect(client.get('http://hub.test/rte')).rejects.toBeInstanceOf(HttpError);
    expect(client.failure).toMatchObject(failure);
    await client.get('http://hub.test/rte');
    expect(client.failure).toBeUndefined();
  });

  it("end as Microsoft's transports expect: when they take too long, or are called off", async () => {
    const { client } = setUp();
    await expect(client.get('http://hub.test/rte', { timeout: 1 })).rejects.toBeInstanceOf(
      TimeoutError,
    );
    const abortSignal = { aborted: false, onabort: null as (() => void) | null };
    const called = client.get('http://hub.test/rte', { abortSignal });
    abortSignal.onabort?.();
    await expect(called).rejects.toBeInstanceOf(AbortError);
    const early = client.get('http://hub.test/rte', {
      abortSignal: { aborted: true, onabort: null },
    });
    await expect(early).rejects.toBeInstanceOf(AbortError);
  });
});
