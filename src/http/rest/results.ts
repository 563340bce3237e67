import type { FieldError } from '../problem.js';

/** What a handler answers. */
export type Result = Success | Failure;

interface Success {
  readonly status: 200 | 201 | 204;
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Failure {
  readonly status: 400 | 403 | 404 | 409 | 412 | 428 | 429 | 503;
  /** For the client: what to do; never internals. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The resource. */
export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): Result {
  return { status: 200, body, headers };
}

/** The resource, new at that path. */
export function created(
  body: unknown,
  location: string,
  headers: Readonly<Record<string, string>> = {},
): Result {
  return { status: 201, body, headers: { ...headers, location } };
}

/** Done, and there is nothing to say. */
export const noContent: Result = { status: 204 };

/** Also the answer for what the caller may not see, so that ids cannot be probed. */
export function notFound(what: string): Result {
  return { status: 404, detail: `There is no such ${what}, or you may not see it.` };
}

/** The caller may see it, and no more. */
export function forbidden(detail: string): Result {
  return { status: 403, detail };
}

/** The request's own fields are wrong; all of them are named. */
export function invalid(...errors: readonly FieldError[]): Result {
  return { status: 400, detail: 'The request has wrong fields.', errors };
}
