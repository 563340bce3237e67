import { formatNumber } from '../texts/format.js';
import { text } from '../texts/index.js';
import { type Sample, sparklinePaths } from './sparkline-path.js';

interface SparklineProps {
  /** What is measured, for screen readers. */
  readonly label: string;
  /** In the order of their times. */
  readonly samples: readonly Sample[];
  /** The period that is shown, epoch ms. */
  readonly from: number;
  readonly to: number;
}

const BOX = { width: 120, height: 28 };

/** A value over time as a small line, from 0 to its highest. */
export function Sparkline({ label, samples, from, to }: SparklineProps) {
  const paths = sparklinePaths(samples, from, to, BOX);
  return (
    <svg
      class="sparkline"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="img"
      aria-label={describe(label, samples)}
      viewBox={`0 -1 ${String(BOX.width)} ${String(BOX.height + 2)}`}
      preserveAspectRatio="none"
    >
      {paths === undefined ? null : (
        <>
          <path class="area" d={paths.area} />
          <path class="line" d={paths.line} />
        </>
      )}
    </svg>
  );
}

function describe(label: string, samples: readonly Sample[]): string {
  const values = samples.flatMap(({ value }) => value ?? []);
  const latest = values.at(-1);
  if (latest === undefined) return text.parts.noTrend(label);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const { trend } = text.parts;
  return trend(label, formatNumber(lowest), formatNumber(highest), formatNumber(latest));
}
