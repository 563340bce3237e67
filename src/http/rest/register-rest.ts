import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requestBase } from '../endpoint-urls.js';
import { requireLogin } from '../login.js';
import { sendProblem } from '../problem.js';
import { accepts } from './accept.js';
import { createDocuments } from './documents/create-documents.js';
import { entityTag, isKnown } from './entity-tag.js';
import type { Operation, RawRequest } from './operation.js';
import { restOperations } from './operations/all.js';
import type { Result } from './results.js';
import type { RestCaller, RestOptions, RestServices } from './services.js';

const JSON_TYPE = 'application/json';

const givenParameters = z.record(z.string(), z.string());
const pathParameters = z.record(z.string(), z.string().toLowerCase());

/** Serves all operations of the REST interface. */
export function registerRest(server: FastifyInstance, options: RestOptions): void {
  const operations = restOperations();
  const services = { ...options, documents: createDocuments(operations, options) };
  for (const one of operations) registerOperation(server, one, services);
}

function registerOperation(
  server: FastifyInstance,
  one: Operation,
  options: RestOptions & RestServices,
): void {
  const callers = new WeakMap<FastifyRequest, RestCaller>();
  server.route({
    method: one.method,
    url: one.path.replaceAll(/\{(\w+)\}/gu, ':$1'),
    // Before the body is read: nobody unknown has the hub read theirs.
    async onRequest(request, reply) {
      // Also refusals must not be kept by anything between us and the client.
      reply.header('cache-control', 'no-store');
      if (one.access === 'login') {
        const login = await requireLogin(request, reply, options.authenticator, options.metrics);
        if (login === undefined) return reply;
        callers.set(request, options.callerOf(login.user, login.terms, request.ip));
      }
      const { produces = JSON_TYPE } = one;
      if (accepts(request.headers.accept, produces)) return undefined;
      return sendProblem(reply, 406, `This path answers with ${produces} only.`);
    },
    async handler(request, reply) {
      const caller = callers.get(request);
      const result = await one.answer(rawRequestOf(request, options), options, caller);
      return send(request, reply, one, result);
    },
  });
}

function rawRequestOf(request: FastifyRequest, { publicUrl }: RestOptions): RawRequest {
  return {
    params: pathParameters.parse({ ...Object(request.params) }),
    given: givenParameters.parse({ ...Object(request.params) }),
    query: request.query,
    body: request.body,
    base: publicUrl ?? requestBase(request.protocol, request.host),
    address: request.ip,
    ifMatch: request.headers['if-match'],
  };
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  one: Operation,
  result: Result,
): FastifyReply {
  if (result.headers !== undefined) reply.headers(result.headers);
  if ('detail' in result) {
    const { status, detail, errors } = result;
    return sendProblem(reply, status, detail, errors);
  }
  reply.code(result.status);
  if (result.body === undefined) return reply.send();
  const text = typeof result.body === 'string' ? result.body : JSON.stringify(result.body);
  reply.type(`${one.produces ?? JSON_TYPE}; charset=utf-8`);
  if (one.entityTag !== true) return reply.send(text);
  const tag = result.headers?.['etag'] ?? entityTag(text);
  reply.header('etag', tag);
  return isKnown(request.headers['if-none-match'], tag)
    ? reply.code(304).removeHeader('content-type').send()
    : reply.send(text);
}
