import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../../src/cli/commands.js';
import { runCommand } from '../../../src/cli/run.js';
import { verifyPassword } from '../../../src/identity/password.js';
import { testIo } from './test-io.js';

const fileSchema = z.object({
  users: z.array(z.object({ userName: z.string(), passwordHash: z.string().optional() })),
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(argv: string[], env: Record<string, string> = {}) {
  const { io, output, errors } = testIo(env, folder);
  return { exitCode: await runCommand(commands, argv, io), output: output(), errors: errors() };
}

describe('init', () => {
  it.each(['wazo', 'portsip'])(
    'writes files for %s with which nothing is wrong',
    async (source) => {
      const made = await run(['init', '--source', source]);
      expect(made).toMatchObject({ exitCode: 0, errors: '' });
      const RTE_DIRECTORY = join(folder, 'directory.json');
      for (const NODE_ENV of ['development', 'production']) {
        const checked = await run(['check-config', '--strict'], { RTE_DIRECTORY, NODE_ENV });
        expect(checked).toMatchObject({ exitCode: 0, errors: '' });
      }
      const { output } = await run(['print-config']);
      expect(output).toMatch(/^RTE_DIRECTORY +\.env +directory\.json$/mu);
    },
  );

  it('makes a login for the administrator, of which only the hash is kept', async () => {
    const { output } = await run(['init', '--json']);
    const made = z.object({ login: z.object({ userName: z.string(), password: z.string() }) });
    const { userName, password } = made.parse(JSON.parse(output)).login;
    const text = readFileSync(join(folder, 'directory.json'), 'utf8');
    const admin = fileSchema.parse(JSON.parse(text)).users.find((one) => one.userName === userName);
    expect(await verifyPassword(password, admin?.passwordHash ?? '')).toBe(true);
    expect(text).not.toContain(password);
    expect(readFileSync(join(folder, '.env'), 'utf8')).not.toContain(password);
  });

  it('writes into a folder that is not there yet, for its owner alone', async () => {
    const { output } = await run(['init', 'some/where']);
    expect(output).toContain('cd some/where');
    for (const name of ['.env', 'directory.json']) {
      expect(statSync(join(folder, 'some/where', name)).mode & 0o777).toBe(0o600);
    }
  });

  it('takes a path from the root as it is', async () => {
    const target = join(folder, 'rooted');
    expect((await run(['init', target])).exitCode).toBe(0);
    expect(readdirSync(target).sort()).toEqual(['.env', 'directory.json']);
  });

  it.each(['.env', 'directory.json'])('writes nothing when there is a %s', async (name) => {
    writeFileSync(join(folder, name), 'mine');
    const { exitCode, output, errors } = await run(['init']);
    expect([exitCode, output]).toEqual([1, '']);
    expect(errors).toContain(`there is already: ${join(folder, name)}`);
    expect(readdirSync(folder)).toEqual([name]);
    expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
  });

  it.each([[['a', 'b']], [['--source', 'simulator']]])('%j is wrong usage', async (args) => {
    expect((await run(['init', ...args])).exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});
