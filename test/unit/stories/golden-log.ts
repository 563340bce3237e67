import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Set to 1 to write what the hub tells now into the golden logs, for a reader to compare. */
const UPDATE = 'UPDATE_GOLDEN';

/**
 * The golden log of that name. When told to update, it first becomes `log`.
 * @throws when it is not there, or is to be written on a CI machine
 */
export function goldenLog(name: string, log: string): string {
  const file = new URL(`golden/${fileName(name)}`, import.meta.url);
  if (process.env[UPDATE] === '1') {
    if (process.env['CI'] === 'true') throw new Error(`${UPDATE} is refused where CI is true`);
    writeFileSync(file, log);
  }
  if (!existsSync(file)) {
    throw new Error(`${file.pathname} is not there: run the test with ${UPDATE}=1 and read it`);
  }
  return readFileSync(file, 'utf8');
}

function fileName(name: string): string {
  return `${name.replaceAll(/[^a-z]+/gu, '-')}.log`;
}
