import { settingDocs, type Secrecy } from './setting-docs.js';
import { settingsSchema, type SettingName } from './settings-schema.js';

const HIDDEN = '(hidden)';

/** A password that somebody put into a URL where none belongs. */
const URL_PASSWORD = /(?<=:\/\/[^\s/:@]*:)[^\s/]+(?=@)/gu;

/** All names of settings, in the order of the documentation. */
export const SETTING_NAMES: readonly SettingName[] = settingsSchema.keyof().options;

/**
 * A value as it may be printed.
 * @param name the variable it belongs to
 * @param value its raw text
 */
export function showValue(name: SettingName, value: string): string {
  const secrecy: Secrecy = settingDocs.get(settingsSchema.shape[name])?.secrecy ?? 'open';
  switch (secrecy) {
    case 'open':
      return value.replace(URL_PASSWORD, HIDDEN);
    case 'url-password':
      return withoutUrlPassword(value);
    case 'secret':
      return HIDDEN;
  }
}

/** A URL whose password is hidden. Text that is no URL with a host is hidden whole: where its password stands is unknown. */
function withoutUrlPassword(value: string): string {
  if (!URL.canParse(value)) return HIDDEN;
  const url = new URL(value);
  if (url.hostname === '') return HIDDEN;
  // A credential can also stand in the query of an AMQP URL.
  const query = url.search === '' ? '' : `?${HIDDEN}`;
  const user = url.username === '' ? '' : `${url.username}:${HIDDEN}@`;
  return `${url.protocol}//${user}${url.host}${url.pathname}${query}`;
}
