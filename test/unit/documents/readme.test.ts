import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { withSettings } from '../../../scripts/readme-settings.js';
import { commands } from '../../../src/cli/commands.js';
import { parseDirectory } from '../../../src/directory/index.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('has the settings of the schema', async () => {
    expect(await withSettings(readme)).toBe(readme);
  });

  it('is not accepted without the marks of the settings', async () => {
    await expect(withSettings('# rte-hub')).rejects.toThrow('settings:begin');
  });

  it('names every command', () => {
    for (const { name } of commands) expect(readme).toContain(`\`${name}`);
  });

  it('shows a directory file that is accepted', async () => {
    const block = /```json\n(?<json>.*?)```/s.exec(readme)?.groups?.['json'] ?? '';
    const passwords = { hash: async (password: string) => password, isHash: () => true };
    const parsed = await parseDirectory(JSON.parse(block), { production: true, passwords });
    expect(parsed).toMatchObject({ ok: true, warnings: [] });
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')));
    const named = [...readme.matchAll(/npm (?:run )?(?<script>[a-z:]+)/g)]
      .map((match) => match.groups?.['script'] ?? '')
      .filter((script) => script !== 'ci');
    expect(named.length).toBeGreaterThan(3);
    for (const script of named) expect(Object.keys(scripts)).toContain(script);
  });
});
