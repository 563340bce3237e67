import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Directory, User } from '../../directory/types.js';
import type { Authenticator, IssuedToken, TokenIssuer } from '../../identity/index.js';
import { requireLogin } from '../login.js';
import { endpointUrls, requestBase, type EndpointUrls } from '../endpoint-urls.js';
import { sendProblem } from '../problem.js';
import { requireSubject, type SubjectOptions } from './token-subject.js';

/** What the token route needs. */
export interface TokenRouteOptions extends SubjectOptions {
  readonly authenticator: Authenticator<User>;
  readonly tokens: TokenIssuer;
  /** The directory in force, asked for at each request. */
  readonly directory: () => Directory;
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
  const { userId } = request.params;
  const subject = requireSubject(reply, login, userId, options.directory(), options);
  if (subject === undefined) return reply;
  const base = options.publicUrl ?? requestBase(request.protocol, request.host);
  if (base === undefined) return sendProblem(reply, 400, 'The Host header is not a host.');
  // What binds the caller binds them also as somebody else; their role is not that one's.
  const { role: _, ...binding } = terms;
  const issued = await options.tokens.issue(subject, subject === caller ? terms : binding);
  const { id: tokenId } = issued;
  request.log.info({ userId: subject.id, callerId: caller.id, tokenId }, 'token issued');
  return reply.send(tokenAnswer(endpointUrls(base, options.endpointScheme), issued, options));
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
