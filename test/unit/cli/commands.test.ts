import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.js';
import { runCommand } from '../../../src/cli/run.js';
import { RevokedTokens } from '../../../src/identity/index.js';
import { verifyPassword } from '../../../src/identity/password.js';
import { smallDirectory } from '../directory/directory-fixture.js';
import { testIo } from './test-io.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(argv: string[], env: Record<string, string> = {}, password = '') {
  const { io, output, errors } = testIo({ RTE_DATA_DIR: folder, ...env }, folder, password);
  const exitCode = await runCommand(commands, argv, io);
  return { exitCode, output: output(), errors: errors() };
}

function writeDirectory(json: unknown): string {
  const path = join(folder, 'directory.json');
  writeFileSync(path, JSON.stringify(json));
  return path;
}

describe('check-config', () => {
  it('says that a right configuration is valid', async () => {
    const RTE_DIRECTORY = writeDirectory(smallDirectory());
    const { exitCode, output, errors } = await run(['check-config', '--strict'], { RTE_DIRECTORY });
    expect([exitCode, output, errors]).toEqual([0, 'The configuration is valid.', '']);
  });

  it('reports faults of the settings, the directory and the key in one go', async () => {
    const { exitCode, errors } = await run(['check-config'], {
      RTE_PORT: 'x',
      RTE_DIRECTORY: writeDirectory({ users: 7 }),
      RTE_SIGNING_KEY: '{"kty":"hush"}',
    });
    expect(exitCode).toBe(1);
    expect(errors).toContain('fault: RTE_PORT=x');
    expect(errors).toContain('fault: organizations:');
    expect(errors).toContain('fault: users:');
    expect(errors).toContain('fault: RTE_SIGNING_KEY is not a private JWK');
    expect(errors).not.toContain('hush');
  });

  it('warns of an unknown name, and fails on it with --strict', async () => {
    const env = { RTE_PROT: '1' };
    const lenient = await run(['check-config'], env);
    expect(lenient.exitCode).toBe(0);
    expect(lenient.errors).toBe('warning: RTE_PROT is not a setting: did you mean RTE_PORT?');
    const strict = await run(['check-config', '--strict'], env);
    expect(strict.exitCode).toBe(1);
    expect(strict.errors).toBe('fault: RTE_PROT is not a setting: did you mean RTE_PORT?');
  });

  it('refuses a plain password in production, and warns of it elsewhere', async () => {
    const file = smallDirectory();
    const users = file.users.map((user) => ({ ...user, password: 'hush' }));
    const env = { RTE_DIRECTORY: writeDirectory({ ...file, users }) };
    const production = await run(['check-config'], { ...env, NODE_ENV: 'production' });
    expect(production.exitCode).toBe(1);
    expect(production.errors).toContain('users[0].password');
    const elsewhere = await run(['check-config'], env);
    expect(elsewhere.exitCode).toBe(0);
    expect(elsewhere.errors).toContain('warning: users: 3 user(s) have a plain password');
    expect(production.errors + elsewhere.errors).not.toContain('hush');
  });

  it('refuses a weak key in production', async () => {
    const RTE_SIGNING_KEY = '{"kty":"oct","k":"aHVzaA"}';
    const { exitCode, errors } = await run(['check-config'], {
      RTE_SIGNING_KEY,
      NODE_ENV: 'production',
    });
    expect(exitCode).toBe(1);
    expect(errors).toContain('RTE_SIGNING_KEY is not safe: it has 4 bytes');
  });
});

describe('print-config', () => {
  it('prints the settings in force, from .env too, with secrets hidden', async () => {
    writeFileSync(join(folder, '.env'), 'RTE_HOST=0.0.0.0\nRTE_PORT=1\n');
    const { exitCode, output } = await run(['print-config'], {
      RTE_PORT: '9000',
      RTE_SIGNING_KEY: 'hush',
    });
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^RTE_HOST +\.env +0\.0\.0\.0$/mu);
    expect(output).toMatch(/^RTE_PORT +environment +9000$/mu);
    expect(output).toMatch(/^RTE_TOKEN_TTL +default +600$/mu);
    expect(output).not.toContain('hush');
  });

  it('ends with 1 when a setting is wrong', async () => {
    expect((await run(['print-config'], { RTE_PORT: 'x' })).exitCode).toBe(1);
  });
});

