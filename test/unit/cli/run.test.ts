import { describe, expect, it } from 'vitest';
import { CommandError, UsageError, type Command } from '../../../src/cli/command.js';
import { commands } from '../../../src/cli/commands.js';
import { runCommand } from '../../../src/cli/run.js';
import { testIo } from './test-io.js';

function failing(failure: Error): Command {
  return {
    name: 'try',
    summary: 'fails',
    help: 'Usage: rte-hub try',
    run: async () => {
      throw failure;
    },
  };
}

describe('help', () => {
  it.each(['help', '--help', '-h'])('%s lists all commands and ends well', async (word) => {
    const { io, output } = testIo();
    expect(await runCommand(commands, [word], io)).toBe(0);
    for (const { name } of commands) expect(output()).toContain(`  ${name} `);
  });

  it.each(commands.map((command) => [command.name]))('%s --help shows an example', async (name) => {
    const { io, output } = testIo();
    expect(await runCommand(commands, [name, '--help'], io)).toBe(0);
    expect(output()).toContain(`Usage: rte-hub ${name}`);
    expect(output()).toContain('Example:');
  });
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
