import type { OptionSpec } from './command.js';
import type { Io } from './io.js';

/** The option of every command that prints data. README.md of this folder has the shapes. */
export const JSON_OPTION = {
  type: 'boolean',
  meaning: 'print one line of JSON for scripts instead',
} as const satisfies OptionSpec;

/** Writes the data of a command for scripts: in one line, so that lines of several runs are JSON lines. */
export function printJson(io: Io, data: object): void {
  io.out(JSON.stringify(data));
}
