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

/** The setting that is nearest to a wrong name, if one is near. */
export function nearestSetting(name: string): string | undefined {
  return nearestName(name, KNOWN);
}

/**
 * Which of the names was meant by a wrong one: the nearest, if it is near. Of a short name at most
 * half may be wrong.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const maxDistance = Math.min(MAX_DISTANCE, Math.floor(name.length / 2));
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ distance }) => distance <= maxDistance)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
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
