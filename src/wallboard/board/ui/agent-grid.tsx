import { text } from '../../texts/index.js';
import type { RosterAgent } from '../live/roster.js';
import { AgentTile } from './agent-tile.js';
import type { BoardProps } from './board-page.js';
import { TileGrid } from './tile-grid.js';

interface AgentGridProps extends BoardProps {
  readonly agents: readonly RosterAgent[];
}

/** The agents, each as a tile; under their queues where that is wanted and can be scrolled. */
export function AgentGrid({ board, context, agents }: AgentGridProps) {
  const { isGrouped, pageSeconds } = board.options.value;
  const grid = (label: string, items: readonly RosterAgent[]) => (
    <TileGrid
      kind="agent-grid"
      label={label}
      items={items}
      isTv={context.tv}
      clock={context.now}
      pageSeconds={pageSeconds}
    >
      {(agent) => <AgentTile key={agent.id} board={board} agent={agent} />}
    </TileGrid>
  );
  if (!isGrouped || context.tv) return grid(text.board.agents.title, agents);
  return (
    <>
      {(board.queues.shown.value ?? []).map(({ id, name }) => {
        const members = agents.filter(({ queueIds }) => queueIds.includes(id));
        return members.length === 0 ? null : (
          <div key={id} class="agents-of-queue">
            <h3>{name}</h3>
            {grid(text.board.queues.agentsOf(name), members)}
          </div>
        );
      })}
    </>
  );
}
