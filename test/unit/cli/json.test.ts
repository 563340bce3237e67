import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../../src/cli/commands.js';
import { runCommand } from '../../../src/cli/run.js';
import { testIo } from './test-io.js';

const ANY_STRING: unknown = expect.any(String);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-cli-json-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs with --json; the standard output must be one line of JSON, or empty. */
async function runJson(argv: string[], env: Record<string, string> = {}, password = '') {
  const { io, output, errors } = testIo({ RTE_DATA_DIR: folder, ...env }, folder, password);
  const exitCode = await runCommand(commands, [...argv, '--json'], io);
  expect(output()).not.toContain('\n');
  const json: unknown = output() === '' ? undefined : JSON.parse(output());
  return { exitCode, json, errors: errors() };
}

describe('--json', () => {
  it('check-config tells faults and warnings, and the exit code agrees', async () => {
    const warning = 'RTE_PROT is not a setting: did you mean RTE_PORT?';
    const env = { RTE_PROT: '1' };
    expect(await runJson(['check-config'], env)).toEqual({
      exitCode: 0,
      json: { valid: true, faults: [], warnings: [warning] },
      errors: '',
    });
    expect(await runJson(['check-config', '--strict'], env)).toEqual({
      exitCode: 1,
      json: { valid: false, faults: [warning], warnings: [] },
      errors: '',
    });
  });

  it('print-config tells where each value comes from, null for a default', async () => {
    writeFileSync(join(folder, '.env'), 'RTE_HOST=0.0.0.0\n');
    const env = { RTE_SIGNING_KEY: 'hush', RTE_PORT: '9000' };
    const { exitCode, json } = await runJson(['print-config'], env);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ valid: true, faults: [] });
    for (const [name, value, from] of [
      ['RTE_HOST', '0.0.0.0', '.env'],
      ['RTE_PORT', '9000', 'environment'],
      ['RTE_TOKEN_TTL', null, 'default'],
      ['RTE_SIGNING_KEY', '(hidden)', 'environment'],
    ]) {
      expect(json).toHaveProperty('settings', expect.arrayContaining([{ name, value, from }]));
    }
  });

  it('gen-token and check-token fit together', async () => {
    const made = await runJson(['gen-token', '--user', 'demo', '--ttl', '60']);
    expect(made.json).toEqual({
      token: ANY_STRING,
      expiresIn: 60,
      userId: 'de300000-0000-4000-8000-0000000000a1',
      userName: 'demo',
      role: 'supervisor',
    });
    const { token } = z.object({ token: z.string() }).parse(made.json);
    expect(await runJson(['check-token', token])).toMatchObject({
      exitCode: 0,
      json: { accepted: true, claims: { role: 'supervisor' }, expiresAt: ANY_STRING },
    });
    expect(await runJson(['check-token', 'abc'])).toEqual({
      exitCode: 1,
      json: { accepted: false, reason: 'malformed', detail: 'it is no signed JWT' },
      errors: '',
    });
    expect((await runJson(['gen-key', '--rotate'])).json).toEqual({
      keyId: ANY_STRING,
      previousKeyId: ANY_STRING,
    });
  });

  it('hash-password gives the hash', async () => {
    const hashed = await runJson(['hash-password'], {}, 'open sesame');
    expect(hashed.json).toEqual({ passwordHash: ANY_STRING });
  });

  it('what fails is told on the error output alone', async () => {
    const { exitCode, json, errors } = await runJson(['gen-token', '--user', 'nobody']);
    expect([exitCode, json]).toEqual([1, undefined]);
    expect(errors).toContain('nobody');
  });
});
