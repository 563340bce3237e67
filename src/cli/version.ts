import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Both src/cli and dist/cli are two folders below it. */
const PACKAGE = new URL('../../package.json', import.meta.url);
const packageSchema = z.object({ version: z.string() });

/** The version of this package. @throws when its package.json is not beside it */
export async function packageVersion(): Promise<string> {
  return packageSchema.parse(JSON.parse(await readFile(PACKAGE, 'utf8'))).version;
}
