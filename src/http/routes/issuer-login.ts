import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../../directory/types.js';
import {
  IdentityProviderError,
  parseCredentials,
  PROVIDER_RETRY_SECONDS,
  type Authenticator,
  type BegunLogin,
} from '../../identity/index.js';
import type { Metrics } from '../../observability/index.js';
import { requestBase } from '../endpoint-urls.js';
import { answerUnavailable, BASIC_CHALLENGE, login } from '../login.js';
import { sendProblem } from '../problem.js';
import { readBody } from '../rest/read-input.js';
import { issuerCodeBody } from '../rest/login-schemas.js';

/** The page that an issuer sends browsers back to. */
export const LOGIN_PAGE = '/login';

/** The login with an identity provider on the hub's pages. */
export interface IssuerSignIn {
  /** The text of its button. */
  readonly label: string;
  /** @throws IdentityProviderError when the provider does not say where its page is */
  begin(redirectUri: string): Promise<BegunLogin>;
  /** Ends a login; the answer says why the provider could not be told. */
  end(secretKey: string): Promise<string | undefined>;
}

/** What the routes need. */
export interface IssuerLoginOptions {
  readonly authenticator: Authenticator<User>;
  readonly metrics: Pick<Metrics, 'login'>;
  /** Undefined where people log in with passwords only. */
  readonly signIn: IssuerSignIn | undefined;
  /** Base of the URLs handed out, without trailing slash; undefined takes the request's host. */
  readonly publicUrl: string | undefined;
}

/**
 * How people log in on the hub's pages with an OpenID Connect issuer. The hub keeps nothing of a
 * login that was begun: state, nonce and verifier stay in the tab that began it, which sends them
 * back with the issuer's answer.
 */
export function registerIssuerLoginRoutes(
  server: FastifyInstance,
  options: IssuerLoginOptions,
): void {
  const { signIn } = options;
  server.get('/login/options', (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .send({ Issuer: signIn === undefined ? null : { Label: signIn.label } }),
  );
  if (signIn === undefined) return;
  const served = { ...options, signIn };
  server.post('/login/issuer', (request, reply) => begin(request, reply, served));
  server.post('/login/issuer/code', (request, reply) => finish(request, reply, served));
  server.delete('/login/issuer', (request, reply) => end(request, reply, served));
}

type Served = IssuerLoginOptions & { readonly signIn: IssuerSignIn };

async function begin(
  request: FastifyRequest,
  reply: FastifyReply,
  { signIn, publicUrl }: Served,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  const redirectUri = redirectUriOf(request, publicUrl);
  if (redirectUri === undefined) return sendProblem(reply, 400, NO_HOST);
  try {
    const { url, state, nonce, codeVerifier } = await signIn.begin(redirectUri);
    return reply.send({ Url: url, State: state, Nonce: nonce, CodeVerifier: codeVerifier });
  } catch (error) {
    if (!(error instanceof IdentityProviderError)) throw error;
    const { message: reason } = error;
    return answerUnavailable(request, reply, reason, PROVIDER_RETRY_SECONDS);
  }
}

async function finish(
  request: FastifyRequest,
  reply: FastifyReply,
  { authenticator, metrics, publicUrl }: Served,
): Promise<FastifyReply> {
  // Also refusals must not be kept by anything between us and the client.
  reply.header('cache-control', 'no-store');
  const redirectUri = redirectUriOf(request, publicUrl);
  if (redirectUri === undefined) return sendProblem(reply, 400, NO_HOST);
  const body = readBody(issuerCodeBody, request.body);
  if (!body.ok) return sendProblem(reply, 400, 'The request has wrong fields.', body.errors);
  const { Response: response, State: state, Nonce: nonce, CodeVerifier: codeVerifier } = body.value;
  const code = { kind: 'code', response, state, nonce, codeVerifier, redirectUri } as const;
  const accepted = await login(request, reply, code, authenticator, metrics);
  if (accepted === undefined) return reply;
  const { user, terms, secretKey } = accepted;
  if (secretKey === undefined) throw new Error('a login with a code has no secret key');
  const until = terms.notAfter === undefined ? null : new Date(terms.notAfter).toISOString();
  request.log.info({ userId: user.id, until }, 'logged in with the issuer');
  return reply.send({
    UserID: user.id,
    SecretKey: secretKey,
    UserName: user.userName,
    OrganizationID: user.organizationId,
  });
}

/** Who has the key may end it, and learns nothing of others: there is always nothing to say. */
async function end(
  request: FastifyRequest,
  reply: FastifyReply,
  { signIn }: Served,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  const { authorization } = request.headers;
  const given = parseCredentials({ authorization, authToken: undefined });
  if (given?.kind !== 'password') {
    reply.header('www-authenticate', BASIC_CHALLENGE);
    return sendProblem(reply, 401, 'Send the SecretKey that is to end, as Basic credentials.');
  }
  const untold = await signIn.end(given.password);
  if (untold !== undefined)
    request.log.warn({ reason: untold }, 'the issuer was not told of a logout');
  return reply.code(204).send();
}

function redirectUriOf(request: FastifyRequest, publicUrl: string | undefined): string | undefined {
  const base = publicUrl ?? requestBase(request.protocol, request.host);
  return base === undefined ? undefined : `${base}${LOGIN_PAGE}`;
}

const NO_HOST = 'The Host header is not a host.';
