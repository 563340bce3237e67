import { useMemo } from 'preact/hooks';
import { Duration } from '../../parts/duration.js';
import { SeverityBadge } from '../../parts/severity.js';
import { type Column, Table } from '../../parts/table.js';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { RosterList } from '../live/roster.js';
import { type CallbackCounts, MAX_CALLBACKS } from '../model/callback-book.js';
import type { BoardProps } from './board-page.js';

/** The call lists, and what waits in them. */
export function CallbacksSection({ board }: BoardProps) {
  const { callbacks: words } = text.board;
  const columns = useMemo(() => columnsOf(board), [board]);
  const may = board.feed.access.value.callbacks;
  return (
    <section class="callbacks" aria-labelledby="board-callbacks">
      <h2 id="board-callbacks">{words.title}</h2>
      {may === false && board.callLists.value.length > 0 ? (
        <p class="board-hint">{text.board.notSubscribed.callbacks}</p>
      ) : null}
      <Table
        caption={words.title}
        hidesCaption
        columns={columns}
        rows={board.callLists.value}
        keyOf={({ id }) => id}
        empty={board.queues.shown.value === undefined ? text.board.loading : words.none}
      />
      {board.callbacks.isCut.value ? (
        <p class="board-hint">{words.cut(formatNumber(MAX_CALLBACKS))}</p>
      ) : null}
    </section>
  );
}

function columnsOf(board: Board): readonly Column<RosterList>[] {
  const { callbacks: words } = text.board;
  return [
    { key: 'list', label: words.list, isHeading: true, cell: ({ name }) => name },
    { key: 'open', label: words.open, isFigure: true, cell: countCell(board, 'open') },
    { key: 'due', label: words.due, isFigure: true, cell: countCell(board, 'due') },
    {
      key: 'overdue',
      label: words.overdue,
      isFigure: true,
      cell: (list) => <Overdue board={board} list={list} />,
    },
  ];
}

function countCell(board: Board, what: 'open' | 'due') {
  return (list: RosterList) => <Count board={board} list={list} what={what} />;
}

interface CellProps {
  readonly board: Board;
  readonly list: RosterList;
}

function Count({ board, list, what }: CellProps & { readonly what: 'open' | 'due' }) {
  const counts = useCounts({ board, list });
  return <>{counts === undefined ? text.board.noFigure : formatNumber(counts[what])}</>;
}

function Overdue({ board, list }: CellProps) {
  const counts = useCounts({ board, list });
  if (counts === undefined) return <>{text.board.noFigure}</>;
  const { overdue, overdueSince } = counts;
  const severity = board.callbacks.severity(counts);
  return (
    <>
      {severity === 'ok' ? null : <SeverityBadge severity={severity} />}
      <span class="overdue" data-severity={severity}>
        {formatNumber(overdue)}
      </span>
      {overdueSince === null ? null : (
        <small>
          {text.board.callbacks.overdueSince} <Duration since={overdueSince} now={board.clock} />
        </small>
      )}
    </>
  );
}

function useCounts({ board, list }: CellProps): CallbackCounts | undefined {
  return useMemo(() => board.callbacks.counts(list.id), [board, list.id]).value;
}
