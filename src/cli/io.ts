import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import type { Environment } from '../config/index.js';
import { type Screen, screenOf } from './screen.js';

/** What a command may touch of the process around it. */
export interface Io {
  /** Writes a line for people or pipes. */
  out(line: string): void;
  /** Writes a line about a fault, or about how the work goes on. */
  error(line: string): void;
  /** Writes to the error output as it is, for a line that is written anew again and again. */
  draw(text: string): void;
  /** Where `out` goes. */
  readonly outScreen: Screen;
  /** Where `error` and `draw` go. */
  readonly errorScreen: Screen;
  readonly env: Environment;
  /** Folder where `.env` is looked for. */
  readonly folder: string;
  /** The standard input as bytes. */
  stdin(): Readable;
  /** Asks for a password without echo, or reads the first line of a pipe. */
  readPassword(): Promise<string>;
  /**
   * Aborts when the user interrupts (SIGINT) or the system ends (SIGTERM) the process, which then
   * goes on; the next such signal ends it at once.
   */
  interruption(): AbortSignal;
}

/** The process itself. */
export function processIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  endWithReader(stdout);
  return {
    out: (line) => void stdout.write(`${line}\n`),
    error: (line) => void stderr.write(`${line}\n`),
    draw: (text) => void stderr.write(text),
    get outScreen() {
      return screenOf(stdout, env);
    },
    get errorScreen() {
      return screenOf(stderr, env);
    },
    env,
    folder: process.cwd(),
    stdin: () => stdin,
    readPassword: () => readPassword(stdin, stderr),
    interruption,
  };
}

/** Who reads only the first lines, as `head` does, ends the command, which is no fault of it. */
function endWithReader(output: NodeJS.WriteStream): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const abort = (): void => {
    controller.abort();
    // The next one, whichever it is, does what it does to any process.
    for (const signal of signals) process.off(signal, abort);
  };
  for (const signal of signals) process.on(signal, abort);
  return controller.signal;
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
