import type { Directory, Role, User } from '../directory/types.js';
import { claimValues, type Admission } from '../identity/index.js';
import { highestRole } from '../rte/login-role.js';

/** Whom an issuer's claims let in, and as what. */
export interface OidcAdmissionRules {
  /** The claim that names the user by id or user name; undefined for `sub`, then `preferred_username`. */
  readonly userClaim: string | undefined;
  /** The claim that has to name the organization that the user is in; undefined when none has to. */
  readonly organizationClaim: string | undefined;
  /** The claim whose values are looked up in `roles`; undefined leaves the directory's roles. */
  readonly rolesClaim: string | undefined;
  readonly roles: ReadonlyMap<string, Role>;
  /** The directory in force, asked for at each login. */
  readonly directory: () => Directory;
}

/**
 * Whom of the directory the claims of a checked token are about.
 * @param endsAt when the login ends by itself, epoch ms; undefined for never
 */
export function admitClaims(
  claims: { readonly sub?: string | undefined },
  endsAt: number | undefined,
  rules: OidcAdmissionRules,
): Admission<User> {
  const { organizationClaim, rolesClaim, roles } = rules;
  const user = userOf(claims, rules);
  if (user === undefined) return notAdmitted(claims, 'is not in the directory');
  if (organizationClaim !== undefined) {
    const named = claimValues(claims, organizationClaim).map((value) => value.toLowerCase());
    if (!named.includes(user.organizationId)) {
      return notAdmitted(claims, `has no ${organizationClaim} of the user's organization`);
    }
  }
  const values = rolesClaim === undefined ? [] : claimValues(claims, rolesClaim);
  const role = highestRole(values.flatMap((value) => roles.get(value) ?? []));
  const end = endsAt === undefined ? {} : { notAfter: endsAt };
  return { kind: 'accepted', user, terms: role === undefined ? end : { ...end, role } };
}

/** By the claim that is named. Otherwise by `sub` as an id, and by `preferred_username` as a name. */
function userOf(claims: object, { userClaim, directory }: OidcAdmissionRules): User | undefined {
  const current = directory();
  const byId = ([value]: readonly string[]) =>
    value === undefined ? undefined : current.users.get(value.toLowerCase());
  const byName = ([value]: readonly string[]) =>
    value === undefined ? undefined : current.userByName(value);
  if (userClaim === undefined) {
    return byId(claimValues(claims, 'sub')) ?? byName(claimValues(claims, 'preferred_username'));
  }
  const values = claimValues(claims, userClaim);
  return byId(values) ?? byName(values);
}

function notAdmitted({ sub }: { readonly sub?: string | undefined }, why: string): Admission<User> {
  return { kind: 'not-admitted', reason: `the token of ${String(sub)} ${why}`, detail: NOT_HERE };
}

const NOT_HERE =
  'Your identity provider knows you, but the directory of this hub does not. Ask the operator of the hub to add you.';
