import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { AllowedMethods } from './allowed-methods.js';
import { sendProblem } from './problem.js';

/** Details that help a client, by status; every other error is explained by its title alone. */
const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request is malformed.',
  413: 'The body is too large.',
  415: 'Send the body as application/json.',
};

/** Answers a failed request. What was thrown is logged and never shown (CWE-209). */
export function handleError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = clientStatus(error.statusCode);
  if (status === undefined) {
    request.log.error({ err: error }, 'request failed');
    return sendProblem(reply, 500, 'The server failed to answer. The request may be tried again.');
  }
  request.log.debug({ err: error }, 'request refused');
  return sendProblem(reply, status, DETAILS[status]);
}

/** Answers a path that is not served, or not with that method (RFC 9110, section 15.5.6). */
export function notFoundHandler(allowed: Pick<AllowedMethods, 'of'>) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const methods = allowed.of(request.url.split('?', 1)[0] ?? '');
    // A route that takes the method has itself found that there is nothing.
    const isFree = methods.length === 0 || methods.includes(request.method);
    if (isFree) return sendProblem(reply, 404, 'There is nothing at this path.');
    const allow = methods.join(', ');
    return sendProblem(reply.header('allow', allow), 405, `This path takes ${allow}.`);
  };
}

function clientStatus(status: number | undefined): number | undefined {
  return status !== undefined && status >= 400 && status < 500 ? status : undefined;
}
