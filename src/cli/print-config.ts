import { parseArgs } from 'node:util';
import {
  loadSettings,
  readEnvironment,
  shownSettings,
  type ShownSetting,
} from '../config/index.js';
import { defineCommand, EXIT, type OptionSpecs } from './command.js';
import type { Io } from './io.js';
import { JSON_OPTION, printJson } from './json-output.js';
import { type Cell, tableLines } from './table.js';

const options = { json: JSON_OPTION } as const satisfies OptionSpecs;

/** Where a setting's value comes from. */
type Origin = 'environment' | '.env' | 'default';

/** Prints the effective settings. */
export const printConfigCommand = defineCommand({
  name: 'print-config',
  summary: 'print the effective settings, secrets hidden',
  usage: '[--json]',
  about:
    'Prints every setting as the hub sees it, and where it comes from; secrets are hidden. Ends with 1 when the settings are wrong; check-config says why.',
  options,
  examples: ['RTE_PORT=9000 rte-hub print-config', 'rte-hub print-config --json'],
  read: (args) => parseArgs({ args, options }).values,
  async run({ json = false }, io) {
    const environment = readEnvironment(io.env, io.folder);
    const loaded = loadSettings(environment);
    const settings = shownSettings(environment).map((setting) => ({
      ...setting,
      from: originOf(setting, io),
    }));
    const faults = loaded.ok ? [] : loaded.faults.map(({ message }) => message);
    if (json) {
      const shown = settings.map(({ name, value = null, from }) => ({ name, value, from }));
      printJson(io, { valid: loaded.ok, settings: shown, faults });
    } else {
      for (const line of settingLines(settings, io)) io.out(line);
      for (const fault of faults) io.error(`fault: ${fault}`);
    }
    return loaded.ok ? EXIT.well : EXIT.failed;
  },
});

/** A variable of the process wins over .env, also an empty one, which means the default. */
function originOf({ name, value }: ShownSetting, io: Io): Origin {
  if (value === undefined) return 'default';
  return io.env[name] === undefined ? '.env' : 'environment';
}

function settingLines(
  settings: readonly (ShownSetting & { readonly from: Origin })[],
  io: Io,
): string[] {
  const rows = settings.map(({ name, value, defaultText, from }): Cell[] => [
    name,
    from,
    value ?? { text: defaultText, look: 'dim' },
  ]);
  const columns = [{ title: 'SETTING' }, { title: 'FROM' }, { title: 'VALUE' }];
  return tableLines(columns, rows, io.outScreen);
}
