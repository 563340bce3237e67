import type { Credentials } from './basic-credentials.js';
import { LoginThrottle } from './login-throttle.js';
import { decoyHash } from './password.js';
import { PasswordChecker } from './password-checker.js';

/** What is needed of a user to log in. */
export interface Account {
  readonly passwordHash?: string;
}

/** Finds accounts by login name, letter case ignored. */
export interface AccountLookup<User extends Account> {
  userByName(userName: string): User | undefined;
}

/** How a login went. A refusal does not say whether the name or the password was wrong. */
type LoginResult<User> =
  | { readonly kind: 'accepted'; readonly user: User }
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };

/** Answers who is asking, by user name and password. */
export interface Authenticator<User> {
  /**
   * @param address where the request comes from, for the throttle
   * @param credentials as the client gave them
   */
  login(address: string, credentials: Credentials): Promise<LoginResult<User>>;
  /** Entries per table, for metrics. */
  sizes(): { readonly throttledLogins: number; readonly passwordChecks: number };
}

/** A full queue of checks is worked off within about this time. */
const BUSY_RETRY_SECONDS = 5;

/**
 * Makes an authenticator by password.
 * @param accounts asked anew at each login, so a reloaded directory counts at once
 */
export function createAuthenticator<User extends Account>(
  accounts: () => AccountLookup<User>,
  throttle = new LoginThrottle(),
  checker = new PasswordChecker(),
): Authenticator<User> {
  const decoy = decoyHash();
  return {
    sizes: () => ({ throttledLogins: throttle.size, passwordChecks: checker.pending }),
    async login(address, { userName, password }) {
      const retryAfterSeconds = throttle.waitSeconds(address, userName);
      if (retryAfterSeconds > 0) return { kind: 'throttled', retryAfterSeconds };
      const user = accounts().userByName(userName);
      // An unknown name costs the same work, so that the time of the answer tells nothing.
      const check = await checker.check(password, user?.passwordHash ?? decoy);
      if (check === 'busy') return { kind: 'throttled', retryAfterSeconds: BUSY_RETRY_SECONDS };
      if (check === 'right' && user !== undefined) return { kind: 'accepted', user };
      throttle.failed(address, userName);
      return { kind: 'refused' };
    },
  };
}
