import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { createRest } from '../../../../src/wallboard/shell/rest.js';

const rest = createRest({ base: new URL('https://hub.example/rte-hub/') });

describe('a page of a list', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['</queues?Limit=2&Cursor=b>; rel="next"', '/queues?Limit=2&Cursor=b'],
    [undefined, undefined],
  ])('with the Link header %s is followed by %s', async (link, next) => {
    const headers = { 'content-type': 'application/json', ...(link === undefined ? {} : { link }) };
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('["a"]', { headers })));
    const page = await rest.getPage('/queues?Limit=2', z.array(z.string()));
    expect(page).toMatchObject({ body: ['a'], next });
  });
});
