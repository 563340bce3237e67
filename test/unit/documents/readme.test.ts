import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shownExamples, withExamples } from '../../../scripts/readme-examples.js';
import { withSettings } from '../../../scripts/readme-settings.js';
import { commands } from '../../../src/cli/commands.js';
import { parseDirectory } from '../../../src/directory/index.js';
import { codeBlocks } from '../../support/markdown.js';

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

  it('shows the examples as their files have them', () => {
    expect(shownExamples(readme).length).toBeGreaterThanOrEqual(3);
    expect(withExamples(readme)).toBe(readme);
    expect(withExamples(readme.replace('MessageReceived', 'Changed'))).toBe(readme);
  });

  const files = codeBlocks(readme).filter(({ language }) => language === 'json');
  it.each(files)('shows under "$section" a directory file that is accepted', async ({ code }) => {
    const passwords = { hash: async (password: string) => password, isHash: () => true };
    const parsed = await parseDirectory(JSON.parse(code), { production: true, passwords });
    expect(parsed).toMatchObject({ ok: true, warnings: [] });
  });
});
