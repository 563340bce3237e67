import type { Environment } from '../../../src/config/index.js';
import type { Io } from '../../../src/cli/io.js';

/** A process of its own for a command: what it wrote can be read back. */
export function testIo(env: Environment = {}, folder = '/nonexistent', password = '') {
  const out: string[] = [];
  const errors: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    error: (line) => void errors.push(line),
    env,
    folder,
    readPassword: () => Promise.resolve(password),
  };
  return { io, output: () => out.join('\n'), errors: () => errors.join('\n') };
}
