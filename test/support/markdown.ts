import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['src', 'test', 'scripts'];

/** A document of the repository; `path` is relative to its root. */
export interface MarkdownDocument {
  readonly path: string;
  readonly text: string;
}

/** A fenced block of code; `section` is the heading it stands under, `language` may be empty. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  readonly section: string;
}

/** All Markdown documents that people read, those that are generated included. */
export function allDocuments(): MarkdownDocument[] {
  const paths = [
    ...readdirSync(ROOT),
    ...FOLDERS.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(folder, path),
      ),
    ),
  ];
  return paths.filter((path) => path.endsWith('.md')).map(readDocument);
}

/** @throws when there is none of that path */
export function readDocument(path: string): MarkdownDocument {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

/** Its blocks of code, without the indentation of a list in which they stand. */
export function codeBlocks(text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let section = '';
  let open: { indent: string; language: string; lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const fence = /^(?<indent> *)```(?<language>\w*)\s*$/.exec(line);
    if (fence !== null && open !== undefined) {
      blocks.push({ language: open.language, code: `${open.lines.join('\n')}\n`, section });
      open = undefined;
    } else if (fence !== null) {
      const { indent = '', language = '' } = fence.groups ?? {};
      open = { indent, language, lines: [] };
    } else if (open === undefined) {
      section = /^#+ (?<title>.*)$/.exec(line)?.groups?.['title'] ?? section;
    } else {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  return blocks;
}

/** Its text without blocks of code. */
export function prose(text: string): string {
  return text.replaceAll(/^ *```.*?^ *```\s*$/gms, '');
}

/** Where its links and pictures lead, as written, those of the web left out. */
export function localLinks(text: string): string[] {
  const plain = prose(text).replaceAll(/`[^`\n]*`/g, '');
  const links = [
    ...plain.matchAll(/\]\((?<target>[^)\s]+)\)/g),
    ...plain.matchAll(/(?:src|srcset|href)="(?<target>[^"]+)"/g),
  ].map((match) => match.groups?.['target'] ?? '');
  return links.filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of its headings, as GitHub makes them. */
export function anchors(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const match of prose(text).matchAll(/^#+ (?<title>.*)$/gm)) {
    const slug = (match.groups?.['title'] ?? '')
      .replaceAll(/\[(?<label>[^\]]*)\]\([^)]*\)/g, '$<label>')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-');
    let anchor = slug;
    for (let copy = 1; found.has(anchor); copy += 1) anchor = `${slug}-${String(copy)}`;
    found.add(anchor);
  }
  return found;
}
