import { crossFieldFaults } from './cross-field-rules.js';
import { showValue } from './secrecy.js';
import { type Settings, settingsOf } from './settings.js';
import { settingsSchema, type SettingName } from './settings-schema.js';
import type { Environment, SettingFault } from './setting-fault.js';
import { nearestSetting, unknownNames } from './unknown-names.js';

/** What an environment gives: the settings, or all faults at once. Warnings come with both. */
export type LoadedSettings =
  | { readonly ok: true; readonly settings: Settings; readonly warnings: readonly SettingFault[] }
  | {
      readonly ok: false;
      readonly faults: readonly SettingFault[];
      readonly warnings: readonly SettingFault[];
    };

/**
 * Checks all variables and completes them with the defaults. Never throws.
 * @param environment the variables; an empty one counts as not set
 */
export function loadSettings(environment: Environment): LoadedSettings {
  const given = withoutEmpty(environment);
  const warnings = unknownNameWarnings(given);
  const parsed = settingsSchema.safeParse(given);
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => fieldFault(issue, given))),
    ...crossFieldFaults(given),
  ];
  if (!parsed.success || faults.length > 0) return { ok: false, faults, warnings };
  const settings = settingsOf(parsed.data, given['NODE_ENV'] === 'production');
  return { ok: true, settings: Object.freeze(settings), warnings };
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function fieldFault(
  issue: { readonly path: PropertyKey[]; readonly message: string },
  given: Environment,
): SettingFault {
  const name = String(issue.path[0]);
  const shown = isSettingName(name) ? showValue(name, given[name] ?? '') : '';
  return { name, message: `${name}=${shown} is not valid: ${issue.message}` };
}

function isSettingName(name: string): name is SettingName {
  return name in settingsSchema.shape;
}

function unknownNameWarnings(given: Environment): SettingFault[] {
  return unknownNames(Object.keys(given)).map((name) => {
    const nearest = nearestSetting(name);
    const remedy = nearest === undefined ? 'remove it' : `did you mean ${nearest}?`;
    return { name, message: `${name} is not a setting: ${remedy}` };
  });
}
