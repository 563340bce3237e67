import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { CallListName } from './callback-feed.js';
import type { CallbackCounts, CallbackFilter } from './urgency.js';

interface CallbackFiltersProps {
  readonly filter: CallbackFilter;
  readonly counts: CallbackCounts;
  readonly lists: readonly CallListName[];
  readonly onChange: (filter: CallbackFilter) => void;
}

const WHOSE = ['mine', 'nobody', 'all'] as const;

/** Chooses which requests are shown. */
export function CallbackFilters({ filter, counts, lists, onChange }: CallbackFiltersProps) {
  const words = text.me.callbacks;
  return (
    <div class="callback-filters">
      <fieldset class="segments">
        <legend class="hidden-visually">{words.who}</legend>
        {WHOSE.map((who) => (
          <button
            key={who}
            type="button"
            aria-pressed={who === filter.who}
            onClick={() => onChange({ ...filter, who })}
          >
            {words.filters[who]} <span class="count">{formatNumber(counts[who])}</span>
          </button>
        ))}
      </fieldset>
      {lists.length < 2 ? null : (
        <select
          aria-label={words.list}
          value={filter.listId ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...filter, listId: value === '' ? null : value })
          }
        >
          <option value="">{words.allLists}</option>
          {lists.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <label class="tick">
        <input
          type="checkbox"
          checked={filter.onlyDue}
          onChange={({ currentTarget }) => onChange({ ...filter, onlyDue: currentTarget.checked })}
        />
        {words.onlyDue}
      </label>
    </div>
  );
}
