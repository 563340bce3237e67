import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { text } from '../../texts/index.js';
import { isSameList, steady } from '../live/steady.js';
import { type AgentFilter, filterAgents } from '../model/agent-filter.js';
import { AgentFilters } from './agent-filters.js';
import { AgentGrid } from './agent-grid.js';
import type { BoardProps } from './board-page.js';

/** The members of the queues shown, and what each of them does. */
export function AgentsSection({ board, context }: BoardProps) {
  const options = board.options.value;
  const everybody: AgentFilter = { search: '', queueId: null, groups: options.agents };
  const filter = useSignal(everybody);
  const shown = useMemo(
    () =>
      steady(() => {
        const { groups } = filter.value;
        // Only a filter by what they do depends on what they do.
        const groupOfAgent =
          groups.length > 0 ? board.store.groups.value : board.store.groups.peek();
        return filterAgents(board.agents.value, filter.value, groupOfAgent);
      }, isSameList),
    [board, filter],
  );
  const isRead = board.queues.shown.value !== undefined;
  return (
    <section class="agents" aria-labelledby="board-agents">
      <div class="section-head">
        <h2 id="board-agents">{text.board.agents.title}</h2>
        {context.tv ? null : <AgentFilters board={board} filter={filter} />}
      </div>
      {board.feed.access.value.agents === false ? (
        <p class="board-hint">{text.board.notSubscribed.agents}</p>
      ) : null}
      {isRead ? null : <p class="board-hint">{text.board.loading}</p>}
      {isRead && board.agents.value.length === 0 ? (
        <p class="board-hint">{text.board.agents.none}</p>
      ) : null}
      {board.agents.value.length > 0 && shown.value.length === 0 ? (
        <p class="board-hint">{text.board.agents.nobodyFits}</p>
      ) : null}
      <AgentGrid board={board} context={context} agents={shown.value} />
    </section>
  );
}
