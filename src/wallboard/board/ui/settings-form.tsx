import { useSignal } from '@preact/signals';
import { Button } from '../../parts/button.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { Named } from '../live/roster.js';
import { formatAddress } from '../model/address-options.js';
import { type BoardOptions, DEFAULT_OPTIONS, ORDERS, SECTIONS } from '../model/board-options.js';
import { addressNames, chooseQueues } from '../model/chosen-queues.js';
import { areLimits } from '../model/thresholds.js';
import { ThresholdFields } from './threshold-fields.js';

interface SettingsFormProps {
  readonly board: Board;
  readonly onDone: () => void;
}

/** What the board shows, from which value on it warns, and the address that shows the same. */
export function SettingsForm({ board, onDone }: SettingsFormProps) {
  const { settings: words } = text.board;
  const draft = useSignal(board.options.value);
  const change = (changes: Partial<BoardOptions>): void => {
    draft.value = { ...draft.value, ...changes };
  };
  const { waiting, waitSeconds, overdue } = draft.value;
  const isRight = [waiting, waitSeconds, overdue].every(areLimits);
  const decided = Object.keys(board.address.chosen);
  return (
    <form
      class="board-settings"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRight) return;
        board.choose(draft.value);
        onDone();
      }}
    >
      <p class="hint">{decided.length === 0 ? words.kept : words.byAddress(decided.join(', '))}</p>
      <Choices
        legend={words.sections}
        items={SECTIONS.map((id) => ({ id, name: words.section[id] }))}
        chosen={draft.value.sections}
        onChange={(sections) =>
          change({ sections: SECTIONS.filter((id) => sections.includes(id)) })
        }
      />
      <QueueChoices board={board} draft={draft.value} onChange={change} />
      <OrderChoice draft={draft.value} onChange={change} />
      <ThresholdFields draft={draft.value} onChange={change} />
      <TvAddress draft={draft.value} />
      <footer>
        <Button kind="plain" onClick={() => change(DEFAULT_OPTIONS)}>
          {words.reset}
        </Button>
        <Button onClick={onDone}>{words.cancel}</Button>
        <Button kind="primary" type="submit" disabled={!isRight}>
          {words.save}
        </Button>
      </footer>
    </form>
  );
}

interface DraftProps {
  readonly draft: BoardOptions;
  readonly onChange: (changes: Partial<BoardOptions>) => void;
}

/** All queues are none by name, so that queues that come later are shown as well. */
function QueueChoices({ board, draft, onChange }: DraftProps & { readonly board: Board }) {
  const queues = board.feed.roster.value?.queues ?? [];
  if (queues.length < 2) return null;
  const { shown } = chooseQueues(queues, draft.queues);
  const addresses = addressNames(queues);
  const addressOf = ({ id }: Named): string => addresses.get(id) ?? id;
  return (
    <Choices
      legend={text.board.settings.queues}
      items={queues.map((queue) => ({ id: addressOf(queue), name: queue.name }))}
      chosen={shown.map(addressOf)}
      onChange={(names) => onChange({ queues: names.length === queues.length ? [] : names })}
    />
  );
}

function OrderChoice({ draft, onChange }: DraftProps) {
  const { settings: words } = text.board;
  return (
    <fieldset>
      <legend>{words.order}</legend>
      {ORDERS.map((order) => (
        <label key={order}>
          <input
            type="radio"
            name="order"
            checked={draft.order === order}
            onChange={() => onChange({ order })}
          />
          {words.orders[order]}
        </label>
      ))}
    </fieldset>
  );
}

function TvAddress({ draft }: Pick<DraftProps, 'draft'>) {
  const { settings: words } = text.board;
  const query = formatAddress(draft, DEFAULT_OPTIONS);
  const address = new URL(`${query === '' ? '?' : `${query}&`}tv=1`, document.baseURI).href;
  return (
    <fieldset>
      <legend>{words.tv}</legend>
      <p class="hint">{words.tvHelp}</p>
      <a href={address}>{address}</a>
    </fieldset>
  );
}

interface ChoicesProps<Id extends string> {
  readonly legend: string;
  readonly items: readonly { readonly id: Id; readonly name: string }[];
  readonly chosen: readonly Id[];
  readonly onChange: (chosen: readonly Id[]) => void;
}

/** Boxes to tick; the last one that is ticked stays so. */
function Choices<Id extends string>({ legend, items, chosen, onChange }: ChoicesProps<Id>) {
  const toggle = (id: Id): void => {
    const rest = chosen.filter((one) => one !== id);
    if (rest.length === chosen.length) onChange([...chosen, id]);
    else onChange(rest.length === 0 ? chosen : rest);
  };
  return (
    <fieldset>
      <legend>{legend}</legend>
      {items.map(({ id, name }) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
