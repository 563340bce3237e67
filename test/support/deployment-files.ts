import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type SettingName, settingsSchema } from '../../src/config/settings-schema.js';

const ROOT = new URL('../../', import.meta.url);
const OURS = /^(?:RTE|WAZO|PORTSIP)_/u;

/** A file of the repository, by its path in it. */
export function repositoryFile(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** A YAML file of the repository. @throws when it is none */
export function repositoryYaml(path: string): unknown {
  return parse(repositoryFile(path), { strict: true, uniqueKeys: true });
}

/** Those of the names that look like settings of the hub and are none. */
export function unknownSettings(names: Iterable<string>): readonly string[] {
  const known = new Set<string>(settingNames());
  return [...names].filter((name) => OURS.test(name) && !known.has(name));
}

/** The names of all settings. */
export function settingNames(): readonly SettingName[] {
  return settingsSchema.keyof().options;
}

/** Whether the repository has a file or folder at the path. */
export function isInRepository(path: string): boolean {
  return existsSync(new URL(path, ROOT));
}

/** `NAME=value` as a pair; the value may have further equals signs. */
export function assignment(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}
