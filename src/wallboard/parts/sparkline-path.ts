/** A measured value; `at` in epoch ms. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

/** The box that the line is drawn in; SVG's y grows downwards. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/**
 * The `d` of an SVG path that shows a value over time. A value holds until the next one (counts of
 * people do not slide), so the line is one of steps; it ends at `to`.
 * @param samples in the order of their times; one before `from` is what held then
 * @param from left edge, epoch ms
 * @param to right edge, epoch ms
 * @returns '' when nothing was measured
 */
export function sparklinePath(
  samples: readonly Sample[],
  from: number,
  to: number,
  { width, height }: Box,
): string {
  const highest = Math.max(1, ...samples.map(({ value }) => value));
  const x = (at: number): string =>
    round(((Math.min(Math.max(at, from), to) - from) / (to - from)) * width);
  const y = (value: number): string => round(height - (value / highest) * height);
  const [first, ...others] = samples;
  if (first === undefined || to <= from) return '';
  const steps = others.map(({ at, value }) => `H${x(at)}V${y(value)}`);
  return `M${x(first.at)} ${y(first.value)}${steps.join('')}H${round(width)}`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
