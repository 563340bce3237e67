import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWallboard, VIEWS, type WallboardBuild } from '../../../scripts/wallboard-build.js';

/** What a view may weigh, all it loads together, compressed: a second on a slow line. */
const LIMIT_BYTES = 80_000;

let root: string;
let build: WallboardBuild;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rte-hub-build-'));
  build = await buildWallboard(pathToFileURL(`${root}/`));
});

afterAll(() => rm(root, { recursive: true }));

describe.each(VIEWS)('the view %s', (view) => {
  it('loads less than 80 kB', () => {
    expect(build.compressedBytes(view)).toBeLessThan(LIMIT_BYTES);
  });

  it('loads a script and styles of its own, and nothing of the other views', () => {
    const files = build.filesOf(view).join(' ');
    for (const one of VIEWS) expect(files.includes(`assets/${one}-`)).toBe(one === view);
    expect(files).toMatch(new RegExp(`assets/${view}-\\w+\\.css`, 'u'));
  });
});

describe('the build', () => {
  it('has every file that the page names, with its compressed twins', async () => {
    const page = await readFile(join(root, 'index.html'), 'utf8');
    const named = [...page.matchAll(/%BASE%\/assets\/(?<name>[\w.-]+)/gu)].map(
      ({ groups }) => groups?.['name'] ?? '',
    );
    expect(named.length).toBeGreaterThan(5);
    const there = await readdir(join(root, 'assets'));
    for (const name of named) {
      expect(there).toEqual(expect.arrayContaining([name, `${name}.br`, `${name}.gz`]));
    }
  });

  it('takes away what an older one has left, and nothing else', async () => {
    const before = await readdir(join(root, 'assets'));
    await writeFile(join(root, 'assets/main-OLDER.js'), '');
    await buildWallboard(pathToFileURL(`${root}/`));
    expect(await readdir(join(root, 'assets'))).toEqual(before);
  });
});
