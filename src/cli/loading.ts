import {
  loadSettings,
  readEnvironment,
  type SettingFault,
  type Settings,
} from '../config/index.js';
import { directoryLoader, formatFault } from '../directory/index.js';
import type { Directory } from '../directory/types.js';
import {
  hashPassword,
  isPasswordHash,
  loadSigningKeys,
  type SigningKeys,
} from '../identity/index.js';
import { CommandError } from './command.js';
import type { Io } from './io.js';

/**
 * The settings in force; warnings go to the error output.
 * @throws CommandError with all faults
 */
export function requireSettings(io: Io): Settings {
  const loaded = loadSettings(readEnvironment(io.env, io.folder));
  for (const warning of loaded.warnings) io.error(`warning: ${warning.message}`);
  if (loaded.ok) return loaded.settings;
  throw new CommandError(faultList('The settings are wrong', loaded.faults));
}

/**
 * The directory that the settings name.
 * @throws CommandError with all faults
 */
export async function requireDirectory(settings: Settings): Promise<Directory> {
  const loaded = await directoryLoader(settings.directoryFile, {
    production: settings.production,
    passwords: { hash: (password) => hashPassword(password), isHash: isPasswordHash },
    withoutFile: settings.withoutDirectoryFile,
  })();
  if (loaded.ok) return loaded.directory;
  const faults = loaded.faults.map((fault) => ({ message: formatFault(fault) }));
  throw new CommandError(faultList('The directory is wrong', faults));
}

/**
 * The keys that the hub signs and checks with; made when there is none yet.
 * @throws SigningKeyError when one cannot be used
 */
export async function requireSigningKeys(settings: Settings, io: Io): Promise<SigningKeys> {
  const { keys, warnings } = await loadSigningKeys({ ...settings, ...settings.tokens });
  for (const warning of warnings) io.error(`warning: ${warning}`);
  return keys;
}

function faultList(title: string, faults: readonly Pick<SettingFault, 'message'>[]): string {
  return [`${title}:`, ...faults.map((fault) => `  ${fault.message}`)].join('\n');
}
