import { text } from '../texts/index.js';

/** How bad a figure is, against its thresholds. */
export type Severity = 'ok' | 'warning' | 'critical';

/**
 * A shape for each, for those who cannot tell the colours: a circle with a tick, a triangle with an
 * exclamation mark, an octagon with a cross.
 */
const SHAPES: Readonly<Record<Severity, string>> = {
  ok: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM11.2 4.9 7 9.1 4.9 7 3.6 8.3 7 11.7l5.5-5.5z',
  warning: 'M8 1l7.5 13.5H.5zM7 5.5h2l-.4 4.7H7.4zM7.1 11.2h1.8v1.8H7.1z',
  critical:
    'M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5zM5.2 4 8 6.8 10.8 4 12 5.2 9.2 8 12 10.8 10.8 12 8 9.2 5.2 12 4 10.8 6.8 8 4 5.2z',
};

/** The shape and colour of a severity; the words beside it have to say it as well. */
export function SeverityMark({ severity }: { readonly severity: Severity }) {
  return (
    <svg class="severity-mark" data-severity={severity} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[severity]} fill-rule="evenodd" />
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
