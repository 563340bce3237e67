import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { AgentFilter } from '../model/agent-filter.js';
import { AGENT_GROUPS, type AgentGroup } from '../model/agent-state.js';

interface AgentFiltersProps {
  readonly board: Board;
  readonly filter: Signal<AgentFilter>;
}

/** Finds agents by name, queue and what they do; each group says how many are in it. */
export function AgentFilters({ board, filter }: AgentFiltersProps) {
  const { agents: words } = text.board;
  const searchId = useId();
  const queueId = useId();
  const change = (changes: Partial<AgentFilter>): void => {
    filter.value = { ...filter.value, ...changes };
  };
  return (
    <search class="agent-filters">
      <GroupButtons board={board} filter={filter} />
      <label class="hidden-visually" for={queueId}>
        {words.queue}
      </label>
      <select
        id={queueId}
        value={filter.value.queueId ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change({ queueId: value === '' ? null : value })
        }
      >
        <option value="">{words.allQueues}</option>
        {(board.queues.shown.value ?? []).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <label class="hidden-visually" for={searchId}>
        {words.search}
      </label>
      <input
        id={searchId}
        type="search"
        placeholder={words.search}
        value={filter.value.search}
        onInput={({ currentTarget: { value } }) => change({ search: value })}
      />
    </search>
  );
}

function GroupButtons({ board, filter }: AgentFiltersProps) {
  const { agents: words } = text.board;
  const counts = board.groupCounts.value;
  const { groups } = filter.value;
  const choose = (chosen: readonly AgentGroup[]): void => {
    filter.value = { ...filter.value, groups: chosen };
  };
  const shown = AGENT_GROUPS.filter(
    (group) => group !== 'unknown' || counts.unknown > 0 || groups.includes(group),
  );
  return (
    <fieldset class="group-buttons">
      <legend class="hidden-visually">{words.title}</legend>
      <button type="button" aria-pressed={groups.length === 0} onClick={() => choose([])}>
        {words.all}
      </button>
      {shown.map((group) => (
        <button
          key={group}
          type="button"
          data-group={group}
          aria-pressed={groups.includes(group)}
          onClick={() => choose(toggled(groups, group))}
        >
          {words.group[group]} <span class="count">{formatNumber(counts[group])}</span>
        </button>
      ))}
    </fieldset>
  );
}

function toggled(groups: readonly AgentGroup[], group: AgentGroup): readonly AgentGroup[] {
  return groups.includes(group) ? groups.filter((one) => one !== group) : [...groups, group];
}
