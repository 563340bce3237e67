import type { Io } from './io.js';

/** How a command ended, as the process's exit code. */
export const EXIT = { well: 0, failed: 1, wrongUsage: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One command of the program. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Usage with an example, for `--help`. */
  readonly help: string;
  /**
   * @param args what follows the command's name
   * @throws CommandError for what the user can mend; UsageError, or parseArgs' errors, for wrong
   *   arguments
   */
  run(args: string[], io: Io): Promise<ExitCode>;
}

/** The command could not do its work; the message says why and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The arguments are wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
