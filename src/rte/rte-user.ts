import type { Role } from '../directory/types.js';
import type { HubUser } from '../signalr/index.js';
import type { AccessRules } from './access-rules.js';

/**
 * Who a connection belongs to, as the token said when it was opened. What a user is granted never
 * comes from here but from the directory in force, see access-policy.ts; but for the role, when the
 * system that the user logged in with gave one.
 */
export interface RteUser extends HubUser {
  readonly organizationId: string;
  readonly role: Role;
  readonly name: string;
  /** Where they are, as far as the hub can see; for those who look after the hub. */
  readonly address?: string;
  /** The role that the login gave, in the place of the directory's; undefined when it gave none. */
  readonly loginRole?: Role;
  /** Narrows what the policy grants; undefined for who logged in with a password of the directory. */
  readonly access?: AccessRules;
  /** What of the token tells whether it was revoked: `jti`, and `iat` in seconds since 1970. */
  readonly token?: { readonly id: string; readonly issuedAt: number };
  /** The session at another system that the login rests on; `endsAt` in epoch ms, where it is known. */
  readonly session?: { readonly id: string; readonly endsAt: number | undefined };
}
