import type { Settings } from '../config/index.js';
import type { DirectoryHolder, User } from '../directory/types.js';
import {
  SessionFiles,
  type ExternalLogins,
  type RevokedTokens,
  type SecretKeys,
} from '../identity/index.js';
import type { HealthRegistry, Metrics } from '../observability/index.js';
import { createOidcLogin, type OidcLogin } from './oidc-login.js';
import type { SignInParts } from './oidc-sign-in.js';
import { createWazoLogin, type WazoLogin } from './wazo-login.js';

interface LoginParts {
  readonly settings: Pick<Settings, 'wazoLogin' | 'oidc' | 'dataDir'>;
  readonly directory: DirectoryHolder;
  readonly metrics: Pick<Metrics, 'sources'>;
  readonly health: HealthRegistry;
  readonly secretKeys: SecretKeys;
  readonly revokedTokens: Pick<RevokedTokens, 'isRevoked'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Logins with other systems, where the settings name them. */
export async function createLogins(parts: LoginParts): Promise<{
  readonly wazoLogin: WazoLogin | undefined;
  readonly oidcLogin: OidcLogin | undefined;
  /** In the order in which they are asked: a Wazo token may look like anything. */
  readonly logins: readonly ExternalLogins<User>[];
}> {
  const { settings, directory: holder, metrics, now } = parts;
  const directory = () => holder.current;
  const wazoLogin =
    settings.wazoLogin &&
    createWazoLogin({
      ...settings.wazoLogin,
      directory,
      now,
      onCall: (service, outcome, seconds) => metrics.sources.restCall(service, outcome, seconds),
    });
  const oidcLogin = settings.oidc && (await createWatchedOidcLogin(settings.oidc, parts));
  const logins = [oidcLogin, wazoLogin].filter((login) => login !== undefined);
  return { wazoLogin, oidcLogin, logins };
}

/** The hub is not ready while it can't tell who logs in. */
async function createWatchedOidcLogin(
  settings: NonNullable<Settings['oidc']>,
  parts: LoginParts,
): Promise<OidcLogin> {
  const { directory, health, now } = parts;
  const component = health.component('oidc');
  return createOidcLogin({
    ...settings,
    signIn: await signInParts(settings, parts),
    directory: () => directory.current,
    now,
    onTrouble(reason) {
      if (reason === undefined) component.up();
      else component.down(reason);
    },
  });
}

async function signInParts(
  { signIn }: NonNullable<Settings['oidc']>,
  { settings, secretKeys, revokedTokens }: LoginParts,
): Promise<SignInParts | undefined> {
  if (signIn === undefined) return undefined;
  return {
    ...signIn,
    files: await SessionFiles.open(settings.dataDir),
    secretKeys,
    isRevoked(userId, startedAt) {
      // It has no id by which it could be revoked alone.
      return revokedTokens.isRevoked({ sub: userId, jti: '', iat: Math.floor(startedAt / 1000) });
    },
  };
}
