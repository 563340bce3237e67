import type { Json } from './state.js';

/** What a handler answers; `body` goes out as JSON. */
export interface FakeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** One request, taken apart. */
export interface FakeRequest {
  readonly method: string;
  /** Parts of the path below the version. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The JSON body; an empty object without one. */
  readonly body: Json;
}

export const NOT_FOUND: FakeAnswer = { status: 404, body: { message: 'not found' } };

export function ok(body: unknown): FakeAnswer {
  return { status: 200, body };
}

/** One page of a list, as confd and auth cut it. */
export function page(entries: readonly Json[], query: URLSearchParams): FakeAnswer {
  const offset = Number(query.get('offset') ?? 0);
  const limit = query.has('limit') ? Number(query.get('limit')) : entries.length;
  return ok({
    items: entries.slice(offset, offset + limit),
    total: entries.length,
    filtered: entries.length,
  });
}

/**
 * The entries that a request sees: of all tenants with `recurse=true`, else of the tenant that
 * Wazo-Tenant names, else of the token's own.
 */
export function visible(
  entries: readonly Json[],
  { query, headers }: FakeRequest,
  ownTenant: string,
): readonly Json[] {
  const named = headers['wazo-tenant'];
  if (query.get('recurse') === 'true' && named === undefined) return entries;
  const tenant = named ?? ownTenant;
  return entries.filter((entry) => entry['tenant_uuid'] === tenant);
}
