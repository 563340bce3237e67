import type { Io } from './io.js';

/** How a command ended, as the process's exit code. */
export const EXIT = { well: 0, failed: 1, wrongUsage: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An option as parseArgs of node:util takes it, and what the help says of it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** May be given several times. */
  readonly multiple?: boolean;
  /** What stands for its value in the help, such as SECONDS. */
  readonly value?: string;
  readonly meaning: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** One command of the program, as it is listed, explained and run. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name in the line of usage. */
  readonly usage: string;
  /** What it does, in paragraphs; the help breaks their lines. */
  readonly about: string;
  readonly options: OptionSpecs;
  /** Whole lines for a shell that work as they stand; the first is the one to begin with. */
  readonly examples: readonly [string, ...string[]];
  /** Reads the arguments and does nothing else. @throws as `run` does for wrong ones */
  check(args: string[]): void;
  /**
   * @param args what follows the command's name
   * @throws CommandError for what the user can mend; UsageError, or parseArgs' errors, for wrong
   *   arguments
   */
  run(args: string[], io: Io): Promise<ExitCode>;
}

/** A command whose arguments are read before it does anything. */
export interface CommandDefinition<Given> extends Omit<Command, 'check' | 'run'> {
  /** @throws UsageError, or parseArgs' errors, for wrong arguments */
  read(args: string[]): Given;
  run(given: Given, io: Io): Promise<ExitCode>;
}

/** Makes a command of its definition. */
export function defineCommand<Given>(definition: CommandDefinition<Given>): Command {
  return {
    ...definition,
    check: (args) => void definition.read(args),
    run: (args, io) => definition.run(definition.read(args), io),
  };
}

/** The command could not do its work; the message says why and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The arguments are wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
