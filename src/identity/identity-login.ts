import type { Admission, LoginResult } from './authenticator.js';
import type { HeaderCredentials } from './credentials.js';
import { PROVIDER_RETRY_SECONDS } from './defaults.js';
import type { IdentityChecker } from './identity-checker.js';
import type { ExternalIdentity } from './identity-provider.js';

/** A full queue of questions is worked off within about this time. */
const BUSY_RETRY_SECONDS = 5;

/**
 * Logs in with what an identity provider says of the credentials.
 * @param admit whom of ours the identity is
 */
export async function loginByIdentity<User>(
  checker: Pick<IdentityChecker, 'check'>,
  credentials: HeaderCredentials,
  admit: (identity: ExternalIdentity) => Admission<User>,
): Promise<LoginResult<User>> {
  const check = await checker.check(credentials);
  switch (check.kind) {
    case 'known':
      return admit(check.identity);
    case 'unknown':
      return { kind: 'refused', reason: 'unknown-elsewhere' };
    case 'busy':
      return { kind: 'throttled', retryAfterSeconds: BUSY_RETRY_SECONDS };
    case 'unavailable':
      return { ...check, retryAfterSeconds: PROVIDER_RETRY_SECONDS };
  }
}
