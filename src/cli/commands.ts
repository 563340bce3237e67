import { checkConfigCommand } from './check-config.js';
import { checkTokenCommand } from './check-token.js';
import type { Command } from './command.js';
import { genKeyCommand } from './gen-key.js';
import { genTokenCommand } from './gen-token.js';
import { hashPasswordCommand } from './hash-password.js';
import { initCommand } from './init.js';
import { loadTestCommand } from './load-test.js';
import { printConfigCommand } from './print-config.js';
import { publishCommand } from './publish.js';
import { serveCommand } from './serve.js';

/** All commands, in the order in which the help lists them. */
export const commands: readonly Command[] = [
  serveCommand,
  initCommand,
  checkConfigCommand,
  printConfigCommand,
  genKeyCommand,
  genTokenCommand,
  checkTokenCommand,
  hashPasswordCommand,
  publishCommand,
  loadTestCommand,
];
