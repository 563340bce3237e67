import { readFileSync } from 'node:fs';
import { z } from 'zod';

const packageFile = z.object({ version: z.string() });

/**
 * The hub's version, of the package.json beside src and dist.
 * @throws when the file is not there, as in a copy of dist alone
 */
export function hubVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return packageFile.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
