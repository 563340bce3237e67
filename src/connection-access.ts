import type { Directory } from './directory/types.js';
import type { EndedSessions, TokenClaims, TokenVerifier } from './identity/index.js';
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

/** What decides who may connect. */
export interface AccessParts {
  readonly verifier: TokenVerifier;
  readonly directory: { readonly current: Directory };
  readonly endedSessions: EndedSessions;
  readonly logger: Logger;
}

/** Who may connect: the bearer of a token of ours whom the directory still has, and whose login holds. */
export async function authenticate(
  { verifier, directory, endedSessions, logger }: AccessParts,
  token: string | undefined,
): Promise<RteUser | undefined> {
  if (token === undefined) return undefined;
  const verified = await verifier.verify(token);
  if (!verified.ok) {
    const { reason, detail } = verified;
    logger.info({ reason, detail }, 'token refused');
    return undefined;
  }
  const user = userOf(verified.claims);
  if (!directory.current.users.has(user.id)) {
    logger.info({ userId: user.id, reason: 'unknown-user' }, 'token refused');
    return undefined;
  }
  if (user.session !== undefined && endedSessions.wasRevoked(user.session)) {
    logger.info({ userId: user.id, reason: 'revoked-login' }, 'token refused');
    return undefined;
  }
  return user;
}

function userOf(claims: TokenClaims): RteUser {
  const { sub: id, org: organizationId, role, name, exp, access, login_role: loginRole } = claims;
  const given = loginRole === undefined ? {} : { loginRole };
  const user = { id, organizationId, role, name, expiresAt: exp * 1000, ...given };
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
