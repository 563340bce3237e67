import { SETTING_NAMES } from './secrecy.js';

const OUR_PREFIX = /^(?:RTE|WAZO|PORTSIP)_/u;
/** What the test run reads is no setting of the hub. */
const TEST_PREFIX = 'RTE_TEST_';
/** Names farther apart than this are no slip of the keyboard. */
const MAX_DISTANCE = 4;

const KNOWN: readonly string[] = SETTING_NAMES;

/** The set variables that look like ours, but that nobody reads. */
export function unknownNames(names: readonly string[]): string[] {
  return names.filter(
    (name) => OUR_PREFIX.test(name) && !name.startsWith(TEST_PREFIX) && !KNOWN.includes(name),
  );
}

/** The known name that is nearest to a wrong one, if one is near. */
export function nearestName(name: string): string | undefined {
  const ranked = KNOWN.map((known) => ({ known, distance: editDistance(name, known) }))
    .filter(({ distance }) => distance <= MAX_DISTANCE)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.known;
}

/** Levenshtein's distance: insertions, deletions and replacements from one text to the other. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const removed = (previous[column] ?? 0) + 1;
      const added = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, removed, added));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
