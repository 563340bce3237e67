import {
  type EventSettings,
  eventSettings,
  type SimulatorSettings,
  simulatorSettings,
} from './groups/events.js';
import { type HttpSettings, httpSettings } from './groups/listening.js';
import { type OidcSettings, oidcSettings } from './groups/openid-connect.js';
import { logLevel, type OperationSettings, operationSettings } from './groups/operation.js';
import { type PortsipSettings, portsipSettings } from './groups/portsip.js';
import {
  type StorageAndDirectorySettings,
  storageAndDirectorySettings,
} from './groups/storage-and-directory.js';
import { type TokenSettings, tokenSettings } from './groups/tokens.js';
import {
  type WazoRestSettings,
  wazoRestSettings,
  type WazoSettings,
  wazoSettings,
} from './groups/wazo.js';
import type { SettingValues } from './settings-schema.js';
import { sourcesOf } from './sources.js';

/** Everything an operator can decide, checked and complete. Never changes while the hub runs. */
export interface Settings extends StorageAndDirectorySettings {
  /** NODE_ENV is `production`: plain passwords and weak keys are refused. */
  readonly production: boolean;
  readonly logLevel: ReturnType<typeof logLevel>;
  readonly http: HttpSettings;
  readonly tokens: TokenSettings;
  readonly hub: EventSettings & OperationSettings;
  /** Whose tokens are taken besides; undefined without such an issuer. */
  readonly oidc: OidcSettings | undefined;
  readonly simulator: SimulatorSettings;
  /** Present when `sources` has wazo. */
  readonly wazo: WazoSettings | undefined;
  /** Where Wazo's users are known who log in; with WAZO_URL, whatever the sources are. */
  readonly wazoLogin: WazoRestSettings | undefined;
  /** Present when `sources` has portsip. */
  readonly portsip: PortsipSettings | undefined;
}

/**
 * Completes checked values with the defaults.
 * @param values the variables that are set
 * @param production whether NODE_ENV is `production`
 */
export function settingsOf(values: SettingValues, production: boolean): Settings {
  const sources = sourcesOf(values);
  return {
    production,
    ...storageAndDirectorySettings(values, sources),
    logLevel: logLevel(values),
    http: httpSettings(values),
    tokens: tokenSettings(values),
    hub: { ...operationSettings(values), ...eventSettings(values) },
    oidc: oidcSettings(values),
    simulator: simulatorSettings(values),
    wazo: sources.includes('wazo') ? wazoSettings(values) : undefined,
    wazoLogin: wazoRestSettings(values),
    portsip: sources.includes('portsip') ? portsipSettings(values) : undefined,
  };
}
