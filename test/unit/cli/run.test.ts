import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CommandError, defineCommand, UsageError, type Command } from '../../../src/cli/command.js';
import { commands } from '../../../src/cli/commands.js';
import { helpLines, overviewLines } from '../../../src/cli/help.js';
import { runCommand } from '../../../src/cli/run.js';
import { invocations } from './shell-line.js';
import { testIo } from './test-io.js';

function failing(failure: Error): Command {
  return defineCommand({
    name: 'try',
    summary: 'fails',
    usage: '',
    about: 'Fails.',
    options: {},
    examples: ['rte-hub try'],
    read: (args) => args,
    run: async () => {
      throw failure;
    },
  });
}

describe('help', () => {
  it.each(['help', '--help', '-h'])('%s lists all commands and ends well', async (word) => {
    const { io, output } = testIo();
    expect(await runCommand(commands, [word], io)).toBe(0);
    for (const { name } of commands) expect(output()).toContain(`  ${name} `);
  });

  it.each(commands.map((command) => [command.name]))(
    '%s --help and help %s show usage, every option and examples',
    async (name) => {
      const asOption = testIo();
      const asWord = testIo();
      expect(await runCommand(commands, [name, '--help'], asOption.io)).toBe(0);
      expect(await runCommand(commands, ['help', name], asWord.io)).toBe(0);
      expect(asOption.output()).toBe(asWord.output());
      expect(asOption.output()).toContain(`Usage: rte-hub ${name}`);
      expect(asOption.output()).toMatch(/^Examples?:\n {2}\S/mu);
      const { options = {} } = commands.find((command) => command.name === name) ?? {};
      for (const option of Object.keys(options))
        expect(asOption.output()).toContain(`  --${option}`);
    },
  );

  it.each(commands.flatMap(({ name, examples }) => examples.map((example) => [name, example])))(
    'the example of %s can be run as it stands: %s',
    (name, example) => {
      const own = invocations(example).filter(([first]) => first === name);
      expect(own.length).toBeGreaterThan(0);
      for (const [called, ...args] of invocations(example)) {
        const command = commands.find((candidate) => candidate.name === called);
        expect(() => command?.check(args)).not.toThrow();
        expect(command).toBeDefined();
      }
    },
  );

  it.each(commands.map((command) => [command.name]))('the help of %s fits 80 columns', (name) => {
    const command = commands.find((candidate) => candidate.name === name);
    const lines = command === undefined ? [] : helpLines(command);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(overviewLines(commands).filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('a slip of the keyboard', () => {
  it.each([
    [['sevre'], 'sevre is no command: did you mean serve?'],
    [['help', 'gen-tokn'], 'gen-tokn is no command: did you mean gen-token?'],
    [['dance'], 'dance is no command.'],
    [['check-config', '--strcit'], '--strcit is no option of check-config: did you mean --strict?'],
    [['gen-token', '--usr=demo'], '--usr is no option of gen-token: did you mean --user?'],
    [['print-config', '-x'], '-x is no option of print-config'],
  ])('%j gets a suggestion when something is near', async (argv, message) => {
    const { io, errors } = testIo();
    expect(await runCommand(commands, argv, io)).toBe(2);
    expect(errors().split('\n')[0]).toBe(message);
  });
});

it.each(['--version', '-v', 'version'])('%s prints the version of the package', async (word) => {
  const { io, output } = testIo();
  expect(await runCommand(commands, [word], io)).toBe(0);
  const file = new URL('../../../package.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: output() });
});

describe('exit codes', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['dance']],
    ['an unknown option', ['gen-key', '--colour']],
    ['a superfluous argument', ['print-config', 'all']],
    ['a missing option', ['gen-token']],
    ['a missing argument', ['check-token']],
    ['an option of wrong form', ['gen-token', '--user', 'demo', '--ttl', 'long']],
  ])('%s is wrong usage: 2', async (_what, argv) => {
    const { io, output, errors } = testIo();
    expect(await runCommand(commands, argv, io)).toBe(2);
    expect(output()).toBe('');
    expect(errors()).not.toBe('');
  });

  it('a command that cannot do its work ends with 1 and its message', async () => {
    const { io, errors } = testIo();
    expect(await runCommand([failing(new CommandError('no key'))], ['try'], io)).toBe(1);
    expect(errors()).toBe('no key');
  });

  it('a usage error ends with 2 and points to the help', async () => {
    const { io, errors } = testIo();
    expect(await runCommand([failing(new UsageError('bad'))], ['try'], io)).toBe(2);
    expect(errors()).toBe('bad\nSee: rte-hub try --help');
  });

  it('no password of a URL is shown in a failure', async () => {
    const { io, errors } = testIo();
    const error = new Error('amqp://guest:hush@broker is away');
    expect(await runCommand([failing(error)], ['try'], io)).toBe(1);
    expect(errors()).not.toContain('hush');
  });
});
