import type { Directory } from '../directory/types.js';
import {
  readUnverified,
  type EndedSessions,
  type RevokedTokens,
  type TokenClaims,
  type TokenRejectionReason,
  type TokenVerifier,
} from '../identity/index.js';
import { AccessRules } from '../rte/access-rules.js';
import type { RteUser } from '../rte/rte-user.js';

/** What decides who may connect. */
export interface AccessParts {
  readonly verifier: TokenVerifier;
  readonly directory: { readonly current: Directory };
  readonly endedSessions: EndedSessions;
  readonly revokedTokens: Pick<RevokedTokens, 'isRevoked'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Whom a token lets in, or why it lets nobody in. The reason is for operators, never for clients. */
export type TokenCheck =
  | { readonly ok: true; readonly user: RteUser; readonly claims: TokenClaims }
  | {
      readonly ok: false;
      readonly reason: TokenRefusal;
      readonly detail: string;
      /** Who it is for, when it is one of ours in every respect but this. */
      readonly claims?: TokenClaims;
    };

/** Why a token is refused: what is wrong with it, or with what it stands for. */
export type TokenRefusal =
  TokenRejectionReason | 'revoked-token' | 'unknown-user' | 'revoked-login';

/** Who may connect: the bearer of a token of ours whom the directory still has, and whose login holds. */
export async function checkToken(
  { verifier, directory, endedSessions, revokedTokens, now }: AccessParts,
  token: string,
): Promise<TokenCheck> {
  const verified = await verifier.verify(token);
  if (!verified.ok) {
    const { reason, detail } = verified;
    return { ok: false, reason, detail: `${detail}${timesOf(token, reason, now())}` };
  }
  const { claims } = verified;
  const refuse = (reason: TokenRefusal, detail: string): TokenCheck => {
    return { ok: false, reason, detail, claims };
  };
  const user = userOf(claims);
  if (revokedTokens.isRevoked(claims)) {
    return refuse('revoked-token', 'it was revoked before its end');
  }
  if (!directory.current.users.has(user.id)) {
    return refuse('unknown-user', 'sub is no user of the directory any more');
  }
  if (user.session !== undefined && endedSessions.wasRevoked(user.session)) {
    return refuse('revoked-login', 'the session behind it was ended at the other system');
  }
  return { ok: true, user, claims };
}

/** When a token that came too late or too early was good, to be put behind the detail. */
function timesOf(token: string, reason: TokenRefusal, now: number): string {
  const { exp, nbf } = readUnverified(token)?.payload ?? {};
  if (reason === 'expired') return momentOf(exp, now, 'ago');
  return reason === 'not-yet-valid' ? momentOf(nbf, now, 'ahead') : '';
}

/** @param seconds since 1970 @param now epoch ms */
function momentOf(seconds: unknown, now: number, direction: 'ago' | 'ahead'): string {
  if (typeof seconds !== 'number') return '';
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) return '';
  const distance = Math.round(Math.abs(now / 1000 - seconds));
  return `, ${String(distance)} s ${direction}: ${time.toISOString()}`;
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
