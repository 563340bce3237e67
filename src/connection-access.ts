import type { Directory } from './directory/types.js';
import type { EndedSessions, RevokedTokens, TokenClaims, TokenVerifier } from './identity/index.js';
import type { Logger } from './observability/index.js';
import { AccessRules } from './rte/access-rules.js';
import type { RteUser } from './rte/rte-user.js';
import type { CloseReason, SignalRServer } from './signalr/index.js';

const USER_REMOVED: CloseReason = {
  label: 'user_removed',
  error: 'The user was removed.',
  announced: true,
  webSocketCode: 1000,
  failed: false,
};

const LOGIN_REVOKED: CloseReason = {
  ...USER_REMOVED,
  label: 'login_revoked',
  error: 'The login was revoked.',
};

const TOKEN_REVOKED: CloseReason = {
  ...USER_REMOVED,
  label: 'token_revoked',
  error: 'The token was revoked.',
};

/** Why the hub itself ends connections; the SignalR server has reasons of its own. */
export const closeReasonsOfHub: readonly CloseReason[] = [
  USER_REMOVED,
  LOGIN_REVOKED,
  TOKEN_REVOKED,
];

const REFUSED = 'token refused';

/** What decides who may connect. */
export interface AccessParts {
  readonly verifier: TokenVerifier;
  readonly directory: { readonly current: Directory };
  readonly endedSessions: EndedSessions;
  readonly revokedTokens: Pick<RevokedTokens, 'isRevoked'>;
  readonly logger: Logger;
}

/** Who may connect: the bearer of a token of ours whom the directory still has, and whose login holds. */
export async function authenticate(
  { verifier, directory, endedSessions, revokedTokens, logger }: AccessParts,
  token: string | undefined,
): Promise<RteUser | undefined> {
  if (token === undefined) return undefined;
  const verified = await verifier.verify(token);
  if (!verified.ok) {
    const { reason, detail } = verified;
    logger.info({ reason, detail }, REFUSED);
    return undefined;
  }
  const user = userOf(verified.claims);
  if (revokedTokens.isRevoked(verified.claims)) {
    logger.info(
      { userId: user.id, tokenId: verified.claims.jti, reason: 'revoked-token' },
      REFUSED,
    );
    return undefined;
  }
  if (!directory.current.users.has(user.id)) {
    logger.info({ userId: user.id, reason: 'unknown-user' }, REFUSED);
    return undefined;
  }
  if (user.session !== undefined && endedSessions.wasRevoked(user.session)) {
    logger.info({ userId: user.id, reason: 'revoked-login' }, REFUSED);
    return undefined;
  }
  return user;
}

function userOf(claims: TokenClaims): RteUser {
  const { sub: id, org: organizationId, role, name, exp, access, login_role: loginRole } = claims;
  const token = { id: claims.jti, issuedAt: claims.iat };
  const given = loginRole === undefined ? {} : { loginRole };
  const user = { id, organizationId, role, name, token, expiresAt: exp * 1000, ...given };
  if (access === undefined) return user;
  const { acl, me, session } = access;
  const rules = { ...user, access: new AccessRules({ acl, me, session: session?.id }) };
  if (session === undefined) return rules;
  const endsAt = session.end === undefined ? undefined : session.end * 1000;
  return { ...rules, session: { id: session.id, endsAt } };
}

/** Who is no longer in the directory has nothing to hear, and may not come back with the old token. */
export function partWithRemovedUsers(server: SignalRServer<RteUser>, { users }: Directory): void {
  for (const caller of server.clients.callers()) {
    if (!users.has(caller.user.id)) caller.close(USER_REMOVED);
  }
}

/** Parts with those whose session at another system was revoked. Who is connected may outlast one that has run out. */
export function partWithRevoked(
  server: SignalRServer<RteUser>,
  endedSessions: EndedSessions,
): void {
  for (const caller of server.clients.callers()) {
    const { session } = caller.user;
    if (session !== undefined && endedSessions.wasRevoked(session)) caller.close(LOGIN_REVOKED);
  }
}

/**
 * Revokes all tokens that a user has got so far, or one of them, and parts with those who connected
 * with them.
 * @returns how many there were, once the revocation outlives a restart
 */
export async function revokeTokens(
  server: SignalRServer<RteUser>,
  revokedTokens: RevokedTokens,
  userId: string,
  tokenId: string | undefined,
): Promise<number> {
  const saved =
    tokenId === undefined
      ? revokedTokens.revokeUser(userId)
      : revokedTokens.revokeToken(userId, tokenId);
  // At once, whatever becomes of the file.
  const revoked = [...server.clients.callers()].filter(({ user: { id, token } }) => {
    if (token === undefined) return false;
    return revokedTokens.isRevoked({ sub: id, jti: token.id, iat: token.issuedAt });
  });
  for (const caller of revoked) caller.close(TOKEN_REVOKED);
  await saved;
  return revoked.length;
}
