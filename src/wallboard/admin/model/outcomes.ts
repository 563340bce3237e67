/** What became of some events, and whether somebody has to look at it. */
export interface Outcome {
  readonly name: string;
  readonly count: number;
  /** Share of all, 0 to 1. */
  readonly share: number;
  readonly isTrouble: boolean;
}

/** Outcomes after which something is not shown that should be. */
const TROUBLE: ReadonlySet<string> = new Set([
  'unknown-entity',
  'foreign-tenant',
  'malformed',
  'failed',
  'doubtful',
  'ambiguous',
]);

/** The outcomes of a source's events: trouble first, then the most frequent. */
export function outcomesOf(counts: Readonly<Record<string, number>>): readonly Outcome[] {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return Object.entries(counts)
    .map(([name, count]) => ({
      name,
      count,
      share: all === 0 ? 0 : count / all,
      isTrouble: TROUBLE.has(name),
    }))
    .sort((a, b) => Number(b.isTrouble) - Number(a.isTrouble) || b.count - a.count);
}
