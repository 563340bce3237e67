import { parseArgs } from 'node:util';
import { loadSettings, printSettings, readEnvironment } from '../config/index.js';
import { EXIT, type Command } from './command.js';

/** Prints the effective settings. */
export const printConfigCommand: Command = {
  name: 'print-config',
  summary: 'print the effective settings, secrets hidden',
  help: `Usage: rte-hub print-config

Prints every setting as the hub sees it, in the form of .env; secrets are hidden. Ends with 1 when
the settings are wrong; check-config says why.

Example: RTE_PORT=9000 rte-hub print-config`,
  async run(args, io) {
    parseArgs({ args, options: {} });
    const environment = readEnvironment(io.env, io.folder);
    io.out(printSettings(environment).trimEnd());
    const loaded = loadSettings(environment);
    if (loaded.ok) return EXIT.well;
    for (const fault of loaded.faults) io.error(`fault: ${fault.message}`);
    return EXIT.failed;
  },
};
