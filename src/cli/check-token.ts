import { parseArgs } from 'node:util';
import { createTokenVerifier, RevokedTokens, type TokenClaims } from '../identity/index.js';
import { defineCommand, EXIT, type OptionSpecs, UsageError } from './command.js';
import type { Io } from './io.js';
import { JSON_OPTION, printJson } from './json-output.js';
import { requireSettings, requireSigningKeys } from './loading.js';
import { tableLines } from './table.js';

const options = { json: JSON_OPTION } as const satisfies OptionSpecs;

/** Says whether the hub would accept a token, and if not, which claim is at fault. */
export const checkTokenCommand = defineCommand({
  name: 'check-token',
  summary: 'say whether a token is accepted, or which claim fails',
  usage: 'TOKEN [--json]',
  about:
    'Checks a token as the hub does. Prints its claims, or the reason why it is refused and ends with 1.',
  options,
  examples: [
    'rte-hub check-token "$(rte-hub gen-token --user demo)"',
    'rte-hub check-token --json "$(rte-hub gen-token --user demo)"',
  ],
  read(args) {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    const [token, ...others] = positionals;
    if (token === undefined || others.length > 0) throw new UsageError('give one token');
    return { token, json: values.json ?? false };
  },
  async run({ token, json }, io) {
    const checked = await check(token, io);
    if (json) printJson(io, checked);
    else if (checked.accepted) for (const line of claimLines(checked, io)) io.out(line);
    else io.error(`refused (${checked.reason}): ${checked.detail}`);
    return checked.accepted ? EXIT.well : EXIT.failed;
  },
});

type Checked =
  | { readonly accepted: true; readonly claims: TokenClaims; readonly expiresAt: string }
  | { readonly accepted: false; readonly reason: string; readonly detail: string };

async function check(token: string, io: Io): Promise<Checked> {
  const settings = requireSettings(io);
  const keys = await requireSigningKeys(settings, io);
  const revoked = await RevokedTokens.open({ dataDir: settings.dataDir, now: Date.now });
  const verified = await createTokenVerifier(keys).verify(token);
  if (!verified.ok) return { accepted: false, reason: verified.reason, detail: verified.detail };
  const { claims } = verified;
  if (revoked.isRevoked(claims)) {
    return { accepted: false, reason: 'revoked', detail: 'it was revoked before its end' };
  }
  return { accepted: true, claims, expiresAt: isoTime(claims.exp) };
}

/** What the claims are called for people; a claim that is not here is shown by its own name. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['sub', 'user id'],
  ['org', 'organization id'],
  ['name', 'display name'],
  ['iat', 'issued'],
  ['nbf', 'good from'],
  ['exp', 'good until'],
  ['jti', 'token id'],
  ['access', 'access list'],
  ['login_role', 'role of the login'],
]);
const TIMES: ReadonlySet<string> = new Set(['iat', 'nbf', 'exp']);

function claimLines({ claims, expiresAt }: Extract<Checked, { accepted: true }>, io: Io): string[] {
  const rows = Object.entries(claims).map(([name, value]: [string, unknown]) => [
    name,
    MEANINGS.get(name) ?? '',
    TIMES.has(name) && typeof value === 'number' ? isoTime(value) : textOf(value),
  ]);
  const columns = [{ title: 'CLAIM' }, { title: 'MEANING' }, { title: 'VALUE' }];
  return [...tableLines(columns, rows, io.outScreen), `accepted until ${expiresAt}`];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @param seconds since 1970 */
function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