describe('tokens', () => {
  it.each(['demo', 'DEMO', 'de300000-0000-4000-8000-0000000000A1'])(
    'gen-token --user %s makes a token that check-token accepts',
    async (user) => {
      const made = await run(['gen-token', '--user', user]);
      expect(made.exitCode).toBe(0);
      const checked = await run(['check-token', made.output]);
      expect(checked.exitCode).toBe(0);
      expect(checked.output).toMatch(/^sub +user id +de300000-0000-4000-8000-0000000000a1$/mu);
      expect(checked.output).toContain('accepted until ');
    },
  );

  it('--ttl decides how long a token lives', async () => {
    const made = await run(['gen-token', '--user', 'demo', '--ttl', '3600']);
    const { iat = 0, exp = 0 } = decodeJwt(made.output);
    expect(exp - iat).toBe(3600);
  });

  it('there is no token for nobody', async () => {
    const { exitCode, errors } = await run(['gen-token', '--user', 'nobody']);
    expect(exitCode).toBe(1);
    expect(errors).toContain('--user nobody is nobody in the directory');
  });

  it('check-token says why a token is refused', async () => {
    const { output } = await run(['gen-token', '--user', 'demo']);
    const key = (await run(['gen-key'])).output;
    const other = await run(['check-token', output], { RTE_SIGNING_KEY: key });
    expect(other.exitCode).toBe(1);
    expect(other.errors).toBe('refused (unknown-key): kid names no key of this hub');
    const text = await run(['check-token', 'abc']);
    expect(text.errors).toBe('refused (malformed): it is no signed JWT');
  });

  it('check-token knows of revocations', async () => {
    const { output } = await run(['gen-token', '--user', 'demo']);
    const { sub: userId = '', jti = '' } = decodeJwt(output);
    const revoked = await RevokedTokens.open({ dataDir: folder, now: Date.now });
    await revoked.revokeToken(userId, jti);
    const checked = await run(['check-token', output]);
    expect([checked.exitCode, checked.errors]).toEqual([
      1,
      'refused (revoked): it was revoked before its end',
    ]);
  });

  it('wrong settings stop gen-token with all faults', async () => {
    const env = { RTE_PORT: 'x', RTE_TOKEN_TTL: 'y' };
    const { exitCode, errors } = await run(['gen-token', '--user', 'demo'], env);
    expect(exitCode).toBe(1);
    expect(errors).toContain('RTE_PORT=x');
    expect(errors).toContain('RTE_TOKEN_TTL=y');
  });
});

it('gen-key makes a key that the hub takes in production', async () => {
  const { output: RTE_SIGNING_KEY } = await run(['gen-key']);
  const env = { RTE_SIGNING_KEY, NODE_ENV: 'production' };
  expect((await run(['check-config', '--strict'], env)).exitCode).toBe(0);
});

describe('gen-key --rotate', () => {
  it('replaces the key, and tokens of the one before are still accepted', async () => {
    const made = await run(['gen-token', '--user', 'demo']);
    const rotated = await run(['gen-key', '--rotate']);
    expect([rotated.exitCode, rotated.errors]).toEqual([0, '']);
    const newToken = await run(['gen-token', '--user', 'demo']);
    const [before, after] = [made, newToken].map(({ output }) => decodeProtectedHeader(output).kid);
    expect(rotated.output).toContain(`signs from now on: ${String(after)}`);
    expect(rotated.output).toContain(`still accepted:    ${String(before)}`);
    expect(rotated.output).not.toContain('"d"');
    for (const { output } of [made, newToken]) {
      expect((await run(['check-token', output])).exitCode).toBe(0);
    }
  });

  it('says what to do where there is no key yet, or one is given', async () => {
    const none = await run(['gen-key', '--rotate']);
    expect([none.exitCode, none.errors]).toEqual([1, expect.stringContaining('there is no key')]);
    const RTE_SIGNING_KEY = (await run(['gen-key'])).output;
    const given = await run(['gen-key', '--rotate'], { RTE_SIGNING_KEY });
    expect(given.exitCode).toBe(1);
    expect(given.errors).toContain('RTE_SIGNING_KEY_PREVIOUS');
  });

  it('check-config looks at the previous key too', async () => {
    const { errors } = await run(['check-config'], {
      RTE_SIGNING_KEY: '{"kty":"hush"}',
      RTE_SIGNING_KEY_PREVIOUS: '{"kty":"hush"}',
      RTE_SIGNING_KEY_PREVIOUS_FILE: '/nowhere',
    });
    expect(errors).toContain('fault: RTE_SIGNING_KEY is not a private JWK');
    expect(errors).toContain('fault: RTE_SIGNING_KEY_PREVIOUS is not a private JWK');
    expect(errors).toContain('RTE_SIGNING_KEY_PREVIOUS_FILE and RTE_SIGNING_KEY_PREVIOUS');
    expect(errors).not.toContain('hush');
  });
});

describe('hash-password', () => {
  it.each([
    ['from the prompt', [], 'open sesame'],
    ['from --password', ['--password', 'open sesame'], ''],
  ])('hashes the password %s without showing it', async (_from, args, typed) => {
    const { exitCode, output, errors } = await run(['hash-password', ...args], {}, typed);
    expect(exitCode).toBe(0);
    expect(await verifyPassword('open sesame', output)).toBe(true);
    expect(output + errors).not.toContain('sesame');
  });

  it('refuses an empty password', async () => {
    expect((await run(['hash-password'])).exitCode).toBe(1);
  });
});
