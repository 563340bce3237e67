// Completes package-lock.json after a change of dependencies. A registry mirror that lacks the
// binaries of other platforms makes npm leave them out of the lock, and `npm ci` then refuses it.
// They are optional and never installed here, so name, version and platform are all they need.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/** What is read of a package; the lock keeps the rest of it as it is. */
const packageSchema = z.object({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  lockfileVersion: z.literal(3),
  requires: z.boolean(),
  packages: z.record(z.string(), z.unknown()),
});

const path = new URL('../package-lock.json', import.meta.url);
const lock = lockSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const missing = Object.values(lock.packages).flatMap((parent) => missingOf(parent));
const packages = Object.fromEntries(
  [...Object.entries(lock.packages), ...missing].toSorted(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(path, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
console.log(`${String(missing.length)} optional packages added to package-lock.json`);

function missingOf(parent: unknown): [string, object][] {
  const { optionalDependencies = {}, dev } = packageSchema.parse(parent);
  return Object.entries(optionalDependencies)
    .filter(([name]) => lock.packages[`node_modules/${name}`] === undefined)
    .map(([name, range]) => [`node_modules/${name}`, entryOf(name, range, dev)]);
}

function entryOf(name: string, range: string, dev: boolean | undefined): object {
  const words = name.split(/[/-]/);
  const os = OPERATING_SYSTEMS.find((word) => words.includes(word));
  const cpu = PROCESSORS.find((word) => words.includes(word));
  if (os === undefined || cpu === undefined) {
    throw new Error(`${name} is missing in the lock and names no platform: run npm install again`);
  }
  const version = range.replace(/^[~^]/, '');
  return { version, cpu: [cpu], ...(dev ? { dev } : {}), optional: true, os: [os] };
}
