/** A new array with the entries in an order that follows from the seed alone. */
export function shuffled<Entry>(entries: readonly Entry[], seed: number): Entry[] {
  const random = randomFrom(seed);
  return entries
    .map((entry) => ({ entry, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ entry }) => entry);
}

/** The order in which amid hands on what it read at once: each chunk of `size` turned round. */
export function reversedInChunks<Entry>(entries: readonly Entry[], size: number): Entry[] {
  const chunks: Entry[][] = [];
  for (let start = 0; start < entries.length; start += size) {
    chunks.push(entries.slice(start, start + size).toReversed());
  }
  return chunks.flat();
}

/**
 * Numbers in [0, 1) that follow from the seed alone: Tommy Ettinger's mulberry32 (public domain),
 * small, and good enough to mix a few events.
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
