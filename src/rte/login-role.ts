import type { Role } from '../directory/types.js';
import { AccessPattern } from './access-pattern.js';
import { splitAcl } from './access-rules.js';

/** From the one that may least. */
const ROLES: readonly Role[] = ['agent', 'supervisor', 'admin'];

/** Accesses that name a role of the hub. */
const ROLE_ACCESS = 'rte.roles.';

/** The role among some that may most; undefined of none. */
export function highestRole(roles: readonly Role[]): Role | undefined {
  return ROLES.findLast((role) => roles.includes(role));
}

/**
 * The role that a Wazo access control list gives: the highest one that it names in full, as
 * `rte.roles.supervisor`, and that no entry denies. A wildcard names none: `#` is in the lists of
 * services and of Wazo's administrators, who are no administrators of the hub by that.
 */
export function roleOfAcl(acl: readonly string[], me: string): Role | undefined {
  const { denials, grants } = splitAcl(acl);
  const denied = denials.map((entry) => new AccessPattern(entry.slice(1), { me }));
  return highestRole(
    ROLES.filter((role) => {
      const access = `${ROLE_ACCESS}${role}`;
      return grants.includes(access) && !denied.some((pattern) => pattern.matches(access));
    }),
  );
}
