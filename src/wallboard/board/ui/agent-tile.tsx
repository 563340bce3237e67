import { useMemo } from 'preact/hooks';
import { Duration } from '../../parts/duration.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { RosterAgent } from '../live/roster.js';
import { groupOf } from '../model/agent-state.js';
import type { AgentView } from '../model/agent-view.js';
import { StateIcon } from './state-icon.js';

interface AgentTileProps {
  readonly board: Board;
  readonly agent: RosterAgent;
}

/** One agent: what they do, since when, and for which queue. */
export function AgentTile({ board, agent }: AgentTileProps) {
  const signal = useMemo(() => board.store.agent(agent.id), [board, agent.id]);
  const view = signal.value;
  const { state, since } = view;
  return (
    <li class="agent" data-state={state} data-group={groupOf(state)}>
      <StateIcon state={state} />
      <span class="agent-name" dir="auto" title={agent.name}>
        {agent.name}
      </span>
      <span class="agent-state">{describe(view, board)}</span>
      <span class="agent-time">
        {since === null ? null : <Duration since={since} now={board.clock} />}
      </span>
    </li>
  );
}

/** The state, and what else is worth knowing of it: a queue, or why somebody is away. */
function describe(view: AgentView, board: Board): string {
  const { agents: words } = text.board;
  const { state, activeQueueId, availability, note } = view;
  const queue = board.queues.shown.value?.find(({ id }) => id === activeQueueId)?.name;
  const word = state === 'away' ? availabilityWord(availability) : words.state[state];
  const detail = queue ?? note;
  return detail === null || detail === undefined ? word : `${word} · ${detail}`;
}

function availabilityWord(availability: AgentView['availability']): string {
  const { agents: words } = text.board;
  return availability === null || availability === 'Available'
    ? words.state.away
    : words.availability[availability];
}
