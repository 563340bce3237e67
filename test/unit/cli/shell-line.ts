/**
 * The calls of rte-hub in a line for a shell, each as the words that follow the program's name.
 * Knows what examples are made of: variables before a call, quotes, pipes, `$(…)` and redirections.
 */
export function invocations(line: string): string[][] {
  const inner = [...line.matchAll(/\$\((?<command>[^)]*)\)/gu)].flatMap(({ groups }) =>
    invocations(groups?.['command'] ?? ''),
  );
  const outer = line.replaceAll(/\$\([^)]*\)/gu, 'SUBSTITUTED');
  const calls = outer.split(/[|;()]|&&/u).flatMap((part) => {
    const words = shellWords(part.replace(/\s\d?[<>].*$/u, ''));
    const at = words.indexOf('rte-hub');
    return at < 0 ? [] : [words.slice(at + 1)];
  });
  return [...calls, ...inner];
}

function shellWords(text: string): string[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/gu) ?? [];
  return words.map((word) => word.replaceAll(/["']/gu, ''));
}
