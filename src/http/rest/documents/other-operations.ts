import { noBody, noQuery, type DescribedOperation } from '../operation.js';
import { BODY_PROBLEMS, LOGIN_PROBLEMS } from './problem-answers.js';
import { begunLoginSchema, issuerCodeBody, loginOptionsSchema } from '../login-schemas.js';
import { authUserBody, authUserSchema, healthSchema, tokenSchema } from '../schemas.js';

const plain = { method: 'GET', query: noQuery, body: noBody, hasOwnProblemsOnly: true } as const;

const revocation = {
  method: 'DELETE',
  tag: 'Token',
  access: 'login',
  description:
    'For oneself, and for administrators. The connections made with them are closed, and they are refused from then on.',
  success: { 204: { description: 'They are revoked.' } },
  problems: {
    ...LOGIN_PROBLEMS,
    403: 'Only an administrator of the same organization may do that for another user.',
    404: 'There is no such user; only administrators are told.',
  },
} as const;

/** The paths that are served by routes of their own (`../../routes`). */
export const otherOperations: readonly DescribedOperation[] = [
  {
    ...plain,
    id: 'getToken',
    path: '/token/{userId}/rte',
    tag: 'Token',
    access: 'login',
    summary: 'A token for the hub, and where the hub is',
    description: 'Administrators also get one for another user of their organization.',
    success: { 200: { description: 'The token.', body: { kind: 'one', schema: tokenSchema } } },
    problems: {
      400: 'The Host header is not a host.',
      ...LOGIN_PROBLEMS,
      403: 'Only an administrator of the same organization may do that for another user.',
      404: 'There is no such user; only administrators are told.',
    },
  },
  {
    ...plain,
    ...revocation,
    id: 'revokeTokens',
    path: '/token/{userId}/rte',
    summary: 'Revokes all tokens that a user has got so far',
  },
  {
    ...plain,
    ...revocation,
    id: 'revokeToken',
    path: '/token/{userId}/rte/{tokenId}',
    summary: 'Revokes the token that has this jti',
    problems: { ...revocation.problems, 400: 'What follows /rte/ is no id of a token.' },
  },
  {
    ...plain,
    id: 'getSecretKey',
    method: 'POST',
    path: '/authuser/{userName}',
    tag: 'Token',
    access: 'open',
    summary: 'A key to log in with from now on, in the place of the password',
    description: 'It holds until the password changes.',
    body: authUserBody,
    success: { 200: { description: 'The key.', body: { kind: 'one', schema: authUserSchema } } },
    problems: {
      ...LOGIN_PROBLEMS,
      400: 'The body is malformed, or names another user than the path.',
      ...BODY_PROBLEMS,
    },
  },
  {
    ...plain,
    id: 'getLoginOptions',
    path: '/login/options',
    tag: 'Login',
    access: 'open',
    summary: 'How people log in, besides with a password',
    success: {
      200: { description: 'What there is.', body: { kind: 'one', schema: loginOptionsSchema } },
    },
  },
  {
    ...plain,
    id: 'beginIssuerLogin',
    method: 'POST',
    path: '/login/issuer',
    tag: 'Login',
    access: 'open',
    summary: "Begins a login with the identity provider, for the hub's own pages",
    description:
      'Authorization code flow with PKCE. The provider sends the browser back to `/login` of the hub. It is there with RTE_OIDC_CLIENT_ID, as are the other two.',
    success: {
      200: { description: 'Where to go.', body: { kind: 'one', schema: begunLoginSchema } },
    },
    problems: {
      400: 'The Host header is not a host.',
      ...BODY_PROBLEMS,
      503: 'The identity provider cannot be asked now.',
    },
  },
  {
    ...plain,
    id: 'finishIssuerLogin',
    method: 'POST',
    path: '/login/issuer/code',
    tag: 'Login',
    access: 'open',
    summary: 'A key to log in with, for what the identity provider answered',
    description:
      'It is used with the user name as a password is, and holds for as long as the provider says, which is asked every few minutes.',
    body: issuerCodeBody,
    success: { 200: { description: 'The key.', body: { kind: 'one', schema: authUserSchema } } },
    problems: {
      ...LOGIN_PROBLEMS,
      400: 'The body is malformed, or the Host header is not a host.',
      ...BODY_PROBLEMS,
    },
  },
  {
    ...plain,
    id: 'endIssuerLogin',
    method: 'DELETE',
    path: '/login/issuer',
    tag: 'Login',
    access: 'login',
    summary: 'Ends the login of the key that it is asked with, here and at the identity provider',
    success: { 204: { description: 'It has ended, or had.' } },
    problems: { 401: 'There is no key.', ...BODY_PROBLEMS },
  },
  {
    ...plain,
    id: 'getPublicKeys',
    path: '/.well-known/jwks.json',
    tag: 'Token',
    access: 'open',
    summary: 'The public keys that tokens are checked with',
    success: { 200: { description: 'A JWK set (RFC 7517).', body: { kind: 'object' } } },
    problems: {},
    produces: 'application/jwk-set+json',
  },
  {
    ...plain,
    id: 'getLiveness',
    path: '/healthz/live',
    tag: 'Operations',
    access: 'open',
    summary: 'Whether the process answers',
    success: { 200: { description: 'It does.', body: { kind: 'one', schema: healthSchema } } },
  },
  {
    ...plain,
    id: 'getReadiness',
    path: '/healthz/ready',
    tag: 'Operations',
    access: 'open',
    summary: 'Whether the hub should get traffic',
    success: {
      200: { description: 'It should.', body: { kind: 'one', schema: healthSchema } },
      503: { description: 'Why not.', body: { kind: 'one', schema: healthSchema } },
    },
  },
  {
    ...plain,
    id: 'getMetrics',
    path: '/metrics',
    tag: 'Operations',
    access: 'open',
    summary: "The hub's figures, for Prometheus",
    success: { 200: { description: 'The figures.', body: { kind: 'text' } } },
    produces: 'text/plain',
  },
];
