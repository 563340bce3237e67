import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, defineCommand, EXIT, type OptionSpecs, UsageError } from './command.js';
import { firstDirectory } from './init/first-directory.js';
import { firstEnvironment, INIT_SOURCES, isInitSource } from './init/first-environment.js';
import { JSON_OPTION, printJson } from './json-output.js';

const options = {
  source: {
    type: 'string',
    value: 'NAME',
    meaning: `where events come from: ${INIT_SOURCES.join(' or ')} (wazo)`,
  },
  json: JSON_OPTION,
} as const satisfies OptionSpecs;

/** Only its owner reads what will have passwords in it. */
const OWNER_ONLY = 0o600;

/** Writes the settings and the directory that an installation begins with. */
export const initCommand = defineCommand({
  name: 'init',
  summary: 'write a .env and a directory file to begin with',
  usage: '[FOLDER] [--source NAME] [--json]',
  about:
    'Writes .env and directory.json into FOLDER, by default the current one: an organization with an administrator, whose password is made at random and printed once, an agent and a queue, to be changed to yours. What is there is never overwritten. What is written is valid: rte-hub check-config --strict.',
  options,
  examples: ['rte-hub init', 'rte-hub init rte --source portsip'],
  read(args) {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [folder = '.', ...others] = positionals;
    if (others.length > 0) throw new UsageError('give one folder, or none for the current one');
    const { source = 'wazo', json = false } = values;
    if (!isInitSource(source)) {
      throw new UsageError(`--source ${source}: give ${INIT_SOURCES.join(' or ')}`);
    }
    return { folder, source, json };
  },
  async run({ folder, source, json }, io) {
    const { directory, login } = await firstDirectory(source);
    const written = await writeNew(resolve(io.folder, folder), [
      { name: 'directory.json', text: `${JSON.stringify(directory, undefined, 2)}\n` },
      { name: '.env', text: firstEnvironment(source) },
    ]);
    if (json) printJson(io, { written, login });
    else for (const line of nextSteps(folder, written, login)) io.out(line);
    return EXIT.well;
  },
});

interface NewFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes files that must not be there yet: none when one of them is.
 * @returns their paths
 * @throws CommandError that names what is there
 */
async function writeNew(folder: string, files: readonly NewFile[]): Promise<string[]> {
  const paths = files.map(({ name }) => join(folder, name));
  const taken: string[] = [];
  for (const path of paths) if (await exists(path)) taken.push(path);
  if (taken.length > 0) throw thereAlready(taken);
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  try {
    for (const [at, { text }] of files.entries()) {
      const path = paths[at] ?? '';
      // `wx`: also what has appeared in the meantime is not overwritten.
      await writeFile(path, text, { flag: 'wx', mode: OWNER_ONLY });
      written.push(path);
    }
    return written;
  } catch (error) {
    // A directory file alone would be of no use: nobody has been told its password.
    await Promise.all(written.map((path) => rm(path)));
    throw error;
  }
}

function thereAlready(paths: readonly string[]): CommandError {
  return new CommandError(
    `Nothing was written, as there is already: ${paths.join(', ')}. Move it away, or name another folder`,
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

function nextSteps(
  folder: string,
  written: readonly string[],
  { userName, password }: { readonly userName: string; readonly password: string },
): string[] {
  return [
    ...written.map((path) => `written: ${path}`),
    `login:   ${userName} / ${password}   (only its hash is in the file: keep it)`,
    '',
    'Next:',
    ...(folder === '.' ? [] : [`  cd ${folder}`]),
    '  put your addresses into .env, and your people and queues into directory.json',
    '  rte-hub check-config --strict',
    '  rte-hub serve',
  ];
}
