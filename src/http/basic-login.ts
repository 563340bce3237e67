import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseBasicCredentials, type Authenticator } from '../identity/index.js';
import type { Metrics } from '../observability/index.js';
import { sendProblem } from './problem.js';

/** UTF-8 tells browsers how to encode names beyond ASCII (RFC 7617, section 2.1). */
const CHALLENGE = 'Basic realm="rte-hub", charset="UTF-8"';

/**
 * Finds out who sends a request, by Basic credentials. Answers the request itself when that is
 * nobody: 401 with a challenge, or 429 with Retry-After.
 * @returns the user, undefined when the request is answered
 */
export async function requireLogin<User>(
  request: FastifyRequest,
  reply: FastifyReply,
  authenticator: Authenticator<User>,
  metrics: Pick<Metrics, 'login'>,
): Promise<User | undefined> {
  const credentials = parseBasicCredentials(request.headers.authorization);
  if (credentials === undefined) {
    metrics.login('no-credentials');
    challenge(reply, 'Send Basic credentials: user name and password.');
    return undefined;
  }
  const result = await authenticator.login(request.ip, credentials);
  switch (result.kind) {
    case 'accepted':
      metrics.login('accepted');
      return result.user;
    case 'refused':
      metrics.login('refused');
      request.log.warn({ address: request.ip }, 'login refused');
      challenge(reply, 'The user name or the password is wrong.');
      return undefined;
    case 'throttled':
      metrics.login('throttled');
      reply.header('retry-after', String(result.retryAfterSeconds));
      sendProblem(reply, 429, 'Too many failed logins. Wait before the next attempt.');
      return undefined;
  }
}

function challenge(reply: FastifyReply, detail: string): void {
  reply.header('www-authenticate', CHALLENGE);
  sendProblem(reply, 401, detail);
}
