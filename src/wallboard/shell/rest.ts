import * as z from 'zod/mini';
import { text } from '../texts/index.js';
import { RestError } from './rest-error.js';

/** The hub's REST interface, as the person who is logged in. Every method throws RestError. */
export interface Rest {
  /** @param path below the hub's base, such as `/queues?OnlyForUser=me` */
  get<Body>(path: string, schema: z.ZodMiniType<Body>): Promise<Body>;
  /** The body together with its ETag, which a later change names as `ifMatch`. */
  getTagged<Body>(path: string, schema: z.ZodMiniType<Body>): Promise<Tagged<Body>>;
  /** A page of a list, and the path of the one after it. */
  getPage<Body>(path: string, schema: z.ZodMiniType<Body>): Promise<Page<Body>>;
  post<Body>(
    path: string,
    body: object,
    schema: z.ZodMiniType<Body>,
    options?: ChangeOptions,
  ): Promise<Body>;
  patch<Body>(
    path: string,
    body: object,
    schema: z.ZodMiniType<Body>,
    options?: ChangeOptions,
  ): Promise<Body>;
  delete(path: string, options?: ChangeOptions): Promise<void>;
}

/** An answer's body, and its ETag where it has one. */
export interface Tagged<Body> {
  readonly body: Body;
  readonly etag: string | undefined;
}

/** A page of a list. */
export interface Page<Body> {
  readonly body: Body;
  /** The path of the next page; undefined for the last one. */
  readonly next: string | undefined;
}

/** On which condition a change is made. */
export interface ChangeOptions {
  /** The ETag of what is changed; when it is another meanwhile, RestError has the status 412. */
  readonly ifMatch?: string | undefined;
}

/** What requests are sent with. */
export interface RestOptions {
  /** The hub's base, with a slash at the end. */
  readonly base: URL;
  /** Sent as Basic credentials; undefined for requests that need no login. */
  readonly login?: { readonly userName: string; readonly secretKey: string } | undefined;
  /** The login was refused (401). */
  readonly onUnauthorized?: (error: RestError) => void;
}

/** A hub that takes longer is as good as away; people wait no longer before they press again. */
const TIMEOUT_MS = 15_000;

const problemSchema = z.object({
  title: z.string(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ field: z.string(), problem: z.string() }))),
});

/** Makes the REST interface. */
export function createRest(options: RestOptions): Rest {
  const ask = async <Body>(
    method: string,
    path: string,
    schema: z.ZodMiniType<Body>,
    more: { readonly body?: object } & ChangeOptions = {},
  ): Promise<Tagged<Body> & Page<Body>> => {
    const response = await send(options, method, path, more);
    return {
      body: await readBody(response, schema),
      etag: response.headers.get('etag') ?? undefined,
      next: nextPage(response.headers.get('link') ?? ''),
    };
  };
  return {
    get: async (path, schema) => (await ask('GET', path, schema)).body,
    getTagged: (path, schema) => ask('GET', path, schema),
    getPage: (path, schema) => ask('GET', path, schema),
    post: async (path, body, schema, change) =>
      (await ask('POST', path, schema, { ...change, body })).body,
    patch: async (path, body, schema, change) =>
      (await ask('PATCH', path, schema, { ...change, body })).body,
    delete: async (path, change) => void (await send(options, 'DELETE', path, { ...change })),
  };
}

async function send(
  options: RestOptions,
  method: string,
  path: string,
  { body, ifMatch }: { readonly body?: object } & ChangeOptions,
): Promise<Response> {
  const response = await reach(new URL(path.replace(/^\//u, ''), options.base), {
    method,
    headers: {
      ...(options.login === undefined ? {} : { authorization: basic(options.login) }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // The browser's own login window must never cover a wall screen.
    credentials: 'omit',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return response;
  const error = await errorOf(response);
  if (error.status === 401) options.onUnauthorized?.(error);
  throw error;
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    const { away: title, awayDetail: detail } = text.shell.rest;
    throw new RestError({ status: 0, title, detail }, { cause });
  }
}

async function readBody<Body>(response: Response, schema: z.ZodMiniType<Body>): Promise<Body> {
  const parsed = z.safeParse(schema, await bodyOf(response));
  if (parsed.success) return parsed.data;
  const { unexpected: title, unexpectedDetail: detail } = text.shell.rest;
  throw new RestError({ status: response.status, title, detail }, { cause: parsed.error });
}

/** The hub's Link header has one entry (RFC 8288): `</queues?Cursor=…>; rel="next"`. */
function nextPage(link: string): string | undefined {
  return /<([^>]+)>;\s*rel="?next"?/u.exec(link)?.[1];
}

async function errorOf(response: Response): Promise<RestError> {
  const parsed = z.safeParse(problemSchema, await bodyOf(response));
  const { status, statusText } = response;
  if (parsed.success) return new RestError({ status, ...parsed.data });
  // Something between here and the hub has answered.
  return new RestError({ status, title: statusText === '' ? String(status) : statusText });
}

/** The JSON of the answer; undefined where it has none. */
async function bodyOf(response: Response): Promise<unknown> {
  if (response.headers.get('content-type')?.includes('json') !== true) return undefined;
  try {
    return await response.json();
  } catch (cause) {
    const { away: title, awayDetail: detail } = text.shell.rest;
    throw new RestError({ status: 0, title, detail }, { cause });
  }
}

/** User names may have any letters, which Basic carries as UTF-8 (RFC 7617, section 2.1). */
function basic({ userName, secretKey }: NonNullable<RestOptions['login']>): string {
  const bytes = new TextEncoder().encode(`${userName}:${secretKey}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
