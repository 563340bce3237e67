import { parseArgs } from 'node:util';
import { createTokenVerifier, RevokedTokens } from '../identity/index.js';
import { EXIT, UsageError, type Command } from './command.js';
import { requireSettings, requireSigningKeys } from './loading.js';

/** Says whether the hub would accept a token, and if not, which claim is at fault. */
export const checkTokenCommand: Command = {
  name: 'check-token',
  summary: 'say whether a token is accepted, or which claim fails',
  help: `Usage: rte-hub check-token TOKEN

Checks a token as the hub does. Prints its claims, or the reason why it is refused and ends with 1.

Example: rte-hub check-token "$(rte-hub gen-token --user demo)"`,
  async run(args, io) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
    const [token, ...others] = positionals;
    if (token === undefined || others.length > 0) throw new UsageError('give one token');
    const settings = requireSettings(io);
    const keys = await requireSigningKeys(settings, io);
    const revoked = await RevokedTokens.open({ dataDir: settings.dataDir, now: Date.now });
    const verified = await createTokenVerifier(keys).verify(token);
    if (!verified.ok) {
      io.error(`refused (${verified.reason}): ${verified.detail}`);
      return EXIT.failed;
    }
    if (revoked.isRevoked(verified.claims)) {
      io.error('refused (revoked): it was revoked before its end');
      return EXIT.failed;
    }
    io.out(JSON.stringify(verified.claims, undefined, 2));
    io.out(`accepted until ${new Date(verified.claims.exp * 1000).toISOString()}`);
    return EXIT.well;
  },
};
