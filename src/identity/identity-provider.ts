/** Somebody as another system knows them. */
export interface ExternalIdentity {
  /** The user's id there. */
  readonly userId: string;
  /** The id there of the tenant that the user belongs to; undefined when it is not told. */
  readonly tenantId: string | undefined;
  /** The session there by which they are known; undefined without one. */
  readonly sessionId: string | undefined;
  /** The access control list that they have there. */
  readonly acl: readonly string[];
  /** Until when the system vouches for them, epoch ms; undefined for no end of its own. */
  readonly validUntil: number | undefined;
}

/**
 * Another system that knows who somebody is, such as wazo-auth. Both methods give undefined for who
 * is nobody there, and throw IdentityProviderError when the system can't be asked.
 */
export interface IdentityProvider {
  identifyToken(token: string): Promise<ExternalIdentity | undefined>;
  identifyPassword(userName: string, password: string): Promise<ExternalIdentity | undefined>;
}

/** The system that would know could not be asked. The message is for logs. */
export class IdentityProviderError extends Error {
  override readonly name = 'IdentityProviderError';
}
