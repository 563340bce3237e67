/**
 * Acts on each item, a few at a time, so that a long list does not claim all connections and no
 * call waits for one until it is too late.
 * @returns the answers in the order of the items
 */
export async function inTurns<Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let next = 0; next < items.length; next += atOnce) {
    answers.push(...(await Promise.all(items.slice(next, next + atOnce).map(act))));
  }
  return answers;
}
