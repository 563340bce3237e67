import type { Settings } from '../config/index.js';
import type { DirectoryHolder, User } from '../directory/types.js';
import type { ExternalLogins } from '../identity/index.js';
import type { HealthRegistry, Metrics } from '../observability/index.js';
import { createOidcLogin, type OidcLogin } from './oidc-login.js';
import { createWazoLogin, type WazoLogin } from './wazo-login.js';

interface LoginParts {
  readonly settings: Pick<Settings, 'wazoLogin' | 'oidc'>;
  readonly directory: DirectoryHolder;
  readonly metrics: Pick<Metrics, 'sources'>;
  readonly health: HealthRegistry;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Logins with other systems, where the settings name them. */
export function createLogins({ settings, directory: holder, metrics, health, now }: LoginParts): {
  readonly wazoLogin: WazoLogin | undefined;
  readonly oidcLogin: OidcLogin | undefined;
  /** In the order in which they are asked: a Wazo token may look like anything. */
  readonly logins: readonly ExternalLogins<User>[];
} {
  const directory = () => holder.current;
  const wazoLogin =
    settings.wazoLogin &&
    createWazoLogin({
      ...settings.wazoLogin,
      directory,
      now,
      onCall: (service, outcome, seconds) => metrics.sources.restCall(service, outcome, seconds),
    });
  const oidcLogin = settings.oidc && createWatchedOidcLogin(settings.oidc, directory, health, now);
  const logins = [oidcLogin, wazoLogin].filter((login) => login !== undefined);
  return { wazoLogin, oidcLogin, logins };
}

/** The hub is not ready while it can't tell who logs in. */
function createWatchedOidcLogin(
  settings: NonNullable<Settings['oidc']>,
  directory: () => DirectoryHolder['current'],
  health: HealthRegistry,
  now: () => number,
): OidcLogin {
  const component = health.component('oidc');
  return createOidcLogin({
    ...settings,
    directory,
    now,
    onTrouble(reason) {
      if (reason === undefined) component.up();
      else component.down(reason);
    },
  });
}
