import { z } from 'zod';
import { noBody, type AnswerDoc, type DescribedOperation } from '../operation.js';
import type { EventCatalogue, JsonSchema } from '../services.js';
import { componentSchemas, inlineSchema, nameOf, refTo } from './component-schemas.js';
import { problemAnswers } from './problem-answers.js';

const JSON_TYPE = 'application/json';

const DESCRIPTION = `What is so in the contact center, beside the events that tell what changes.

- Paths match in any letter case, with or without a trailing slash; names of query parameters in any letter case. Unknown ones are refused.
- Everybody reads what they may subscribe to. What does not exist and what you may not see is 404 alike.
- Errors are problem details (RFC 9457); \`errors\` names every wrong field.
- Lists are in the order of the ids. With \`Limit\` they come in pages, and \`Link\` has the next one.
- Where an answer has an \`ETag\`, \`If-None-Match\` saves sending it again.`;

const TAGS: Readonly<Record<string, string>> = {
  Discovery: 'Where to go, for who knows only a login name.',
  Users: 'The users that you may see, and their states.',
  Availability: 'Whether users work, independent of calls.',
  Queues: 'The queues that you may see, and their counters.',
  'Call lists': 'The call lists that you may see.',
  Callbacks: 'Requests to call somebody back, and the work on them.',
  Events: 'What can be subscribed to.',
  Token: 'The way into the hub.',
  Administration: 'For administrators: what goes on in their own organization.',
  Documents: 'This document, and that of the hub.',
  Operations: 'For those who run the hub.',
};

const PARAMETERS: Readonly<Record<string, string>> = {
  userId: 'The id of a user; `me` is yourself.',
  userName: 'The login name of a user.',
  callListId: 'The id of a call list.',
  callbackId: 'The id of a callback request.',
  queueId: 'The id of a queue.',
  availabilityId: 'The `Id` of an availability that was set here.',
  eventName: 'The name of an event, in any letter case.',
  connectionId: 'The id of a connection; letter case counts.',
};

/** The OpenAPI 3.1 document of the operations. */
export function openApiDocument(
  operations: readonly DescribedOperation[],
  catalogue: EventCatalogue,
): JsonSchema {
  const used = new Set(operations.map(({ tag }) => tag));
  return {
    openapi: '3.1.1',
    info: {
      title: 'rte-hub',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The hub that serves this document.' }],
    security: [{ basic: [] }, { bearer: [] }, { authToken: [] }],
    tags: Object.entries(TAGS)
      .filter(([name]) => used.has(name))
      .map(([name, description]) => ({ name, description })),
    paths: pathsOf(operations),
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: 'User name and password.' },
        bearer: { type: 'http', scheme: 'bearer', description: 'A Wazo token, with WAZO_URL.' },
        authToken: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Auth-Token',
          description: 'A Wazo token, with WAZO_URL.',
        },
      },
      schemas: componentSchemas(catalogue, eventsIn(operations)),
    },
  };
}

function pathsOf(operations: readonly DescribedOperation[]): JsonSchema {
  const paths = new Map<string, JsonSchema>();
  for (const one of operations) {
    const others = paths.get(one.path) ?? {};
    paths.set(one.path, { ...others, [one.method.toLowerCase()]: operationObject(one) });
  }
  return Object.fromEntries(paths);
}

function operationObject(one: DescribedOperation): JsonSchema {
  const { id: operationId, tag, summary, description } = one;
  const parameters = [...pathParameters(one), ...queryParameters(one), ...preconditions(one)];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(one.access === 'open' ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(one.body === noBody ? {} : { requestBody: requestBody(one) }),
    responses: { ...successes(one), ...problemAnswers(one) },
  };
}

function pathParameters({ path }: DescribedOperation): JsonSchema[] {
  return [...path.matchAll(/\{(?<name>\w+)\}/gu)].map(({ groups }) => {
    const name = groups?.['name'] ?? '';
    const schema = { type: 'string' };
    return { name, in: 'path', required: true, description: PARAMETERS[name], schema };
  });
}

function preconditions({ precondition }: DescribedOperation): JsonSchema[] {
  if (precondition === undefined) return [];
  const description =
    'The ETag of what you have seen, so that you do not undo what others did meanwhile; `*` for whatever there is.';
  const required = precondition === 'required';
  return [{ name: 'If-Match', in: 'header', required, description, schema: { type: 'string' } }];
}

const objectSchema = z.object({
  properties: z.record(z.string(), z.looseObject({ description: z.string() })),
  required: z.array(z.string()).default([]),
});

function queryParameters({ query }: DescribedOperation): JsonSchema[] {
  const { properties, required } = objectSchema.parse(inlineSchema(query));
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description,
    schema,
  }));
}

function requestBody({ body }: DescribedOperation): JsonSchema {
  // A body that may be left out is a named schema in an optional one.
  const inner =
    body instanceof z.ZodOptional || body instanceof z.ZodNullable ? unwrap(body) : body;
  return {
    required: inner === body,
    content: { [JSON_TYPE]: { schema: refTo(nameOf(inner)) } },
  };
}

function unwrap(body: z.ZodType): z.ZodType {
  if (body instanceof z.ZodOptional || body instanceof z.ZodNullable) {
    const inner: unknown = body.unwrap();
    return inner instanceof z.ZodType ? unwrap(inner) : body;
  }
  return body;
}

function successes(one: DescribedOperation): JsonSchema {
  const answers = Object.entries(one.success).map(([status, answer]): [string, JsonSchema] => [
    status,
    success(one, answer),
  ]);
  const known = { 304: { description: 'You have it already.', headers: ETAG } };
  return { ...Object.fromEntries(answers), ...(one.entityTag === true ? known : {}) };
}

const ETAG = { ETag: { description: 'Names this state.', schema: { type: 'string' } } };
const LINK = {
  Link: { description: 'The next page, where there is one.', schema: { type: 'string' } },
};

function success(one: DescribedOperation, { description, body }: AnswerDoc): JsonSchema {
  const headers = {
    ...(one.entityTag === true || one.precondition !== undefined ? ETAG : {}),
    ...(Object.hasOwn(one.query.shape, 'Cursor') ? LINK : {}),
  };
  return {
    description,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { content: { [one.produces ?? JSON_TYPE]: contentOf(body) } }),
  };
}

function contentOf(body: NonNullable<AnswerDoc['body']>): JsonSchema {
  switch (body.kind) {
    case 'one':
      return { schema: refTo(nameOf(body.schema)) };
    case 'list':
      return { schema: { type: 'array', items: refTo(nameOf(body.schema)) } };
    case 'event':
      return { schema: refTo(body.name) };
    case 'event-list':
      return { schema: { type: 'array', items: refTo(body.name) } };
    case 'object':
      return { schema: { type: 'object' } };
    case 'text':
      return { schema: { type: 'string' } };
  }
}

function eventsIn(operations: readonly DescribedOperation[]): Set<string> {
  const bodies = operations.flatMap(({ success: answers }) =>
    Object.values(answers).map(({ body }) => body),
  );
  return new Set(
    bodies.flatMap((body) => (body !== undefined && 'name' in body ? [body.name] : [])),
  );
}
