// Completes package-lock.json after a change of dependencies. A registry mirror that lacks the
// binaries of other platforms makes npm leave them out of the lock, and `npm ci` then refuses it.
// They are optional and never installed here, so name, version and platform are all they need.
import { readFileSync, writeFileSync } from 'node:fs';

const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));

let added = 0;
for (const { optionalDependencies = {}, dev } of Object.values(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] !== undefined) continue;
    lock.packages[key] = entryOf(name, range, dev);
    added += 1;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} optional packages added to package-lock.json`);

function entryOf(name, range, dev) {
  const words = name.split(/[/-]/);
  const os = OPERATING_SYSTEMS.find((word) => words.includes(word));
  const cpu = PROCESSORS.find((word) => words.includes(word));
  if (os === undefined || cpu === undefined) {
    throw new Error(
      `${name} is missing from the lock and names no platform: run npm install again`,
    );
  }
  return {
    version: range.replace(/^[~^]/, ''),
    cpu: [cpu],
    ...(dev && { dev }),
    optional: true,
    os: [os],
  };
}
