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
