import type { Command, OptionSpec } from './command.js';
import { wrapText } from './wrap.js';

/** Fits every terminal, and reads well on wide ones. */
const COLUMNS = 80;
/** A name that is longer has its meaning in the next line. */
const MAX_NAME = 26;

/** What `--help` shows of a command. */
export function helpLines(command: Command): string[] {
  const usage = `rte-hub ${command.name} ${command.usage}`.trimEnd();
  const options = Object.entries({ ...command.options, help: HELP_OPTION });
  return [
    ...hanging('Usage: ', usage),
    '',
    ...wrapText(command.about, COLUMNS),
    '',
    ...definitions(options.map(([name, option]) => [optionName(name, option), option.meaning])),
    '',
    command.examples.length === 1 ? 'Example:' : 'Examples:',
    ...command.examples.map((example) => `  ${example}`),
  ];
}

/** What `rte-hub help` shows. */
export function overviewLines(commands: readonly Command[]): string[] {
  return [
    'Usage: rte-hub COMMAND [OPTIONS]',
    '',
    ...definitions([
      ...commands.map(({ name, summary }) => [name, summary] as const),
      ['help [COMMAND]', 'this list, or what a command does, with examples'],
    ]),
    '',
    ...definitions([
      ['--version', 'which version this is'],
      ['--help', 'the same as help; also after a command'],
    ]),
    '',
    'Exit codes: 0 well, 1 failed, 2 wrong usage. With --json the standard output',
    'is one line of JSON and nothing else; NO_COLOR and FORCE_COLOR are respected.',
  ];
}

const HELP_OPTION: OptionSpec = { type: 'boolean', meaning: 'show this' };

function optionName(name: string, { value }: OptionSpec): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** Names with their meanings beside them, indented. */
function definitions(entries: readonly (readonly [string, string])[]): string[] {
  const names = entries.map(([name]) => name.length).filter((length) => length <= MAX_NAME);
  const width = Math.max(...names);
  return entries.flatMap(([name, meaning]) => {
    const [first = '', ...rest] = wrapText(meaning, COLUMNS - width - 4);
    const indented = rest.map((line) => `${' '.repeat(width + 4)}${line}`);
    if (name.length > width) return [`  ${name}`, `${' '.repeat(width + 4)}${first}`, ...indented];
    return [`  ${name.padEnd(width)}  ${first}`, ...indented];
  });
}

function hanging(head: string, text: string): string[] {
  const lines = wrapText(text, COLUMNS - head.length);
  return lines.map((line, at) => `${at === 0 ? head : ' '.repeat(head.length)}${line}`);
}
