import type { ComponentChildren } from 'preact';
import { formatTime } from '../../texts/format.js';
import { text } from '../../texts/index.js';

interface PanelProps {
  readonly title: string;
  /** What it is good for, in a sentence. */
  readonly lead: string;
  /** When what is shown was so, ISO 8601; undefined before it was read. */
  readonly asOf?: string | undefined;
  /** Why it could not be read the last time. */
  readonly problem?: string | undefined;
  /** What stands beside the title. */
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of a tab: what it is, from when, and what went wrong. */
export function Panel({ title, lead, asOf, problem, tools, children }: PanelProps) {
  return (
    <section class="panel" aria-label={title}>
      <header>
        <div>
          <h2>{title}</h2>
          <p class="lead">{lead}</p>
        </div>
        <div class="tools">
          {asOf === undefined ? null : (
            <span class="as-of">{text.admin.asOf(formatTime(Date.parse(asOf)))}</span>
          )}
          {tools}
        </div>
      </header>
      {problem === undefined ? null : (
        <p class="panel-problem" role="alert">
          {text.admin.notRead(problem)}
        </p>
      )}
      {children}
    </section>
  );
}

/** A few figures in a row. */
export function Figures({ children }: { readonly children: ComponentChildren }) {
  return <dl class="figures">{children}</dl>;
}

interface FigureProps {
  readonly label: string;
  readonly children: ComponentChildren;
  readonly severity?: 'ok' | 'warning' | 'critical' | undefined;
}

/** One of them. */
export function Figure({ label, children, severity }: FigureProps) {
  return (
    <div data-severity={severity === 'ok' ? undefined : severity}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
