import { text } from '../texts/index.js';

/** How bad a figure is, against its thresholds. */
export type Severity = 'ok' | 'warning' | 'critical';

/** A shape for each, for those who cannot tell the colours: circle, triangle, octagon. */
const SHAPES: Readonly<Record<Severity, string>> = {
  ok: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z',
  warning: 'M8 1l7.5 13.5H.5z',
  critical: 'M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5z',
};

/** The shape and colour of a severity; the words beside it have to say it as well. */
export function SeverityMark({ severity }: { readonly severity: Severity }) {
  return (
    <svg class="severity-mark" data-severity={severity} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[severity]} />
    </svg>
  );
}

interface SeverityBadgeProps {
  readonly severity: Severity;
  /** What stands in it; the severity's own word unless told. */
  readonly label?: string;
}

/** A severity by colour, shape and word. */
export function SeverityBadge({ severity, label }: SeverityBadgeProps) {
  return (
    <span class="badge" data-severity={severity}>
      <SeverityMark severity={severity} />
      {label ?? text.parts.severity[severity]}
    </span>
  );
}
