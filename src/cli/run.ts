import { redactText } from '../observability/index.js';
import { EXIT, UsageError, type Command, type ExitCode } from './command.js';
import type { Io } from './io.js';

const HELP_WORDS: ReadonlySet<string> = new Set(['help', '--help', '-h']);

/**
 * Picks a command and runs it. Never rejects: a failure is told on the error output.
 * @param argv what follows the program's name
 * @returns the exit code: 0 well, 1 failed, 2 wrong usage
 */
export async function runCommand(
  commands: readonly Command[],
  argv: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const [name, ...args] = argv;
  if (name !== undefined && HELP_WORDS.has(name)) {
    io.out(overview(commands));
    return EXIT.well;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    io.error(name === undefined ? 'A command is missing.' : `${name} is no command.`);
    io.error(overview(commands));
    return EXIT.wrongUsage;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.out(command.help);
    return EXIT.well;
  }
  return runPicked(command, args, io);
}

async function runPicked(command: Command, args: string[], io: Io): Promise<ExitCode> {
  try {
    return await command.run(args, io);
  } catch (error) {
    io.error(redactText(error instanceof Error ? error.message : String(error)));
    if (!isUsageFault(error)) return EXIT.failed;
    io.error(`See: rte-hub ${command.name} --help`);
    return EXIT.wrongUsage;
  }
}

function isUsageFault(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ['Usage: rte-hub COMMAND [--help]', '', ...lines].join('\n');
}
