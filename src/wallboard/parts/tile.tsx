import type { ComponentChildren } from 'preact';
import { text } from '../texts/index.js';
import { type Severity, SeverityMark } from './severity.js';
import { VisuallyHidden } from './visually-hidden.js';

interface TileProps {
  /** What the figure counts. */
  readonly label: string;
  /** The figure: a formatted number, a Duration. */
  readonly children: ComponentChildren;
  /** Left out for figures that have no threshold. */
  readonly severity?: Severity | undefined;
  /** A line below: the threshold, a sparkline. */
  readonly note?: ComponentChildren;
}

/** One large figure with its name; it is read out as name, figure, severity. */
export function Tile({ label, children, severity, note }: TileProps) {
  return (
    <div class="tile" data-severity={severity}>
      <p class="tile-label">
        {label}
        {severity === undefined || severity === 'ok' ? null : <SeverityMark severity={severity} />}
      </p>
      <p class="tile-figure">{children}</p>
      {severity === undefined ? null : (
        <VisuallyHidden>{text.parts.severity[severity]}</VisuallyHidden>
      )}
      {note === undefined ? null : <div class="tile-note">{note}</div>}
    </div>
  );
}
