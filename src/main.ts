#!/usr/bin/env node
import { commands } from './cli/commands.js';
import { EXIT } from './cli/command.js';
import { processIo } from './cli/io.js';
import { runCommand } from './cli/run.js';

const exitCode = await runCommand(commands, process.argv.slice(2), processIo());
// After a success the process ends when nothing is left to do, which for serve is never; after a
// failure nothing that is still open may keep it alive.
if (exitCode !== EXIT.well) process.exit(exitCode);
