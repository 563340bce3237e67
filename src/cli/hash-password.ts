import { parseArgs } from 'node:util';
import { hashPassword } from '../identity/index.js';
import { CommandError, EXIT, type Command } from './command.js';

/** Prints the hash of a password, for the directory file. */
export const hashPasswordCommand: Command = {
  name: 'hash-password',
  summary: 'make the passwordHash of a directory file',
  help: `Usage: rte-hub hash-password [--password PASSWORD]

Asks for a password, or reads the first line of a pipe, and prints its hash for passwordHash in the
directory file.
  --password   instead; other users of the machine can see it in the list of processes

Example: printf '%s\\n' "$PASSWORD" | rte-hub hash-password`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { password: { type: 'string' } } });
    const password = values.password ?? (await io.readPassword());
    if (password === '') throw new CommandError('The password is empty: give one');
    io.out(await hashPassword(password));
    return EXIT.well;
  },
};
