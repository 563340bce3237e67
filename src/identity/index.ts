export {
  createAuthenticator,
  type Admission,
  type Authenticator,
  type ExternalLogins,
  type LoginResult,
} from './authenticator.js';
export { parseCredentials, type Credentials } from './credentials.js';
export { EndedSessions } from './ended-sessions.js';
export { MAX_TOKEN_SECONDS, PROVIDER_RETRY_SECONDS } from './defaults.js';
export { IdentityChecker } from './identity-checker.js';
export { loginByIdentity } from './identity-login.js';
export {
  IdentityProviderError,
  type ExternalIdentity,
  type IdentityProvider,
} from './identity-provider.js';
export { SigningKeyError } from './jwk.js';
export { generatePrivateJwk, rotateKeyFile } from './key-file.js';
export {
  checkGivenKeys,
  keyFilesIn,
  loadSigningKeys,
  type SigningKeysOptions,
} from './load-signing-keys.js';
export { loadLoginSecret } from './load-login-secret.js';
export { LoginThrottle } from './login-throttle.js';
export type { BegunLogin } from './oidc/authorization-code.js';
export { claimValues } from './oidc/claim-values.js';
export { fetchJson } from './oidc/fetch-json.js';
export { IssuerClient } from './oidc/issuer-client.js';
export { readIssuerKeys } from './oidc/issuer-documents.js';
export { IssuerKeys, type After } from './oidc/issuer-keys.js';
export { IssuerSessions } from './oidc/issuer-sessions.js';
export { checkOidcToken, looksLikeJwt } from './oidc/oidc-tokens.js';
export { SessionFiles } from './oidc/session-files.js';
export { hashPassword, isPasswordHash } from './password.js';
export { PasswordChecker } from './password-checker.js';
export { SecretKeys } from './secret-keys.js';
export { RevokedTokens } from './revoked-tokens.js';
export { importSigningKey, type SigningKey } from './signing-key.js';
export { publicKeys, ReloadableKeys, type SigningKeys } from './signing-keys.js';
export type { TokenClaims, TokenTerms } from './token-claims.js';
export { createTokenIssuer, type IssuedToken, type TokenIssuer } from './token-issuer.js';
export type { TokenRejectionReason } from './token-rejection.js';
export { createTokenVerifier, type TokenVerifier } from './token-verifier.js';
export { readUnverified, type UnverifiedClaims } from './unverified-claims.js';
