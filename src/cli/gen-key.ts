import { parseArgs } from 'node:util';
import { generatePrivateJwk } from '../identity/index.js';
import { EXIT, type Command } from './command.js';

/** Prints a fresh signing key. */
export const genKeyCommand: Command = {
  name: 'gen-key',
  summary: 'make a signing key',
  help: `Usage: rte-hub gen-key

Prints a fresh private key as JWK, for RTE_SIGNING_KEY or RTE_SIGNING_KEY_FILE. Who has it can forge
tokens: keep it secret.

Example: (umask 077; rte-hub gen-key > signing-key.json)`,
  async run(args, io) {
    parseArgs({ args, options: {} });
    io.out(await generatePrivateJwk());
    return EXIT.well;
  },
};
