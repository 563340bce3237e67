import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Environment } from '../config/index.js';

/** What a command may touch of the process around it. */
export interface Io {
  /** Writes a line for people or pipes. */
  out(line: string): void;
  /** Writes a line about a fault. */
  error(line: string): void;
  readonly env: Environment;
  /** Folder where `.env` is looked for. */
  readonly folder: string;
  /** Asks for a password without echo, or reads the first line of a pipe. */
  readPassword(): Promise<string>;
}

/** The process itself. */
export function processIo(): Io {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    env: process.env,
    folder: process.cwd(),
    readPassword: () => readPassword(process.stdin, process.stderr),
  };
}

interface PasswordInput extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
}

/**
 * Reads one line without showing it.
 * @param input a terminal or a pipe
 * @param prompt where a terminal's user is asked
 */
export async function readPassword(input: PasswordInput, prompt: Writable): Promise<string> {
  const terminal = input.isTTY === true;
  if (terminal) prompt.write('Password: ');
  // readline echoes to its output, so its output goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal });
  try {
    return await firstLine(lines);
  } finally {
    lines.close();
    if (terminal) prompt.write('\n');
  }
}

function firstLine(lines: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
}
