import { Duration } from '../../parts/duration.js';
import { Tile } from '../../parts/tile.js';
import { VisuallyHidden } from '../../parts/visually-hidden.js';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { BoardProps } from './board-page.js';

/** The whole center in one line of figures. */
export function Summary({ board }: BoardProps) {
  return (
    <section class="summary" aria-labelledby="board-summary">
      <h2 id="board-summary">
        <VisuallyHidden>{text.board.summary.title}</VisuallyHidden>
      </h2>
      <WaitingFigure board={board} />
      <LongestWaitFigure board={board} />
      <ConnectedFigure board={board} />
      <FreeFigure board={board} />
      <BusyFigure board={board} />
      <OverdueFigure board={board} />
    </section>
  );
}

interface FigureProps {
  readonly board: Board;
}

function WaitingFigure({ board }: FigureProps) {
  const { summary: words, noFigure } = text.board;
  const summary = board.queues.summary.value;
  if (summary === undefined) return <Tile label={words.waiting}>{noFigure}</Tile>;
  return (
    <Tile
      label={words.waiting}
      severity={board.queues.worst('waiting')}
      note={words.ringing(formatNumber(summary.ringing))}
    >
      {formatNumber(summary.waiting)}
    </Tile>
  );
}

function LongestWaitFigure({ board }: FigureProps) {
  const { summary: words, noFigure } = text.board;
  const summary = board.queues.summary.value;
  if (summary === undefined) return <Tile label={words.longestWait}>{noFigure}</Tile>;
  const { waitingSince, longestQueueId } = summary;
  const name = board.queues.shown.value?.find(({ id }) => id === longestQueueId)?.name;
  return (
    <Tile
      label={words.longestWait}
      severity={board.queues.worst('longestWait')}
      note={name === undefined ? words.nobodyWaits : words.inQueue(name)}
    >
      {waitingSince === null ? noFigure : <Duration since={waitingSince} now={board.clock} />}
    </Tile>
  );
}

function ConnectedFigure({ board }: FigureProps) {
  const { summary: words, noFigure } = text.board;
  const summary = board.queues.summary.value;
  if (summary === undefined) return <Tile label={words.connected}>{noFigure}</Tile>;
  const { queues, connected } = summary;
  return (
    <Tile
      label={words.connected}
      note={queues === 1 ? words.inOneQueue : words.inQueues(formatNumber(queues))}
    >
      {formatNumber(connected)}
    </Tile>
  );
}

function FreeFigure({ board }: FigureProps) {
  const { summary: words, noFigure } = text.board;
  const { free, busy, away } = board.groupCounts.value;
  if (!isAnyKnown(board)) return <Tile label={words.free}>{noFigure}</Tile>;
  return (
    <Tile
      label={words.free}
      severity={board.queues.worst('free')}
      note={words.ofLoggedIn(formatNumber(free + busy + away))}
    >
      {formatNumber(free)}
    </Tile>
  );
}

function BusyFigure({ board }: FigureProps) {
  const { summary: words, noFigure } = text.board;
  const { busy, away } = board.groupCounts.value;
  if (!isAnyKnown(board)) return <Tile label={words.busy}>{noFigure}</Tile>;
  return (
    <Tile label={words.busy} note={words.away(formatNumber(away))}>
      {formatNumber(busy)}
    </Tile>
  );
}

/** Without a call list there is nothing to be overdue. */
function OverdueFigure({ board }: FigureProps) {
  if (board.callLists.value.length === 0) return null;
  const { summary: words, noFigure } = text.board;
  const counts = board.callbacks.sum.value;
  if (counts === undefined) return <Tile label={words.overdue}>{noFigure}</Tile>;
  return (
    <Tile
      label={words.overdue}
      severity={board.callbacks.worst()}
      note={words.ofOpen(formatNumber(counts.open))}
    >
      {formatNumber(counts.overdue)}
    </Tile>
  );
}

function isAnyKnown(board: Board): boolean {
  const { free, busy, away, out } = board.groupCounts.value;
  return free + busy + away + out > 0;
}
