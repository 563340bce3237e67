import { z } from 'zod';
import { readBody, readQuery } from './read-input.js';
import { forbidden, invalid, type Result } from './results.js';
import type { RestCaller, RestServices } from './services.js';

/** What a request brought, not checked yet. */
export interface RawRequest {
  /** Values of the path's parameters, in lower case: all that name something do so in any. */
  readonly params: Readonly<Record<string, string>>;
  /** The same as they were given: ids of connections differ by letter case. */
  readonly given: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  /** Base URL by which the client reached the hub; undefined when its Host header is no host. */
  readonly base: string | undefined;
  /** Where the request comes from. */
  readonly address: string;
  /** The header If-Match. */
  readonly ifMatch: string | undefined;
}

/** A checked request. */
export interface Input<Query, Body> extends Omit<RawRequest, 'query' | 'body'> {
  readonly query: Query;
  readonly body: Body;
}

/** How an answer's body looks. */
export type AnswerBody =
  | { readonly kind: 'one' | 'list'; readonly schema: z.ZodType }
  /** The own fields of an event, see event-fields.ts. */
  | { readonly kind: 'event' | 'event-list'; readonly name: string }
  /** Any JSON object. */
  | { readonly kind: 'object' }
  | { readonly kind: 'text' };

/** An answer as the OpenAPI document has it. */
export interface AnswerDoc {
  readonly description: string;
  readonly body?: AnswerBody;
}

/** What an operation is called and what may come of it. */
interface Description {
  /** The OpenAPI operationId. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With parameters in braces, as OpenAPI has them. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What is answered when it is done, by status. */
  readonly success: Readonly<Record<number, AnswerDoc>>;
  /** Problems besides those that every operation of its kind has, by status. */
  readonly problems?: Readonly<Record<number, string>>;
  /** Whether a GET answers with an ETag, and 304 to who has that already. */
  readonly entityTag?: boolean;
  /** Whether it takes If-Match: `required` is refused without it. */
  readonly precondition?: 'optional' | 'required';
  /** The media type of a success; JSON unless told. */
  readonly produces?: string;
}

interface Schemas<Query, Body> {
  /** Parameters that it does not have are refused. */
  readonly query: z.ZodObject & z.ZodType<Query>;
  readonly body: z.ZodType<Body>;
}

/** The query of an operation that has no parameters in it. */
export const noQuery = z.strictObject({});

/** The body of an operation that looks at none. */
export const noBody = z.unknown().transform(() => undefined);

/** One method of one path, as it is documented. */
export interface DescribedOperation extends Description, Schemas<unknown, unknown> {
  /** Whether it has no problems but those described, as it is not served like the others. */
  readonly hasOwnProblemsOnly?: boolean;
  /** Whether only who has logged in is served. */
  readonly access: 'login' | 'open';
}

/** One method of one path: how it is documented and what it does. */
export interface Operation extends DescribedOperation {
  /** @param caller there unless the access is open */
  answer(
    request: RawRequest,
    services: RestServices,
    caller: RestCaller | undefined,
  ): Result | Promise<Result>;
}

interface OpenSpec<Query, Body> extends Description, Schemas<Query, Body> {
  handle(input: Input<Query, Body>, services: RestServices): Result | Promise<Result>;
}

interface LoginSpec<Query, Body> extends Description, Schemas<Query, Body> {
  handle(
    input: Input<Query, Body> & { readonly caller: RestCaller },
    services: RestServices,
  ): Result | Promise<Result>;
}

/** Defines an operation that anybody may ask for. */
export function openOperation<Query, Body>(spec: OpenSpec<Query, Body>): Operation {
  return {
    ...spec,
    access: 'open',
    answer: (request, services) =>
      withInput(spec, request, (input) => spec.handle(input, services)),
  };
}

/** Defines an operation for who has logged in. */
export function operation<Query, Body>(spec: LoginSpec<Query, Body>): Operation {
  return {
    ...spec,
    access: 'login',
    answer(request, services, caller) {
      if (caller === undefined) throw new Error(`${spec.id} was asked without a login`);
      return withInput(spec, request, (input) => spec.handle({ ...input, caller }, services));
    },
  };
}

/** Defines an operation for administrators. Nobody else learns even whether their request is right. */
export function adminOperation<Query, Body>(spec: LoginSpec<Query, Body>): Operation {
  const forAll = operation(spec);
  return {
    ...forAll,
    problems: { 403: NOT_FOR_YOU, ...spec.problems },
    answer(request, services, caller) {
      if (caller?.isAdministrator === true) return forAll.answer(request, services, caller);
      if (caller !== undefined) services.administration.notAdministrator(caller, request.address);
      return forbidden(NOT_FOR_YOU);
    },
  };
}

const NOT_FOR_YOU = 'Only an administrator of the organization may do that.';

/** Hands the checked request on; one with wrong fields is answered with all of them. */
function withInput<Query, Body>(
  schemas: Schemas<Query, Body>,
  request: RawRequest,
  handle: (input: Input<Query, Body>) => Result | Promise<Result>,
): Result | Promise<Result> {
  const query = readQuery(schemas.query, request.query);
  const body = readBody(schemas.body, request.body);
  if (query.ok && body.ok) return handle({ ...request, query: query.value, body: body.value });
  return invalid(...(query.ok ? [] : query.errors), ...(body.ok ? [] : body.errors));
}
