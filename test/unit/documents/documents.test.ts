import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../../src/cli/commands.js';
import { loadSettings } from '../../../src/config/index.js';
import { settingsSchema } from '../../../src/config/settings-schema.js';
import {
  allDocuments,
  anchors,
  codeBlocks,
  localLinks,
  readDocument,
} from '../../support/markdown.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const documents = allDocuments();
const sources = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
    join(folder, path),
  ),
);

/** Variables that look like settings of the hub and are none. */
const OTHER_VARIABLES = new Set([
  // What tests and benches are told.
  'RTE_TEST_AMQP_URL',
  'RTE_TEST_CHROMIUM',
  'RTE_TEST_SCREENSHOTS',
  'RTE_TEST_SIGNALR_JAVA',
  'RTE_TEST_SCREENSHOTS',
  // Wazo's own, of a channel.
  'WAZO_DSTID',
  // The shell's, in an example.
  'WAZO_TOKEN',
]);

/** Sources that a document tells how to add. */
const IMAGINED = new Set(['texts/finnish.ts']);

const packageJson = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** What each of the documents has of a pattern's group `name`, with the document's path. */
function mentions(pattern: RegExp): { path: string; name: string }[] {
  return documents.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((match) => ({ path, name: match.groups?.['name'] ?? '' })),
  );
}

/** Whether a document that writes `name` can mean that file. */
function isMeant(source: string, document: string, name: string): boolean {
  const folder = dirname(document);
  const bases = ['', 'src', folder, dirname(folder)];
  if (bases.some((base) => join(base, name) === source)) return true;
  return source.startsWith(`${folder}/`) && source.endsWith(`/${name}`);
}

function isBroken(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : normalize(join(dirname(from), file));
  if (!existsSync(join(ROOT, path))) return true;
  return anchor !== undefined && !anchors(readDocument(path).text).has(anchor);
}

describe('the documents', () => {
  it('are all found', () => {
    const paths = documents.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['README.md', 'SECURITY.md', 'src/sources/wazo/rest/README.md']),
    );
  });

  it('link only to files and headings that are there', () => {
    const broken = documents.flatMap(({ path, text }) =>
      localLinks(text)
        .filter((target) => isBroken(path, target))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name only settings that there are', () => {
    const known = new Set([...Object.keys(settingsSchema.shape), ...OTHER_VARIABLES]);
    const named = mentions(/\b(?<name>(?:RTE|WAZO|PORTSIP)_[A-Z]+(?:_[A-Z]+)*)\b(?![_*])/g);
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  const envFiles = documents.flatMap(({ path, text }) =>
    codeBlocks(text)
      .filter(({ language, code }) => language === 'ini' && /^(RTE|WAZO|PORTSIP)_/.test(code))
      .map(({ section, code }) => ({ path, section, code })),
  );
  it.each(envFiles)('show in $path, $section, settings that are accepted', ({ code }) => {
    expect(loadSettings(parseEnv(code))).toMatchObject({ ok: true, warnings: [] });
  });
  it('show more than one such', () => expect(envFiles.length).toBeGreaterThan(2));

  it('name only commands that there are', () => {
    const known = new Set([...commands.map(({ name }) => name), 'help']);
    const named = mentions(/(?:`|npx )rte-hub (?<name>[a-z][a-z-]*)/g);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it('name only npm scripts that there are', () => {
    const known = new Set([...Object.keys(packageJson.scripts), 'ci', 'install', 'prune']);
    const named = mentions(/npm (?:run )?(?:--silent )?(?<name>[a-z][a-z:-]+)\b/g).filter(
      ({ name }) => name !== 'registry',
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it('name only sources that there are, of their own folder or by a path from that, the one above, src or the root', () => {
    const missing = mentions(/`(?<name>[\w./-]+\.(?:tsx?|mjs|cs|css))`/g).filter(
      ({ path, name }) =>
        !IMAGINED.has(name) && !sources.some((source) => isMeant(source, path, name)),
    );
    expect(missing).toEqual([]);
  });

  it('name only scripts that there are', () => {
    const named = mentions(/(?<name>scripts\/[\w/-]+\.(?:ts|sh|mjs))/g);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ name }) => !existsSync(join(ROOT, name)))).toEqual([]);
  });
});

describe('a link', () => {
  it.each([
    ['README.md', 'src/nothing.md'],
    ['README.md', '#no-such-heading'],
    ['src/rte/README.md', '../../README.md#no-such-heading'],
  ])('of %s to %s is broken', (from, target) => {
    expect(isBroken(from, target)).toBe(true);
  });

  it.each([
    ['README.md', '#connect-to-wazo'],
    ['src/rte/README.md', 'ACCESS.md#the-table'],
  ])('of %s to %s is not', (from, target) => {
    expect(isBroken(from, target)).toBe(false);
  });
});
