import { parseArgs } from 'node:util';
import { loadSettings, readEnvironment, type Environment } from '../config/index.js';
import { directoryLoader, formatFault } from '../directory/index.js';
import { checkGivenKeys, isPasswordHash } from '../identity/index.js';
import { EXIT, type Command } from './command.js';
import type { Io } from './io.js';

/** Reports all faults of the settings, the directory file and given keys, without starting anything. */
export const checkConfigCommand: Command = {
  name: 'check-config',
  summary: 'check settings and directory file, report all faults at once',
  help: `Usage: rte-hub check-config [--strict]

Checks the environment, .env, the directory file and given signing keys. Ends with 1 when something is wrong.
  --strict   warnings, such as unknown RTE_* names, are faults too

Example: RTE_DIRECTORY=directory.json rte-hub check-config --strict`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { strict: { type: 'boolean' } } });
    const environment = readEnvironment(io.env, io.folder);
    const loaded = loadSettings(environment);
    const directory = await checkDirectory(environment);
    const keys = await checkSigningKeys(environment);
    const warnings = [
      ...loaded.warnings.map(({ message }) => message),
      ...directory.warnings,
      ...keys.warnings,
    ];
    const faults = [
      ...(loaded.ok ? [] : loaded.faults.map(({ message }) => message)),
      ...directory.faults,
      ...keys.faults,
      ...(values.strict === true ? warnings : []),
    ];
    return report(faults, values.strict === true ? [] : warnings, io);
  },
};

interface Findings {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

const NOTHING: Findings = { faults: [], warnings: [] };

/** Looks at the file even where the settings are wrong: all faults at once means this too. */
async function checkDirectory(environment: Environment): Promise<Findings> {
  const file = nonEmpty(environment['RTE_DIRECTORY']);
  if (file === undefined) return NOTHING;
  const loaded = await directoryLoader(file, {
    production: environment['NODE_ENV'] === 'production',
    passwords: { hash: () => Promise.resolve('not used'), isHash: isPasswordHash },
  })();
  return loaded.ok
    ? { faults: [], warnings: loaded.warnings.map(formatFault) }
    : { faults: loaded.faults.map(formatFault), warnings: [] };
}

function checkSigningKeys(environment: Environment): Promise<Findings> {
  return checkGivenKeys({
    production: environment['NODE_ENV'] === 'production',
    signingKey: nonEmpty(environment['RTE_SIGNING_KEY']),
    signingKeyFile: nonEmpty(environment['RTE_SIGNING_KEY_FILE']),
    previousSigningKey: nonEmpty(environment['RTE_SIGNING_KEY_PREVIOUS']),
    previousSigningKeyFile: nonEmpty(environment['RTE_SIGNING_KEY_PREVIOUS_FILE']),
  });
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

function report(faults: readonly string[], warnings: readonly string[], io: Io) {
  for (const warning of warnings) io.error(`warning: ${warning}`);
  for (const fault of faults) io.error(`fault: ${fault}`);
  if (faults.length > 0) return EXIT.failed;
  io.out('The configuration is valid.');
  return EXIT.well;
}
