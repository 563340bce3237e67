import { parseArgs } from 'node:util';
import type { Directory, User } from '../directory/types.js';
import { createTokenIssuer, MAX_TOKEN_SECONDS } from '../identity/index.js';
import { CommandError, EXIT, UsageError, type Command } from './command.js';
import { requireDirectory, requireSettings, requireSigningKeys } from './loading.js';

/** Prints a token for a user of the directory. */
export const genTokenCommand: Command = {
  name: 'gen-token',
  summary: 'make a token for a user',
  help: `Usage: rte-hub gen-token --user ID|NAME [--ttl SECONDS]

Prints a token that opens the hub, signed with the hub's own key.
  --user   id or login name of a user of the directory
  --ttl    seconds it may be used to connect (default: RTE_TOKEN_TTL)

Example: rte-hub gen-token --user demo --ttl 3600`,
  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: { user: { type: 'string' }, ttl: { type: 'string' } },
    });
    if (values.user === undefined) throw new UsageError('--user is missing');
    const ttlSeconds = values.ttl === undefined ? undefined : parseTtl(values.ttl);
    const settings = requireSettings(io);
    const user = findUser(await requireDirectory(settings), values.user);
    const keys = await requireSigningKeys(settings, io);
    const issuer = createTokenIssuer(keys, settings.tokens.ttlSeconds);
    io.out((await issuer.issue(user, { ttlSeconds })).token);
    return EXIT.well;
  },
};

function parseTtl(text: string): number {
  const seconds = /^\d{1,9}$/u.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= MAX_TOKEN_SECONDS) return seconds;
  throw new UsageError(`--ttl ${text}: give whole seconds from 1 to ${MAX_TOKEN_SECONDS}`);
}

function findUser(directory: Directory, idOrName: string): User {
  const user = directory.users.get(idOrName.toLowerCase()) ?? directory.userByName(idOrName);
  if (user !== undefined) return user;
  throw new CommandError(`--user ${idOrName} is nobody in the directory: give an id or a userName`);
}
