import { parseArgs } from 'node:util';
import type { Directory, User } from '../directory/types.js';
import { createTokenIssuer, MAX_TOKEN_SECONDS } from '../identity/index.js';
import { CommandError, defineCommand, EXIT, type OptionSpecs, UsageError } from './command.js';
import { JSON_OPTION, printJson } from './json-output.js';
import { requireDirectory, requireSettings, requireSigningKeys } from './loading.js';
import { wholeNumber } from './numbers.js';

const options = {
  user: {
    type: 'string',
    value: 'ID|NAME',
    meaning: 'id or login name of a user of the directory',
  },
  ttl: {
    type: 'string',
    value: 'SECONDS',
    meaning: 'seconds it may be used to connect (default: RTE_TOKEN_TTL)',
  },
  json: JSON_OPTION,
} as const satisfies OptionSpecs;

/** Prints a token for a user of the directory. */
export const genTokenCommand = defineCommand({
  name: 'gen-token',
  summary: 'make a token for a user',
  usage: '--user ID|NAME [--ttl SECONDS] [--json]',
  about: "Prints a token that opens the hub, signed with the hub's own key.",
  options,
  examples: ['rte-hub gen-token --user demo --ttl 3600', 'rte-hub gen-token --user demo --json'],
  read(args) {
    const { user, ttl, json = false } = parseArgs({ args, options }).values;
    if (user === undefined) throw new UsageError('--user is missing');
    const range = { min: 1, max: MAX_TOKEN_SECONDS, unit: 'seconds' };
    const ttlSeconds = ttl === undefined ? undefined : wholeNumber('ttl', ttl, range);
    return { idOrName: user, ttlSeconds, json };
  },
  async run({ idOrName, ttlSeconds, json }, io) {
    const settings = requireSettings(io);
    const user = findUser(await requireDirectory(settings), idOrName);
    const keys = await requireSigningKeys(settings, io);
    const issuer = createTokenIssuer(keys, settings.tokens.ttlSeconds);
    const { token, expiresIn } = await issuer.issue(user, { ttlSeconds });
    const { id: userId, userName, role } = user;
    if (json) printJson(io, { token, expiresIn, userId, userName, role });
    else io.out(token);
    return EXIT.well;
  },
});

function findUser(directory: Directory, idOrName: string): User {
  const user = directory.users.get(idOrName.toLowerCase()) ?? directory.userByName(idOrName);
  if (user !== undefined) return user;
  throw new CommandError(`--user ${idOrName} is nobody in the directory: give an id or a userName`);
}
