import type { Environment } from './setting-fault.js';
import { SETTING_NAMES, showValue } from './secrecy.js';
import { settingDocs } from './setting-docs.js';
import { settingsSchema, type SettingName } from './settings-schema.js';

/** A setting as it may be shown to people. */
export interface ShownSetting {
  readonly name: SettingName;
  /** The value with secrets hidden; undefined when it is not set and the default holds. */
  readonly value: string | undefined;
  /** The default in words, `-` for none. */
  readonly defaultText: string;
}

/** All settings, in the order of the documentation. An empty variable counts as not set. */
export function shownSettings(environment: Environment): ShownSetting[] {
  return SETTING_NAMES.map((name) => {
    const value = environment[name];
    const isSet = value !== undefined && value !== '';
    return {
      name,
      value: isSet ? showValue(name, value) : undefined,
      defaultText: settingDocs.get(settingsSchema.shape[name])?.defaultText ?? '-',
    };
  });
}
