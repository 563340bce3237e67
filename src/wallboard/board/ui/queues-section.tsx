import { text } from '../../texts/index.js';
import type { BoardProps } from './board-page.js';
import { QueueTile } from './queue-tile.js';
import { TileGrid } from './tile-grid.js';

/** The queues, each as a tile. */
export function QueuesSection({ board, context }: BoardProps) {
  const queues = board.queues.shown.value;
  const may = board.feed.access.value.queues;
  return (
    <section class="queues" aria-labelledby="board-queues">
      <h2 id="board-queues">{text.board.queues.title}</h2>
      {may === false ? <p class="board-hint">{text.board.notSubscribed.queues}</p> : null}
      {queues === undefined ? (
        <p class="board-hint">{text.board.loading}</p>
      ) : (
        <TileGrid
          kind="queue-grid"
          label={text.board.queues.title}
          items={queues}
          isTv={context.tv}
          clock={context.now}
          pageSeconds={board.options.value.pageSeconds}
        >
          {(queue) => <QueueTile key={queue.id} board={board} queue={queue} />}
        </TileGrid>
      )}
    </section>
  );
}
