import type { Directory } from '../directory/types.js';
import type { EndedSessions, RevokedTokens } from '../identity/index.js';
import type { Logger } from '../observability/index.js';
import type { RteUser } from '../rte/rte-user.js';
import type { AuthenticationRequest, CloseReason, SignalRServer } from '../signalr/index.js';
import { checkToken, type AccessParts, type TokenCheck } from './token-check.js';

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

/** Somebody who looks after the organization has ended it. */
export const CLOSED_BY_ADMINISTRATOR: CloseReason = {
  ...USER_REMOVED,
  label: 'closed_by_administrator',
  error: 'An administrator closed the connection.',
};

/** Why the hub itself ends connections; the SignalR server has reasons of its own. */
export const closeReasonsOfHub: readonly CloseReason[] = [
  USER_REMOVED,
  LOGIN_REVOKED,
  TOKEN_REVOKED,
  CLOSED_BY_ADMINISTRATOR,
];

/** What authenticating takes besides. */
interface AuthenticationParts extends AccessParts {
  readonly logger: Logger;
  /** Told of every token that is refused. */
  readonly onRefused: (
    request: Pick<AuthenticationRequest, 'token' | 'remoteAddress'>,
    refusal: Extract<TokenCheck, { readonly ok: false }>,
  ) => void;
}

/** Who may connect with the token of a request; undefined for nobody. */
export async function authenticate(
  parts: AuthenticationParts,
  request: AuthenticationRequest,
): Promise<RteUser | undefined> {
  if (request.token === undefined) return undefined;
  const checked = await checkToken(parts, request.token);
  if (checked.ok) return { ...checked.user, address: request.remoteAddress };
  const { reason, detail, claims } = checked;
  const who = claims === undefined ? {} : { userId: claims.sub, tokenId: claims.jti };
  parts.logger.info({ ...who, reason, detail }, 'token refused');
  parts.onRefused(request, checked);
  return undefined;
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
