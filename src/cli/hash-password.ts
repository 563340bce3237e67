import { parseArgs } from 'node:util';
import { hashPassword } from '../identity/index.js';
import { CommandError, defineCommand, EXIT, type OptionSpecs } from './command.js';
import { JSON_OPTION, printJson } from './json-output.js';

const options = {
  password: {
    type: 'string',
    value: 'PASSWORD',
    meaning: 'instead; other users of the machine can see it in the list of processes',
  },
  json: JSON_OPTION,
} as const satisfies OptionSpecs;

/** Prints the hash of a password, for the directory file. */
export const hashPasswordCommand = defineCommand({
  name: 'hash-password',
  summary: 'make the passwordHash of a directory file',
  usage: '[--password PASSWORD] [--json]',
  about:
    'Asks for a password, or reads the first line of a pipe, and prints its hash for passwordHash in the directory file.',
  options,
  examples: ['printf \'%s\\n\' "$PASSWORD" | rte-hub hash-password', 'rte-hub hash-password'],
  read: (args) => parseArgs({ args, options }).values,
  async run(given, io) {
    const password = given.password ?? (await io.readPassword());
    if (password === '') throw new CommandError('The password is empty: give one');
    const passwordHash = await hashPassword(password);
    if (given.json === true) printJson(io, { passwordHash });
    else io.out(passwordHash);
    return EXIT.well;
  },
});
