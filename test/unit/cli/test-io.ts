import { Readable } from 'node:stream';
import type { Environment } from '../../../src/config/index.js';
import type { Io } from '../../../src/cli/io.js';
import { type Screen, screenOf } from '../../../src/cli/screen.js';

/** A pipe: no width, no colours. */
const PIPE: Screen = screenOf({}, {});

interface TestProcess {
  readonly env?: Environment;
  readonly folder?: string;
  /** What is typed at the prompt. */
  readonly password?: string;
  /** What comes by the standard input. */
  readonly input?: string | Readable;
  /** What both outputs are. */
  readonly screen?: Screen;
}

/** A process of its own for a command: what it wrote can be read back, and it can be interrupted. */
export function testProcess({ env = {}, folder, password = '', input = '', screen }: TestProcess) {
  const out: string[] = [];
  const errors: string[] = [];
  const drawn: string[] = [];
  const interruption = new AbortController();
  const io: Io = {
    out: (line) => void out.push(line),
    error: (line) => void errors.push(line),
    draw: (text) => void drawn.push(text),
    outScreen: screen ?? PIPE,
    errorScreen: screen ?? PIPE,
    env,
    folder: folder ?? '/nonexistent',
    stdin: () => (typeof input === 'string' ? Readable.from([Buffer.from(input)]) : input),
    readPassword: () => Promise.resolve(password),
    interruption: () => interruption.signal,
  };
  return {
    io,
    output: () => out.join('\n'),
    errors: () => errors.join('\n'),
    drawn: () => drawn.join(''),
    interrupt: () => interruption.abort(),
  };
}

/** The same with the arguments that most commands need. */
export function testIo(env: Environment = {}, folder = '/nonexistent', password = '') {
  return testProcess({ env, folder, password });
}
