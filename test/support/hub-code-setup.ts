import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the hub's main module as JavaScript. */
    hubMain: string;
  }
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Compiles the hub once for all tests that start it as a process, which takes most of its start
 * otherwise. The folder lies where `dist` does, since the code finds other files from there.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outdir = await mkdtemp(join(ROOT, '.test-hub-'));
  await build({ absWorkingDir: ROOT, entryPoints: ['src/**/*.ts'], outdir, format: 'esm' });
  project.provide('hubMain', join(outdir, 'main.js'));
  return () => rm(outdir, { recursive: true, force: true });
}
