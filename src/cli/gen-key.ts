import { parseArgs } from 'node:util';
import {
  generatePrivateJwk,
  keyFilesIn,
  loadSigningKeys,
  rotateKeyFile,
} from '../identity/index.js';
import type { Settings } from '../config/index.js';
import { CommandError, EXIT, type Command } from './command.js';
import type { Io } from './io.js';
import { requireSettings } from './loading.js';

/** Prints a fresh signing key, or puts it in the place of the hub's own. */
export const genKeyCommand: Command = {
  name: 'gen-key',
  summary: 'make a signing key',
  help: `Usage: rte-hub gen-key [--rotate]

Prints a fresh private key as JWK, for RTE_SIGNING_KEY or RTE_SIGNING_KEY_FILE. Who has it can forge
tokens: keep it secret.
  --rotate   puts it in the place of the key in RTE_DATA_DIR, which becomes the previous key: tokens
             of that are accepted until they expire. A running hub takes both with SIGHUP.

Example: (umask 077; rte-hub gen-key > signing-key.json)`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { rotate: { type: 'boolean' } } });
    if (values.rotate === true) await rotate(requireSettings(io), io);
    else io.out(await generatePrivateJwk());
    return EXIT.well;
  },
};

async function rotate({ dataDir, tokens, ...settings }: Settings, io: Io): Promise<void> {
  const { signingKey, signingKeyFile } = tokens;
  if (signingKey !== undefined || signingKeyFile !== undefined) {
    throw new CommandError(
      'The key is given by RTE_SIGNING_KEY or RTE_SIGNING_KEY_FILE: move it to RTE_SIGNING_KEY_PREVIOUS or RTE_SIGNING_KEY_PREVIOUS_FILE, and put the output of rte-hub gen-key in its place',
    );
  }
  const { current, previous } = keyFilesIn(dataDir);
  await rotateKeyFile(current, previous);
  const { keys } = await loadSigningKeys({ ...settings, ...tokens, dataDir });
  io.out(`signs from now on: ${keys.current.id}`);
  io.out(`still accepted:    ${String(keys.previous?.id)}`);
  io.out('Send a running hub SIGHUP to have it take them.');
}
