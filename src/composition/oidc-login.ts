import type { Directory, Role, User } from '../directory/types.js';
import {
  checkOidcToken,
  claimValues,
  fetchJson,
  IssuerKeys,
  looksLikeJwt,
  PROVIDER_RETRY_SECONDS,
  readIssuerKeys,
  type After,
  type ExternalLogins,
  type LoginResult,
} from '../identity/index.js';
import { highestRole } from '../rte/login-role.js';

/** What an operator says of an OpenID Connect issuer. */
export interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** The claim that names the user by id or user name; undefined for `sub`, then `preferred_username`. */
  readonly userClaim: string | undefined;
  /** The claim that has to name the organization that the user is in; undefined when none has to. */
  readonly organizationClaim: string | undefined;
  /** The claim whose values are looked up in `roles`; undefined leaves the directory's roles. */
  readonly rolesClaim: string | undefined;
  readonly roles: ReadonlyMap<string, Role>;
}

export interface OidcLoginOptions extends OidcSettings {
  /** The directory in force, asked for at each login. */
  readonly directory: () => Directory;
  /** Told when tokens can be checked (undefined), and why when they can't. */
  readonly onTrouble: (reason: string | undefined) => void;
  readonly after?: After;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Logins with the tokens of an OpenID Connect issuer. */
export interface OidcLogin extends ExternalLogins<User> {
  /** Reads the issuer's keys, and again until they are there. */
  start(): void;
  close(): void;
}

/** Makes logins by an issuer: nothing is asked before it is started, or somebody logs in. */
export function createOidcLogin(options: OidcLoginOptions): OidcLogin {
  const { issuer, onTrouble, now, after = realTimer } = options;
  const read = () => readIssuerKeys(issuer, fetchJson);
  const keys = new IssuerKeys({ read, onTrouble, after, now });
  return {
    takes: (credentials) => credentials.kind === 'token' && looksLikeJwt(credentials.token),
    async login(credentials) {
      if (credentials.kind !== 'token') return { kind: 'refused' };
      const check = await checkOidcToken(credentials.token, { ...options, keys });
      switch (check.kind) {
        case 'known':
          return admit(check.claims, options);
        case 'unknown':
          return { kind: 'refused', reason: check.reason };
        case 'unavailable':
          return { ...check, retryAfterSeconds: PROVIDER_RETRY_SECONDS };
      }
    },
    sizes: () => ({}),
    start: () => keys.start(),
    close: () => keys.close(),
  };
}

function admit(
  claims: { readonly sub?: string; readonly exp?: number },
  options: OidcLoginOptions,
): LoginResult<User> {
  const { organizationClaim, rolesClaim, roles } = options;
  const user = userOf(claims, options);
  if (user === undefined) return notAdmitted(claims, 'is not in the directory');
  if (organizationClaim !== undefined) {
    const named = claimValues(claims, organizationClaim).map((value) => value.toLowerCase());
    if (!named.includes(user.organizationId)) {
      return notAdmitted(claims, `has no ${organizationClaim} of the user's organization`);
    }
  }
  const values = rolesClaim === undefined ? [] : claimValues(claims, rolesClaim);
  const role = highestRole(values.flatMap((value) => roles.get(value) ?? []));
  const end = claims.exp === undefined ? {} : { notAfter: claims.exp * 1000 };
  return { kind: 'accepted', user, terms: role === undefined ? end : { ...end, role } };
}

/** By the claim that is named. Otherwise by `sub` as an id, and by `preferred_username` as a name. */
function userOf(claims: object, { userClaim, directory }: OidcLoginOptions): User | undefined {
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

function notAdmitted({ sub }: { readonly sub?: string }, why: string): LoginResult<User> {
  return { kind: 'not-admitted', reason: `the token of ${String(sub)} ${why}`, detail: NOT_HERE };
}

const NOT_HERE =
  'The issuer of your token knows you, but the directory of this hub does not. Ask its operator.';

/** Does not keep the process alive. */
function realTimer(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds).unref();
  return () => clearTimeout(timer);
}
