import type { User } from '../directory/types.js';
import type { Authenticator } from '../identity/index.js';
import type { RefusalRecorder } from './refusal-recorder.js';

/** The same authenticator; logins that do not succeed are written down. */
export function recordingLogins(
  authenticator: Authenticator<User>,
  recorder: Pick<RefusalRecorder, 'loginRefused'>,
): Authenticator<User> {
  return {
    ...authenticator,
    async login(address, credentials) {
      const result = await authenticator.login(address, credentials);
      if (result.kind !== 'accepted') recorder.loginRefused(address, credentials, result);
      return result;
    },
  };
}
