import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Directory, User } from '../../directory/types.js';
import type { Authenticator } from '../../identity/index.js';
import { requireLogin } from '../login.js';
import { sendProblem } from '../problem.js';
import { requireSubject, type SubjectOptions } from './token-subject.js';

/** What the routes need. */
export interface RevocationRouteOptions extends SubjectOptions {
  readonly authenticator: Authenticator<User>;
  /** The directory in force, asked for at each request. */
  readonly directory: () => Directory;
  /**
   * Revokes a user's tokens, or one of them, and closes the connections made with them.
   * @returns how many connections, once the revocation outlives a restart
   */
  readonly revoke: (userId: string, tokenId: string | undefined) => Promise<number>;
}

interface RevocationRoute {
  readonly Params: { readonly userId: string; readonly tokenId?: string };
}

const tokenIdSchema = z.guid().toLowerCase().optional();

/**
 * `DELETE /token/{userid}/rte/` revokes all tokens that a user has got so far,
 * `DELETE /token/{userid}/rte/{jti}` the one that has this `jti`. For oneself, and for administrators.
 */
export function registerRevocationRoutes(
  server: FastifyInstance,
  options: RevocationRouteOptions,
): void {
  for (const path of ['/token/:userId/rte', '/token/:userId/rte/:tokenId']) {
    server.delete<RevocationRoute>(path, (request, reply) => answer(request, reply, options));
  }
}

async function answer(
  request: FastifyRequest<RevocationRoute>,
  reply: FastifyReply,
  { authenticator, directory, revoke, ...told }: RevocationRouteOptions,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  const login = await requireLogin(request, reply, authenticator, told.metrics);
  if (login === undefined) return reply;
  const subject = requireSubject(reply, login, request.params.userId, directory(), told);
  if (subject === undefined) return reply;
  const tokenId = tokenIdSchema.safeParse(request.params.tokenId);
  if (!tokenId.success) {
    return sendProblem(reply, 400, 'What follows /rte/ is no id of a token: give its jti.');
  }
  const connections = await revoke(subject.id, tokenId.data);
  const who = { callerId: login.user.id, userId: subject.id, tokenId: tokenId.data };
  request.log.info({ ...who, connections }, 'tokens revoked');
  return reply.code(204).send();
}
