import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { RestError } from '../../../../src/wallboard/shell/rest-error.js';
import { createRest } from '../../../../src/wallboard/shell/rest.js';

const base = new URL('https://hub.example/rte-hub/');
const login = { userName: 'jörg', secretKey: 'rsk1_x' };
const user = z.object({ Id: z.string() });

type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** Has the hub answer so; what it was asked is in the calls of what is returned. */
function hubAnswers(answer: () => Promise<Response>) {
  const fetch = vi.fn<Fetch>(answer);
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  Promise.resolve(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    }),
  );

async function failureOf(asked: Promise<unknown>): Promise<RestError> {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RestError) return error;
  throw new Error(`no RestError: ${String(error)}`);
}

afterEach(() => vi.unstubAllGlobals());

describe('a request', () => {
  it('goes below the base of the hub, with the login as UTF-8 and no other credentials', async () => {
    const fetch = hubAnswers(() => json({ Id: 'a' }));
    await createRest({ base, login }).get('/users/me', user);
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url?.href).toBe('https://hub.example/rte-hub/users/me');
    expect(init?.credentials).toBe('omit');
    const { authorization = '' } = Object.fromEntries(new Headers(init?.headers));
    expect(Buffer.from(authorization.slice('Basic '.length), 'base64').toString()).toBe(
      'jörg:rsk1_x',
    );
  });

  it('that changes something says of which version', async () => {
    const fetch = hubAnswers(() => json({ Id: 'a' }));
    const change = { ifMatch: '"3"' };
    await createRest({ base, login }).patch('/callbacks/a', { Note: 'x' }, user, change);
    const [, init] = fetch.mock.calls[0] ?? [];
    expect([init?.method, init?.body]).toEqual(['PATCH', '{"Note":"x"}']);
    expect(new Headers(init?.headers).get('if-match')).toBe('"3"');
  });

  it('is answered with the body, and its ETag where asked for', async () => {
    hubAnswers(() => json({ Id: 'a', More: 1 }, 200, { etag: '"3"' }));
    const rest = createRest({ base, login });
    expect(await rest.getTagged('/users/me', user)).toMatchObject({
      body: { Id: 'a' },
      etag: '"3"',
    });
  });
});

describe('a request that fails', () => {
  const rest = createRest({ base, login });

  it('says what the hub says, and of which fields', async () => {
    const errors = [{ field: 'Note', problem: 'is too long' }];
    hubAnswers(() => json({ title: 'Bad Request', detail: 'Wrong fields.', errors }, 400));
    const error = await failureOf(rest.get('/users/me', user));
    expect(error).toMatchObject({ status: 400, message: 'Wrong fields.', errors });
  });

  it.each([
    ['the hub is away', () => Promise.reject(new TypeError('Failed to fetch')), 0],
    ['a proxy answers', () => Promise.resolve(new Response('<html>', { status: 502 })), 502],
    ['the answer is another than this page knows', () => json({ Id: 1 }), 200],
    ['the answer is no JSON', () => Promise.resolve(new Response('hello')), 200],
  ])('since %s has a text for people', async (_, answer, status) => {
    hubAnswers(answer);
    const error = await failureOf(rest.get('/users/me', user));
    expect(error.status).toBe(status);
    expect(error.message).not.toBe('');
  });

  it.each([
    [401, 1],
    [403, 0],
    [500, 0],
  ])('with %i ends the session: %i', async (status, times) => {
    hubAnswers(() => json({ title: 'No' }, status));
    const onUnauthorized = vi.fn<() => void>();
    await failureOf(createRest({ base, login, onUnauthorized }).get('/users/me', user));
    expect(onUnauthorized).toHaveBeenCalledTimes(times);
  });
});
