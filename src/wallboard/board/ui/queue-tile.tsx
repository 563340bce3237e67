import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Duration } from '../../parts/duration.js';
import { type Severity, SeverityBadge, SeverityMark } from '../../parts/severity.js';
import { VisuallyHidden } from '../../parts/visually-hidden.js';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { Named } from '../live/roster.js';
import type { QueueFigures } from '../model/queue-figures.js';
import { StaffBar } from './staff-bar.js';
import { Trend } from './trend.js';

interface QueueTileProps {
  readonly board: Board;
  readonly queue: Named;
}

/** One queue: who waits, how long, who serves them. */
export function QueueTile({ board, queue }: QueueTileProps) {
  const { figures, severity } = useMemo(() => board.queues.queue(queue.id), [board, queue.id]);
  const shown = figures.value;
  const overall = severity.overall.value;
  const titleId = `queue-${queue.id}`;
  return (
    <li class="queue" data-severity={shown === undefined ? undefined : overall}>
      <article aria-labelledby={titleId}>
        <header>
          <h3 id={titleId} dir="auto">
            {queue.name}
          </h3>
          {shown === undefined ? null : <OpenState figures={shown} />}
          {shown === undefined ? null : <SeverityBadge severity={overall} />}
        </header>
        <Callers board={board} figures={shown} severity={severity} />
        <Trend board={board} queue={queue} />
        {shown === undefined ? null : (
          <StaffBar figures={shown} queueName={queue.name} severity={severity.free.value} />
        )}
      </article>
    </li>
  );
}

function OpenState({ figures }: { readonly figures: QueueFigures }) {
  const { openState, isOpenStateSure } = figures;
  return (
    <span
      class="open-state"
      data-state={openState}
      title={isOpenStateSure ? undefined : text.board.supposed}
    >
      {text.board.openState[openState]}
    </span>
  );
}

interface CallersProps {
  readonly board: Board;
  readonly figures: QueueFigures | undefined;
  readonly severity: ReturnType<Board['queues']['queue']>['severity'];
}

function Callers({ board, figures, severity }: CallersProps) {
  const { queues: words, noFigure } = text.board;
  const since = figures?.waitingSince ?? null;
  const count = (value: number | undefined): string =>
    value === undefined ? noFigure : formatNumber(value);
  return (
    <dl class="callers">
      <Figure label={words.waiting} severity={severity.waiting.value}>
        {count(figures?.waiting)}
        {figures !== undefined && figures.ringing > 0 ? (
          <small>{words.ringing(formatNumber(figures.ringing))}</small>
        ) : null}
      </Figure>
      <Figure label={words.longestWait} severity={severity.longestWait.value}>
        {since === null ? noFigure : <Duration since={since} now={board.clock} />}
      </Figure>
      <Figure label={words.connected} severity="ok">
        {count(figures?.connected)}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly label: string;
  readonly severity: Severity;
  readonly children: ComponentChildren;
}

function Figure({ label, severity, children }: FigureProps) {
  return (
    <div class="figure" data-severity={severity}>
      <dt>{label}</dt>
      <dd>
        {severity === 'ok' ? null : (
          <>
            <SeverityMark severity={severity} />
            <VisuallyHidden>{text.parts.severity[severity]}</VisuallyHidden>
          </>
        )}
        {children}
      </dd>
    </div>
  );
}
