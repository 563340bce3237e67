import { randomBytes } from 'node:crypto';
import type { Credentials } from './credentials.js';
import type { PasswordCredentials } from './basic-credentials.js';
import { MAX_REFUSED_CODES, MAX_REFUSED_TOKENS } from './defaults.js';
import { LoginThrottle } from './login-throttle.js';
import { decoyHash } from './password.js';
import { PasswordChecker } from './password-checker.js';
import { SecretKeys } from './secret-keys.js';
import type { TokenTerms } from './token-claims.js';

/** What is needed of a user to log in. */
export interface Account {
  readonly id: string;
  readonly passwordHash?: string;
}

/** Finds accounts by login name, letter case ignored. */
export interface AccountLookup<User extends Account> {
  userByName(userName: string): User | undefined;
}

/**
 * Whom of ours another system's identity belongs to, or why it may not come in. `reason` is for
 * logs, `detail` for the client.
 */
export type Admission<User> =
  | {
      readonly kind: 'accepted';
      readonly user: User;
      readonly terms: TokenTerms;
      /** What to log in with from now on, where it is a login with a code. */
      readonly secretKey?: string;
    }
  | { readonly kind: 'not-admitted'; readonly reason: string; readonly detail: string };

/** Another system that vouches for users. */
export interface ExternalLogins<User> {
  /** Whether the credentials are of a kind that this system could know. */
  takes(credentials: Credentials): boolean;
  /** Whether a text looks like a secret key that a login with this system was answered with. */
  isOwnKey(text: string): boolean;
  /** Asks the system, and the directory in force. */
  login(credentials: Credentials): Promise<LoginResult<User>>;
  /** Entries per table, for metrics. */
  sizes(): Readonly<Record<string, number>>;
}

/**
 * How a login went. A refusal does not say whether the name or the password was wrong.
 * - `refused`: nobody's credentials; `reason` is a word for operators, `detail` more for them
 * - `not-admitted`: another system knows who it is, but the hub does not let them in
 * - `unavailable`: the system that would know can't be asked
 */
export type LoginResult<User> =
  | Admission<User>
  | { readonly kind: 'refused'; readonly reason?: string; readonly detail?: string }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | {
      readonly kind: 'unavailable';
      readonly retryAfterSeconds: number;
      readonly reason: string;
    };

/** Answers who is asking, by user name and password or by the token of another system. */
export interface Authenticator<User> {
  /** Whether there is another system whose tokens count. */
  readonly takesTokens: boolean;
  /**
   * @param address where the request comes from, for the throttle
   * @param credentials as the client gave them
   */
  login(address: string, credentials: Credentials): Promise<LoginResult<User>>;
  /**
   * What the user may log in with instead of the password from now on, until the password changes.
   * @param credentials with which they have just logged in
   */
  secretKey(user: User, credentials: PasswordCredentials): string;
  /** Entries per table, for metrics. */
  sizes(): Readonly<Record<string, number>>;
}

export interface AuthenticatorOptions<User> {
  readonly throttle?: LoginThrottle;
  readonly checker?: PasswordChecker;
  /** Who knows tokens, and those that have no password in the directory. The first that takes it is asked. */
  readonly external?: readonly ExternalLogins<User>[];
  /** Without them, keys last as long as the process. */
  readonly secretKeys?: SecretKeys;
}

/** A full queue of checks is worked off within about this time. */
const BUSY_RETRY_SECONDS = 5;

const BUSY = { kind: 'throttled', retryAfterSeconds: BUSY_RETRY_SECONDS } as const;

/** Where the failures of tokens and codes are counted: no user name is empty. */
const NO_NAME = '';

/**
 * Makes an authenticator.
 * @param accounts asked anew at each login, so a reloaded directory counts at once
 */
export function createAuthenticator<User extends Account>(
  accounts: () => AccountLookup<User>,
  options: AuthenticatorOptions<User> = {},
): Authenticator<User> {
  const {
    throttle = new LoginThrottle(),
    checker = new PasswordChecker(),
    external = [],
  } = options;
  const secretKeys = options.secretKeys ?? new SecretKeys(randomBytes(32));
  const tokenThrottle = new LoginThrottle({ maxFailures: MAX_REFUSED_TOKENS });
  const codeThrottle = new LoginThrottle({ maxFailures: MAX_REFUSED_CODES });
  const decoy = decoyHash();

  const knowing = (credentials: Credentials) => external.find((one) => one.takes(credentials));

  async function byPassword({ userName, password }: PasswordCredentials) {
    const owner = external.find((one) => one.isOwnKey(password));
    if (owner !== undefined) return owner.login({ kind: 'password', userName, password });
    const user = accounts().userByName(userName);
    const real = secretKeys.open(userName, password) ?? password;
    const elsewhere = { kind: 'password', userName, password: real } as const;
    const other = knowing(elsewhere);
    // Who has a password here has only that one.
    if (other !== undefined && user?.passwordHash === undefined) return other.login(elsewhere);
    // An unknown name costs the same work, so that the time of the answer tells nothing.
    const hash = user?.passwordHash ?? decoy;
    const isKey = secretKeys.isKeyOf(user?.id ?? '', hash, password);
    if (isKey && user !== undefined) return { kind: 'accepted', user, terms: {} } as const;
    const check = await checker.check(password, hash);
    if (check === 'busy') return BUSY;
    if (user === undefined) return refused('unknown-user');
    if (user.passwordHash === undefined) return refused('no-password');
    if (check === 'wrong') return refused('wrong-password');
    return { kind: 'accepted', user, terms: {} } as const;
  }

  return {
    takesTokens: external.length > 0,
    secretKey({ id, passwordHash }, { userName, password }) {
      // Or a login that its issuer can end would become one that lasts as long as a password.
      if (external.some((one) => one.isOwnKey(password))) return password;
      if (passwordHash !== undefined) return secretKeys.derive(id, passwordHash);
      // Who logged in with a key gets one of the password in it.
      return secretKeys.seal(userName, secretKeys.open(userName, password) ?? password);
    },
    sizes: () => ({
      throttledLogins: throttle.size,
      throttledTokens: tokenThrottle.size,
      throttledCodes: codeThrottle.size,
      passwordChecks: checker.pending,
      ...Object.fromEntries(external.flatMap((one) => Object.entries(one.sizes()))),
    }),
    login(address, credentials) {
      switch (credentials.kind) {
        case 'password':
          return throttled(throttle, address, credentials.userName, () => byPassword(credentials));
        case 'token': {
          const other = knowing(credentials);
          if (other === undefined) return Promise.resolve(refused('no-other-system'));
          return throttled(tokenThrottle, address, NO_NAME, () => other.login(credentials));
        }
        case 'code': {
          const other = knowing(credentials);
          if (other === undefined) return Promise.resolve(refused('no-other-system'));
          return throttled(codeThrottle, address, NO_NAME, () => other.login(credentials));
        }
      }
    },
  };
}

/** @param reason for operators only: what is answered does not differ */
function refused(reason: string) {
  return { kind: 'refused', reason } as const;
}

/** Logs in unless too many attempts have failed, and counts a failure. */
async function throttled<User>(
  throttle: LoginThrottle,
  address: string,
  name: string,
  login: () => Promise<LoginResult<User>>,
): Promise<LoginResult<User>> {
  const retryAfterSeconds = throttle.waitSeconds(address, name);
  if (retryAfterSeconds > 0) return { kind: 'throttled', retryAfterSeconds };
  const result = await login();
  if (result.kind === 'refused') throttle.failed(address, name);
  return result;
}
