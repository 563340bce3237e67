import { nearestName } from '../config/index.js';
import { redactText } from '../observability/index.js';
import { EXIT, UsageError, type Command, type ExitCode } from './command.js';
import { helpLines, overviewLines } from './help.js';
import type { Io } from './io.js';
import { hubVersion } from '../version.js';

const HELP_OPTIONS: ReadonlySet<string> = new Set(['--help', '-h']);
const VERSION_WORDS: ReadonlySet<string> = new Set(['--version', '-v', 'version']);

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
  const [name = '', ...args] = argv;
  if (VERSION_WORDS.has(name)) {
    io.out(hubVersion());
    return EXIT.well;
  }
  if (name === 'help' || HELP_OPTIONS.has(name)) return help(commands, args, io);
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    io.error(name === '' ? 'A command is missing.' : noSuchCommand(name, commands));
    for (const line of overviewLines(commands)) io.error(line);
    return EXIT.wrongUsage;
  }
  if (args.some((arg) => HELP_OPTIONS.has(arg))) return show(helpLines(command), io);
  return runPicked(command, args, io);
}

/** @param names the command that is asked about; none for the list of all */
function help(commands: readonly Command[], [name]: readonly string[], io: Io): ExitCode {
  if (name === undefined || HELP_OPTIONS.has(name)) return show(overviewLines(commands), io);
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return show(helpLines(command), io);
  io.error(noSuchCommand(name, commands));
  return EXIT.wrongUsage;
}

function show(lines: readonly string[], io: Io): ExitCode {
  for (const line of lines) io.out(line);
  return EXIT.well;
}

async function runPicked(command: Command, args: string[], io: Io): Promise<ExitCode> {
  try {
    return await command.run(args, io);
  } catch (error) {
    const usageFault = usageFaultOf(error, command);
    io.error(usageFault ?? redactText(error instanceof Error ? error.message : String(error)));
    if (usageFault === undefined) return EXIT.failed;
    io.error(`See: rte-hub ${command.name} --help`);
    return EXIT.wrongUsage;
  }
}

/** What is wrong with the arguments; undefined for an error of another kind. */
function usageFaultOf(error: unknown, { name, options }: Command): string | undefined {
  if (error instanceof UsageError) return redactText(error.message);
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined;
  }
  if (!error.code.startsWith('ERR_PARSE_ARGS')) return undefined;
  const unknown = /^Unknown option '(?<option>-+(?<word>[^']*))'/u.exec(error.message)?.groups;
  const { option = '', word = '' } = unknown ?? {};
  if (option === '') return redactText(error.message);
  const nearest = nearestName(word, Object.keys(options));
  const remedy = nearest === undefined ? '' : `: did you mean --${nearest}?`;
  return `${option} is no option of ${name}${remedy}`;
}

function noSuchCommand(name: string, commands: readonly Command[]): string {
  const names = [...commands.map((command) => command.name), 'help'];
  const nearest = nearestName(name, names);
  return `${name} is no command${nearest === undefined ? '.' : `: did you mean ${nearest}?`}`;
}
