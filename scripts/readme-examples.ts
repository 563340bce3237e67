import { readFileSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);
const EXAMPLE =
  /(?<begin><!-- example:begin (?<path>\S+) -->\s*```(?<language>\w+)\n).*?(?<end>```\s*<!-- example:end -->)/gs;

/** Paths of the files whose texts the README shows, in its order. */
export function shownExamples(readme: string): string[] {
  return [...readme.matchAll(EXAMPLE)].map((match) => match.groups?.['path'] ?? '');
}

/**
 * The README with its examples as their files have them.
 * @throws when a file is not there
 */
export function withExamples(readme: string): string {
  return readme.replace(EXAMPLE, (_whole, begin: string, path: string, ...rest: unknown[]) => {
    const end = rest[1];
    return `${begin}${readFileSync(new URL(path, ROOT), 'utf8')}${String(end)}`;
  });
}
