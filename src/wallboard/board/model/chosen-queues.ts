/** Which of the queues a board shows, and what was asked for in vain. */
export interface ChosenQueues<Queue> {
  readonly shown: readonly Queue[];
  /** Names or ids that no visible queue has. */
  readonly unknown: readonly string[];
}

/**
 * The queues that were chosen by name, in any letter case, or by id; all of them when none was, or
 * when all that was chosen is unknown: an empty board would tell nobody anything.
 */
export function chooseQueues<Queue extends { readonly id: string; readonly name: string }>(
  queues: readonly Queue[],
  wanted: readonly string[],
): ChosenQueues<Queue> {
  const words = new Set(wanted.map((word) => word.toLowerCase()));
  const shown = queues.filter(({ id, name }) => words.has(id) || words.has(name.toLowerCase()));
  const found = new Set(shown.flatMap(({ id, name }) => [id, name.toLowerCase()]));
  const unknown = wanted.filter((word) => !found.has(word.toLowerCase()));
  return { shown: shown.length === 0 ? queues : shown, unknown };
}

/**
 * How an address names each of the queues, by their ids: by its name, or by its id where the name
 * would not find it, as commas stand between names and others may be called the same.
 */
export function addressNames(
  queues: readonly { readonly id: string; readonly name: string }[],
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { name } of queues) {
    const word = name.toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const isFound = (name: string): boolean =>
    /^[^\s,](?:[^,]*[^\s,])?$/u.test(name) && counts.get(name.toLowerCase()) === 1;
  return new Map(queues.map(({ id, name }) => [id, isFound(name) ? name : id]));
}
