import { format, resolveConfig } from 'prettier';
import { settingsTable } from '../src/config/index.js';

const BEGIN = '<!-- settings:begin -->';
const END = '<!-- settings:end -->';

/**
 * The README with the table of settings as the schema has it.
 * Laid out as the formatter wants it.
 * @throws when the README has lost the marks around the table
 */
export async function withSettings(readme: string): Promise<string> {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`README.md must have ${BEGIN} and ${END}`);
  const table = settingsTable().join('\n');
  const text = `${readme.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${readme.slice(end)}`;
  return format(text, { ...(await resolveConfig('README.md')), parser: 'markdown' });
}
