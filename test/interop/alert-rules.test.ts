import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const PROMTOOL = '/usr/bin/promtool';
const FOLDER = fileURLToPath(new URL('../../scripts/grafana/', import.meta.url));

it.skipIf(!existsSync(PROMTOOL))(
  'Prometheus fires each alert when its tests say so, and then only (skipped where it is not installed)',
  { timeout: 60_000 },
  async () => {
    const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.test.yml'));
    const { stdout } = await run(PROMTOOL, ['test', 'rules', ...files], { cwd: FOLDER });
    expect(files).not.toEqual([]);
    expect(stdout.match(/SUCCESS/gu)).toHaveLength(files.length);
  },
);
