import { randomUUID } from 'node:crypto';
import { type FakeAnswer, type FakeRequest, NOT_FOUND, ok, page } from './answers.js';
import type { FakeLogin, FakeToken, FakeWazoState } from './state.js';

/** wazo-auth 0.1: tokens and tenants. */
export function answerAuth(
  state: FakeWazoState,
  request: FakeRequest,
  caller: FakeToken | undefined,
): FakeAnswer {
  const [resource, token, ...rest] = request.path;
  if (resource === 'tenants') {
    return caller === undefined ? { status: 401 } : page(state.tenants, request.query);
  }
  if (resource !== 'token' || rest.length > 0) return NOT_FOUND;
  if (token === undefined) {
    return request.method === 'POST' ? login(state, request) : { status: 405 };
  }
  return answerToken(state, request, token);
}

/** The token, unless it is dead. */
export function liveToken(state: FakeWazoState, token: unknown): FakeToken | undefined {
  if (typeof token !== 'string') return undefined;
  const found = state.tokens.get(token);
  return found !== undefined && found.expiresAt > Date.now() ? found : undefined;
}

function login(state: FakeWazoState, { headers, body }: FakeRequest): FakeAnswer {
  const basic = /^Basic (.+)$/u.exec(String(headers['authorization']))?.[1] ?? '';
  const credentials = Buffer.from(basic, 'base64').toString();
  const found = state.logins.find(
    ({ username, password }) => `${username}:${password}` === credentials,
  );
  if (found === undefined) return { status: 401, body: { reason: ['Authentication Failed'] } };
  const seconds = body['expiration'];
  const issued = addToken(state, found, typeof seconds === 'number' ? seconds : state.tokenSeconds);
  return ok({ data: describe(issued) });
}

/** Gives somebody a token, as if they had logged in. */
export function addToken(
  state: FakeWazoState,
  owner: FakeLogin,
  seconds = state.tokenSeconds,
): FakeToken {
  const issuedAt = Date.now();
  const token: FakeToken = {
    token: randomUUID(),
    login: owner,
    sessionUuid: randomUUID(),
    issuedAt,
    expiresAt: issuedAt + seconds * 1000,
  };
  state.tokens.set(token.token, token);
  state.tokensIssued += 1;
  state.mostTokens = Math.max(state.mostTokens, state.tokens.size);
  return token;
}

function answerToken(state: FakeWazoState, request: FakeRequest, token: string): FakeAnswer {
  const live = liveToken(state, token);
  switch (request.method) {
    case 'DELETE':
      state.tokens.delete(token);
      return ok({ data: { message: 'success' } });
    case 'GET':
    case 'HEAD':
      if (live === undefined) return NOT_FOUND;
      if (!isAllowed(live, request.query)) return { status: 403, body: { reason: ['Forbidden'] } };
      return request.method === 'HEAD' ? { status: 204 } : ok({ data: describe(live) });
    default:
      return { status: 405 };
  }
}

/** Of the rules of wazo-auth only what tests need: `#` holds everything, else the exact scope. */
function isAllowed({ login: { acl, tenantUuid, admin } }: FakeToken, query: URLSearchParams) {
  const scope = query.get('scope');
  const tenant = query.get('tenant');
  if (tenant !== null && tenant !== tenantUuid && admin !== true) return false;
  return scope === null || acl.includes('#') || acl.includes(scope);
}

function describe({ token, login: owner, sessionUuid, issuedAt, expiresAt }: FakeToken) {
  const { uuid, tenantUuid, acl, admin = false } = owner;
  return {
    token,
    auth_id: uuid,
    xivo_user_uuid: uuid,
    session_uuid: sessionUuid,
    issued_at: naive(issuedAt),
    expires_at: naive(expiresAt),
    utc_issued_at: naive(issuedAt),
    utc_expires_at: naive(expiresAt),
    acl,
    metadata: { uuid, tenant_uuid: tenantUuid, pbx_user_uuid: uuid, purpose: 'user', admin },
  };
}

/** wazo-auth writes times without a zone, to the microsecond. */
function naive(time: number): string {
  return new Date(time).toISOString().replace('Z', '000');
}
