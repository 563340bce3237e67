import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './setting-fault.js';

/**
 * The variables of the process and of the `.env` file beside it. A variable of the process wins
 * over the file, as with `process.loadEnvFile`.
 * @param processEnvironment usually `process.env`
 * @param folder where `.env` is looked for; having none is fine
 * @throws when `.env` is there but cannot be read
 */
export function readEnvironment(processEnvironment: Environment, folder: string): Environment {
  return { ...parseEnv(readIfThere(join(folder, '.env'))), ...processEnvironment };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw new Error(`${path} cannot be read: make it readable or remove it`, { cause: error });
  }
}
