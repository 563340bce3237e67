import type { Environment } from './setting-fault.js';
import { SETTING_NAMES, showValue } from './secrecy.js';
import { settingDocs } from './setting-docs.js';
import { settingsSchema } from './settings-schema.js';

/**
 * The effective settings, one `NAME=value` a line in the form of `.env`; secrets are hidden and a
 * default is marked.
 */
export function printSettings(environment: Environment): string {
  const lines = SETTING_NAMES.map((name) => {
    const value = environment[name];
    if (value !== undefined && value !== '') return `${name}=${showValue(name, value)}`;
    const doc = settingDocs.get(settingsSchema.shape[name]);
    return `# ${name}: default (${doc?.defaultText ?? '-'})`;
  });
  return `${lines.join('\n')}\n`;
}
