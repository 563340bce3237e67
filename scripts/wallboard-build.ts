import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { compressed, gzipSize } from './wallboard-compression.js';
import { withoutDefaultHttpClient } from './without-default-http-client.js';

/** The views of the page, each in a bundle of its own. */
export const VIEWS = ['board', 'me', 'admin'] as const;

export type View = (typeof VIEWS)[number];

/** A finished build. */
export interface WallboardBuild {
  readonly views: typeof VIEWS;
  /** The files that a browser loads to show the view, as paths below the folder of the build. */
  filesOf(view: View): readonly string[];
  /** Their size together, each compressed with gzip -9. */
  compressedBytes(view: View): number;
}

/** A file of the page, by its path below the folder of the build. */
type Files = ReadonlyMap<string, Buffer>;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = new URL('../src/wallboard/', import.meta.url);
const ENTRIES = {
  main: 'src/wallboard/main.tsx',
  board: 'src/wallboard/board/index.tsx',
  me: 'src/wallboard/me/index.tsx',
  admin: 'src/wallboard/admin/index.tsx',
} as const;

/** What browsers of the last four years understand. */
const TARGET = ['es2022', 'chrome111', 'firefox115', 'safari16.4'];

/** Compressing them is worth it; source maps are loaded by debuggers only. */
const SERVED = /\.(?:js|css|svg|webmanifest)$/u;

/**
 * Bundles the wallboard into a folder: `index.html`, and beside it in `assets/` what it loads, with
 * the hash of the content in each name, and compressed twins (.br, .gz) of each. Files of an older
 * build are removed last, so that a hub that serves the folder meanwhile lacks nothing.
 * @throws when a source has a fault; esbuild has printed it
 */
export async function buildWallboard(outFolder: URL): Promise<WallboardBuild> {
  const { files, metafile } = await bundle();
  const page = await pageFiles(metafile);
  const all: Files = new Map([...files, ...page]);
  await write(outFolder, all);
  const filesOf = (view: View): readonly string[] => ['index.html', ...loaded(metafile, view)];
  return {
    views: VIEWS,
    filesOf,
    compressedBytes: (view) =>
      filesOf(view).reduce((sum, path) => sum + gzipSize(contentOf(all, path)), 0),
  };
}

async function bundle(): Promise<{ files: Files; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outdir: 'out',
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: TARGET,
    minify: true,
    sourcemap: true,
    legalComments: 'none',
    plugins: [withoutDefaultHttpClient],
    metafile: true,
    write: false,
    tsconfig: fileURLToPath(new URL('tsconfig.json', SOURCE)),
  });
  const root = `${ROOT}out/`;
  const files = new Map(
    outputFiles.map(({ path, contents }) => [path.slice(root.length), Buffer.from(contents)]),
  );
  return { files, metafile };
}

/** index.html, and what it names besides the bundles. */
async function pageFiles(metafile: Metafile): Promise<Files> {
  const icon = await readFile(new URL('page/icon.svg', SOURCE));
  const iconPath = hashedPath('icon.svg', icon);
  const manifest = filled(await readFile(new URL('page/manifest.json', SOURCE), 'utf8'), {
    icon: basename(iconPath),
  });
  const manifestPath = hashedPath('manifest.webmanifest', manifest);
  const main = outputOf(metafile, 'main');
  const html = filled(await readFile(new URL('page/index.html', SOURCE), 'utf8'), {
    icon: iconPath,
    manifest: manifestPath,
    script: main.path,
    stylesheet: main.stylesheet ?? '',
    ...Object.fromEntries(
      VIEWS.map((view) => [`${view}Stylesheet`, outputOf(metafile, view).stylesheet ?? '']),
    ),
  });
  return new Map([
    [iconPath, icon],
    [manifestPath, manifest],
    ['index.html', html],
  ]);
}

/** What of the build the page loads for the view: its bundle, what that needs, and the styles. */
function loaded(metafile: Metafile, view: View): readonly string[] {
  const outputs = new Set<string>();
  for (const name of ['main', view] as const) {
    const { path, stylesheet } = outputOf(metafile, name);
    addWithImports(metafile, path, outputs);
    if (stylesheet !== undefined) outputs.add(stylesheet);
  }
  return [...outputs];
}

function addWithImports(metafile: Metafile, path: string, outputs: Set<string>): void {
  if (outputs.has(path)) return;
  outputs.add(path);
  for (const one of metafile.outputs[`out/${path}`]?.imports ?? []) {
    // What is imported dynamically is another view.
    if (one.kind === 'import-statement') addWithImports(metafile, strip(one.path), outputs);
  }
}

function outputOf(metafile: Metafile, name: 'main' | View) {
  const entry = Object.entries(metafile.outputs).find(
    ([path, { entryPoint }]) => entryPoint === ENTRIES[name] && path.endsWith('.js'),
  );
  if (entry === undefined) throw new Error(`esbuild made no bundle of ${ENTRIES[name]}`);
  const [path, { cssBundle }] = entry;
  return {
    path: strip(path),
    stylesheet: cssBundle === undefined ? undefined : strip(cssBundle),
  };
}

async function write(folder: URL, files: Files): Promise<void> {
  await mkdir(new URL('assets/', folder), { recursive: true });
  const kept = new Set<string>();
  const put = async (path: string, content: Buffer): Promise<void> => {
    kept.add(path);
    await writeFile(new URL(path, folder), content);
  };
  // The page comes last: it names the others.
  const inOrder = [...files].sort(
    ([a], [b]) => Number(a === 'index.html') - Number(b === 'index.html'),
  );
  for (const [path, content] of inOrder) {
    if (SERVED.test(path)) {
      for (const [extension, twin] of compressed(content)) await put(`${path}${extension}`, twin);
    }
    await put(path, content);
  }
  for (const name of await readdir(new URL('assets/', folder))) {
    if (!kept.has(`assets/${name}`)) await rm(new URL(`assets/${name}`, folder));
  }
}

/** Fills the `{{name}}`s of a text. */
function filled(text: string, values: Readonly<Record<string, string>>): Buffer {
  const complete = text.replaceAll(/\{\{(?<name>\w+)\}\}/gu, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`there is no value for {{${name}}}`);
    return value;
  });
  return Buffer.from(complete);
}

function hashedPath(name: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return `assets/${name.replace('.', `-${hash}.`)}`;
}

function contentOf(files: Files, path: string): Buffer {
  const content = files.get(path);
  if (content === undefined) throw new Error(`the build has no ${path}`);
  return content;
}

/** Paths of the metafile begin with the folder that esbuild was told. */
function strip(path: string): string {
  return path.replace(/^out\//u, '');
}
