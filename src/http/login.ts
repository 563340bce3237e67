import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  parseCredentials,
  type Authenticator,
  type Credentials,
  type LoginResult,
  type TokenTerms,
} from '../identity/index.js';
import type { Metrics } from '../observability/index.js';
import { sendProblem } from './problem.js';

/** UTF-8 tells browsers how to encode names beyond ASCII (RFC 7617, section 2.1). */
export const BASIC_CHALLENGE = 'Basic realm="rte-hub", charset="UTF-8"';

/** RFC 6750, section 3. */
const BEARER_CHALLENGE = 'Bearer realm="rte-hub"';
const INVALID_TOKEN = `${BEARER_CHALLENGE}, error="invalid_token"`;

/** Who sends a request. */
export interface Login<User> {
  readonly user: User;
  readonly terms: TokenTerms;
  /** What to log in with from now on, where it was a login with a code. */
  readonly secretKey?: string;
}

/**
 * Finds out who sends a request, by a user name and password or a token. Answers the request itself
 * when that is nobody: 401 with a challenge, 403 for who is known but not let in, 429 and 503 with
 * Retry-After.
 * @returns who it is, undefined when the request is answered
 */
export async function requireLogin<User>(
  request: FastifyRequest,
  reply: FastifyReply,
  authenticator: Authenticator<User>,
  metrics: Pick<Metrics, 'login'>,
): Promise<Login<User> | undefined> {
  const { takesTokens } = authenticator;
  const credentials = credentialsOf(request, takesTokens);
  if (credentials === undefined) {
    metrics.login('no-credentials');
    challenge(reply, takesTokens ? [BASIC_CHALLENGE, BEARER_CHALLENGE] : [BASIC_CHALLENGE]);
    const token = takesTokens ? ', or a token as Bearer or X-Auth-Token' : '';
    sendProblem(reply, 401, `Send Basic credentials: user name and password${token}.`);
    return undefined;
  }
  return login(request, reply, credentials, authenticator, metrics);
}

/**
 * Logs in with credentials. Answers the request itself when they are nobody's.
 * @returns who it is, undefined when the request is answered
 */
export async function login<User>(
  request: FastifyRequest,
  reply: FastifyReply,
  credentials: Credentials,
  authenticator: Authenticator<User>,
  metrics: Pick<Metrics, 'login'>,
): Promise<Login<User> | undefined> {
  const { takesTokens } = authenticator;
  const result = await authenticator.login(request.ip, credentials);
  metrics.login(result.kind);
  if (result.kind === 'accepted') return result;
  if (result.kind === 'refused') {
    const { kind } = credentials;
    const { reason, detail } = result;
    request.log.warn({ address: request.ip, credentials: kind, reason, detail }, 'login refused');
    const bearer = kind === 'token' ? INVALID_TOKEN : BEARER_CHALLENGE;
    challenge(reply, takesTokens ? [BASIC_CHALLENGE, bearer] : [BASIC_CHALLENGE]);
    sendProblem(reply, 401, REFUSALS[kind]);
  } else {
    answerFailure(request, reply, result);
  }
  return undefined;
}

/** Malformed credentials, and those of a scheme that is not offered, are none. */
function credentialsOf(request: FastifyRequest, takesTokens: boolean): Credentials | undefined {
  const { authorization, 'x-auth-token': authToken } = request.headers;
  const credentials = parseCredentials({
    authorization,
    authToken: takesTokens ? singleHeader(authToken) : undefined,
  });
  return credentials?.kind === 'token' && !takesTokens ? undefined : credentials;
}

/** Answers a login that failed for another reason than wrong credentials. */
function answerFailure<User>(
  request: FastifyRequest,
  reply: FastifyReply,
  result: Exclude<LoginResult<User>, { readonly kind: 'accepted' | 'refused' }>,
): void {
  switch (result.kind) {
    case 'not-admitted':
      request.log.warn({ address: request.ip, reason: result.reason }, 'login not admitted');
      sendProblem(reply, 403, result.detail);
      return;
    case 'throttled':
      reply.header('retry-after', String(result.retryAfterSeconds));
      sendProblem(reply, 429, 'Too many failed logins. Wait before the next attempt.');
      return;
    case 'unavailable':
      answerUnavailable(request, reply, result.reason, result.retryAfterSeconds);
      return;
  }
}

/**
 * Answers that the system that knows who somebody is can't be asked.
 * @param reason for logs
 */
export function answerUnavailable(
  request: FastifyRequest,
  reply: FastifyReply,
  reason: string,
  retryAfterSeconds: number,
): FastifyReply {
  request.log.warn({ address: request.ip, reason }, 'login not possible');
  reply.header('retry-after', String(retryAfterSeconds));
  return sendProblem(reply, 503, 'Who you are cannot be checked now. Try again later.');
}

const REFUSALS = {
  password: 'The user name or the password is wrong.',
  token: 'The token is wrong, expired or revoked. Get a new one.',
  code: 'The login with your identity provider was not finished, or was too old. Try again.',
} as const;

function challenge(reply: FastifyReply, schemes: string[]): void {
  reply.header('www-authenticate', schemes.length === 1 ? schemes[0] : schemes);
}

function singleHeader(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
