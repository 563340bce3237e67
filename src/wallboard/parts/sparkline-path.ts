/** A measured value; `at` in epoch ms. */
export interface Sample {
  readonly at: number;
  /** Null where nothing was measured from then on. */
  readonly value: number | null;
}

interface Measured extends Sample {
  readonly value: number;
}

/** The paths of a sparkline: the line itself, and what is below it. */
export interface SparklinePaths {
  readonly line: string;
  readonly area: string;
}

/** The box that the line is drawn in; SVG's y grows downwards. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/**
 * The `d` of the SVG paths that show a value over time. A value holds until the next one (counts of
 * people do not slide), so the line is one of steps; it ends at `to`, and has gaps where nothing was
 * measured.
 * @param samples in the order of their times; one before `from` is what held then
 * @param from left edge, epoch ms
 * @param to right edge, epoch ms
 * @returns undefined when nothing was measured
 */
export function sparklinePaths(
  samples: readonly Sample[],
  from: number,
  to: number,
  { width, height }: Box,
): SparklinePaths | undefined {
  const runs = runsOf(samples, to);
  if (runs.length === 0 || to <= from) return undefined;
  const highest = Math.max(1, ...samples.map(({ value }) => value ?? 0));
  const x = (at: number): string =>
    round(((Math.min(Math.max(at, from), to) - from) / (to - from)) * width);
  const y = (value: number): string => round(height - (value / highest) * height);
  let [line, area] = ['', ''];
  for (const { first, others, end } of runs) {
    const steps = others.map(({ at, value }) => `H${x(at)}V${y(value)}`).join('');
    const run = `M${x(first.at)} ${y(first.value)}${steps}H${x(end)}`;
    line += run;
    area += `${run}V${String(height)}H${x(first.at)}Z`;
  }
  return { line, area };
}

interface Run {
  readonly first: Measured;
  readonly others: Measured[];
  /** When the last value ceased to hold, epoch ms. */
  readonly end: number;
}

/** What was measured without a gap in between. */
function runsOf(samples: readonly Sample[], to: number): readonly Run[] {
  const runs: (Run & { end: number })[] = [];
  let run: (Run & { end: number }) | undefined;
  for (const { at, value } of samples) {
    if (run !== undefined) run.end = at;
    if (value === null) run = undefined;
    else if (run !== undefined) run.others.push({ at, value });
    else runs.push((run = { first: { at, value }, others: [], end: to }));
  }
  if (run !== undefined) run.end = to;
  return runs;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
