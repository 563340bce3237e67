import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../../directory/types.js';
import type { Authenticator } from '../../identity/index.js';
import type { Metrics } from '../../observability/index.js';
import { login } from '../login.js';
import { sendProblem } from '../problem.js';
import { readBody } from '../rest/read-input.js';
import { authUserBody } from '../rest/schemas.js';

/** What the route needs. */
export interface AuthUserRouteOptions {
  readonly authenticator: Authenticator<User>;
  readonly metrics: Pick<Metrics, 'login'>;
}

interface AuthUserRoute {
  readonly Params: { readonly userName: string };
}

/**
 * `POST /authuser/{userName}/`: gives who knows the password a secret key, to log in with from then
 * on instead (shared/rte/contract.md).
 */
export function registerAuthUserRoute(
  server: FastifyInstance,
  options: AuthUserRouteOptions,
): void {
  server.post<AuthUserRoute>('/authuser/:userName', (request, reply) =>
    answer(request, reply, options),
  );
}

async function answer(
  request: FastifyRequest<AuthUserRoute>,
  reply: FastifyReply,
  { authenticator, metrics }: AuthUserRouteOptions,
): Promise<FastifyReply> {
  // Also refusals must not be kept by anything between us and the client.
  reply.header('cache-control', 'no-store');
  const body = readBody(authUserBody, request.body);
  if (!body.ok) return sendProblem(reply, 400, WRONG_FIELDS, body.errors);
  const { UserName: userName, Password: password } = body.value;
  if (!isSameName(userName, request.params.userName)) {
    return sendProblem(reply, 400, WRONG_FIELDS, [OTHER_NAME]);
  }
  const credentials = { kind: 'password', userName, password } as const;
  const accepted = await login(request, reply, credentials, authenticator, metrics);
  if (accepted === undefined) return reply;
  const { user } = accepted;
  request.log.info({ userId: user.id }, 'secret key issued');
  return reply.send({
    UserID: user.id,
    SecretKey: authenticator.secretKey(user, credentials),
    UserName: user.userName,
    OrganizationID: user.organizationId,
  });
}

const WRONG_FIELDS = 'The request has wrong fields.';
const OTHER_NAME = { field: 'UserName', problem: 'is not the user of the path' };

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
