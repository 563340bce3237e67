import { parseArgs } from 'node:util';
import { loadSettings, readEnvironment, type Environment } from '../config/index.js';
import { directoryLoader, formatFault } from '../directory/index.js';
import { checkGivenKeys, isPasswordHash } from '../identity/index.js';
import { defineCommand, EXIT, type ExitCode, type OptionSpecs } from './command.js';
import type { Io } from './io.js';
import { JSON_OPTION, printJson } from './json-output.js';
import { styled } from './screen.js';

const options = {
  strict: { type: 'boolean', meaning: 'warnings, such as unknown RTE_* names, are faults too' },
  json: JSON_OPTION,
} as const satisfies OptionSpecs;

/** Reports all faults of the settings, the directory file and given keys, without starting anything. */
export const checkConfigCommand = defineCommand({
  name: 'check-config',
  summary: 'check settings and directory file, report all faults at once',
  usage: '[--strict] [--json]',
  about:
    'Checks the environment, .env, the directory file and given signing keys. Ends with 1 when something is wrong.',
  options,
  examples: [
    'RTE_DIRECTORY=directory.json rte-hub check-config --strict',
    'rte-hub check-config --json',
  ],
  read: (args) => parseArgs({ args, options }).values,
  async run({ strict = false, json = false }, io) {
    const found = await findFaults(readEnvironment(io.env, io.folder));
    const faults = [...found.faults, ...(strict ? found.warnings : [])];
    const findings = { faults, warnings: strict ? [] : found.warnings };
    return json ? reportJson(findings, io) : report(findings, io);
  },
});

interface Findings {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

const NOTHING: Findings = { faults: [], warnings: [] };

async function findFaults(environment: Environment): Promise<Findings> {
  const loaded = loadSettings(environment);
  const directory = await checkDirectory(environment);
  const keys = await checkSigningKeys(environment);
  const settingFaults = loaded.ok ? [] : loaded.faults.map(({ message }) => message);
  return {
    faults: [...settingFaults, ...directory.faults, ...keys.faults],
    warnings: [
      ...loaded.warnings.map(({ message }) => message),
      ...directory.warnings,
      ...keys.warnings,
    ],
  };
}

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

function report({ faults, warnings }: Findings, io: Io): ExitCode {
  const { errorScreen } = io;
  for (const warning of warnings)
    io.error(`${styled(errorScreen, 'yellow', 'warning:')} ${warning}`);
  for (const fault of faults) io.error(`${styled(errorScreen, 'red', 'fault:')} ${fault}`);
  if (faults.length > 0) return EXIT.failed;
  io.out(styled(io.outScreen, 'green', 'The configuration is valid.'));
  return EXIT.well;
}

function reportJson({ faults, warnings }: Findings, io: Io): ExitCode {
  const valid = faults.length === 0;
  printJson(io, { valid, faults, warnings });
  return valid ? EXIT.well : EXIT.failed;
}
