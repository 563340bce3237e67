import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Directory, User } from '../../directory/types.js';
import type { Authenticator, IssuedToken, TokenIssuer } from '../../identity/index.js';
import type { Metrics } from '../../observability/index.js';
import { requireLogin, type Login } from '../login.js';
import { endpointUrls, requestBase, type EndpointUrls } from '../endpoint-urls.js';
import { sendProblem } from '../problem.js';

/** What the token route needs. */
export interface TokenRouteOptions {
  readonly authenticator: Authenticator<User>;
  readonly tokens: TokenIssuer;
  /** The directory in force, asked for at each request. */
  readonly directory: () => Directory;
  readonly metrics: Pick<Metrics, 'login'>;
  /** Base of the URLs handed out, without trailing slash; undefined takes the request's host. */
  readonly publicUrl: string | undefined;
  readonly endpointScheme: 'wss' | 'https';
  readonly legacyWssEndpoint: boolean;
}

interface TokenRoute {
  readonly Params: { readonly userId: string };
}

/** `GET /token/{userid}/rte/`: a token for the hub and where the hub is. */
export function registerTokenRoute(server: FastifyInstance, options: TokenRouteOptions): void {
  server.get<TokenRoute>('/token/:userId/rte', (request, reply) =>
    answerToken(request, reply, options),
  );
}

async function answerToken(
  request: FastifyRequest<TokenRoute>,
  reply: FastifyReply,
  options: TokenRouteOptions,
): Promise<FastifyReply> {
  // Also refusals must not be kept by anything between us and the client.
  reply.header('cache-control', 'no-store');
  const login = await requireLogin(request, reply, options.authenticator, options.metrics);
  if (login === undefined) return reply;
  const { user: caller, terms } = login;
  const subject = findSubject(login, request.params.userId, options.directory());
  if (typeof subject === 'number') {
    options.metrics.login('forbidden');
    return sendProblem(reply, subject, REFUSALS[subject]);
  }
  const base = options.publicUrl ?? requestBase(request.protocol, request.host);
  if (base === undefined) return sendProblem(reply, 400, 'The Host header is not a host.');
  // What binds the caller binds them also as somebody else; their role is not that one's.
  const { role: _, ...binding } = terms;
  const issued = await options.tokens.issue(subject, subject === caller ? terms : binding);
  request.log.info({ userId: subject.id, callerId: caller.id }, 'token issued');
  return reply.send(tokenAnswer(endpointUrls(base, options.endpointScheme), issued, options));
}

const REFUSALS = {
  403: 'Only an administrator of the same organization may get a token for another user.',
  404: 'There is no such user.',
} as const;

/**
 * Whom the token is for, or the status of the refusal. Who is no administrator gets 403 for every
 * other id, existing or not, so that ids cannot be probed.
 */
function findSubject(
  { user: caller, terms }: Login<User>,
  requested: string,
  directory: Directory,
): User | 403 | 404 {
  const id = requested.toLowerCase();
  if (id === 'me' || id === caller.id) return caller;
  if ((terms.role ?? caller.role) !== 'admin') return 403;
  const subject = directory.users.get(id);
  if (subject === undefined) return 404;
  return subject.organizationId === caller.organizationId ? subject : 403;
}

function tokenAnswer(
  { wssEndpoint, url }: EndpointUrls,
  { token, expiresIn }: IssuedToken,
  { legacyWssEndpoint }: TokenRouteOptions,
) {
  return {
    WssEndpoint: wssEndpoint,
    // Some JSON readers refuse keys that differ in letter case only, so this one is asked for.
    ...(legacyWssEndpoint ? { WSSEndpoint: wssEndpoint } : {}),
    Token: token,
    Url: url,
    ExpiresIn: expiresIn,
  };
}
