import type { Role } from '../directory/types.js';
import type { HubUser } from '../signalr/index.js';

/**
 * Who a connection belongs to, as the token said when it was opened. Rights are never taken from
 * here but from the directory in force, see access-policy.ts.
 */
export interface RteUser extends HubUser {
  readonly organizationId: string;
  readonly role: Role;
  readonly name: string;
}
