import type { User } from '../directory/types.js';
import {
  IssuerClient,
  IssuerSessions,
  PROVIDER_RETRY_SECONDS,
  type BegunLogin,
  type Credentials,
  type IssuerKeys,
  type LoginResult,
  type SecretKeys,
  type SessionFiles,
} from '../identity/index.js';
import { admitClaims, type OidcAdmissionRules } from './oidc-admission.js';

/** What the login with an issuer on the hub's pages is made of. */
export interface SignInParts {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The text of its button. */
  readonly label: string;
  readonly files: SessionFiles;
  readonly secretKeys: Pick<SecretKeys, 'sealKeyOf'>;
  /** Whether all that a user had got until some time, epoch ms, was revoked. */
  readonly isRevoked: (userId: string, startedAt: number) => boolean;
}

/** What it has in common with the issuer's tokens. */
interface IssuerParts extends OidcAdmissionRules {
  readonly issuer: string;
  readonly algorithms: readonly string[];
  readonly keys: IssuerKeys;
  /** Epoch ms. */
  readonly now: () => number;
}

type CredentialsOf<Kind> = Extract<Credentials, { readonly kind: Kind }>;

/** The login with an issuer on the hub's pages. */
export interface OidcSignIn {
  readonly label: string;
  /**
   * Begins a login: where the browser goes, and what it keeps meanwhile.
   * @throws IdentityProviderError when the issuer does not say where
   */
  begin(redirectUri: string): Promise<BegunLogin>;
  /** Redeems the code that the browser came back with; a success has a secret key. */
  byCode(code: CredentialsOf<'code'>): Promise<LoginResult<User>>;
  /** Logs in with the secret key that a code was answered with. */
  byKey(key: CredentialsOf<'password'>): Promise<LoginResult<User>>;
  isOwnKey(text: string): boolean;
  /**
   * Ends the login that a secret key stands for.
   * @returns why the issuer could not be told
   */
  end(secretKey: string): Promise<string | undefined>;
  /** Logins that are kept. */
  size(): number;
}

/** Makes the login on the pages. */
export function createOidcSignIn(parts: SignInParts, issuer: IssuerParts): OidcSignIn {
  const { label, files, secretKeys, isRevoked } = parts;
  const client = new IssuerClient({ ...parts, ...issuer });
  const sealKeyOf = (key: string) => secretKeys.sealKeyOf(key);
  const sessions = new IssuerSessions({ client, files, sealKeyOf, now: issuer.now });
  return {
    label,
    begin: (redirectUri) => client.begin(redirectUri),
    isOwnKey: (text) => sessions.takes(text),
    end: (key) => sessions.end(key),
    size: () => sessions.size,
    async byCode(code) {
      const result = await client.finish(code);
      if (result.kind === 'refused') return result;
      if (result.kind === 'unavailable') return away(result.reason);
      const { claims, refreshToken } = result.grant;
      if (claims === undefined) return away('the key of the ID token cannot be had');
      const endsAt = refreshToken === undefined ? claims.exp * 1000 : undefined;
      const admission = admitClaims(claims, endsAt, issuer);
      if (admission.kind !== 'accepted') return admission;
      return { ...admission, secretKey: await sessions.start(claims, { refreshToken }) };
    },
    async byKey({ userName, password: key }) {
      const check = await sessions.check(key);
      if (check.kind === 'unknown') return { ...check, kind: 'refused' };
      if (check.kind === 'unavailable') return away(check.reason);
      const admission = admitClaims(check.claims, check.endsAt, issuer);
      if (admission.kind !== 'accepted') return admission;
      const { user } = admission;
      if (user.userName.toLowerCase() !== userName.toLowerCase()) {
        return { kind: 'refused', reason: 'other-user' };
      }
      if (!isRevoked(user.id, check.startedAt)) return admission;
      await sessions.end(key);
      return { kind: 'refused', reason: 'session-ended', detail: 'it was revoked' };
    },
  };
}

function away(reason: string): LoginResult<User> {
  return { kind: 'unavailable', reason, retryAfterSeconds: PROVIDER_RETRY_SECONDS };
}
