import { parseArgs } from 'node:util';
import {
  generatePrivateJwk,
  keyFilesIn,
  loadSigningKeys,
  rotateKeyFile,
} from '../identity/index.js';
import type { Settings } from '../config/index.js';
import { CommandError, defineCommand, EXIT, type OptionSpecs } from './command.js';
import { JSON_OPTION, printJson } from './json-output.js';
import { requireSettings } from './loading.js';

const options = {
  rotate: {
    type: 'boolean',
    meaning:
      'puts it in the place of the key in RTE_DATA_DIR, which becomes the previous key: tokens of that are accepted until they expire. A running hub takes both with SIGHUP',
  },
  json: { ...JSON_OPTION, meaning: 'with --rotate, print one line of JSON; a key is JSON anyway' },
} as const satisfies OptionSpecs;

/** Prints a fresh signing key, or puts it in the place of the hub's own. */
export const genKeyCommand = defineCommand({
  name: 'gen-key',
  summary: 'make a signing key',
  usage: '[--rotate] [--json]',
  about:
    'Prints a fresh private key as JWK, for RTE_SIGNING_KEY or RTE_SIGNING_KEY_FILE. Who has it can forge tokens: keep it secret.',
  options,
  examples: ['(umask 077; rte-hub gen-key > signing-key.json)', 'rte-hub gen-key --rotate'],
  read: (args) => parseArgs({ args, options }).values,
  async run({ rotate: isRotation = false, json = false }, io) {
    if (!isRotation) {
      io.out(await generatePrivateJwk());
      return EXIT.well;
    }
    const ids = await rotate(requireSettings(io));
    if (json) {
      printJson(io, ids);
      return EXIT.well;
    }
    io.out(`signs from now on: ${ids.keyId}`);
    io.out(`still accepted:    ${String(ids.previousKeyId)}`);
    io.out('Send a running hub SIGHUP to have it take them.');
    return EXIT.well;
  },
});

/** @throws CommandError when the key is not in the data folder; SigningKeyError when there is none */
async function rotate({ dataDir, tokens, ...settings }: Settings) {
  const { signingKey, signingKeyFile } = tokens;
  if (signingKey !== undefined || signingKeyFile !== undefined) {
    throw new CommandError(
      'The key is given by RTE_SIGNING_KEY or RTE_SIGNING_KEY_FILE: move it to RTE_SIGNING_KEY_PREVIOUS or RTE_SIGNING_KEY_PREVIOUS_FILE, and put the output of rte-hub gen-key in its place',
    );
  }
  const { current, previous } = keyFilesIn(dataDir);
  await rotateKeyFile(current, previous);
  const { keys } = await loadSigningKeys({ ...settings, ...tokens, dataDir });
  return { keyId: keys.current.id, previousKeyId: keys.previous?.id };
}
