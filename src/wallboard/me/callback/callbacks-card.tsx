import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { SeverityBadge } from '../../parts/severity.js';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import type { Callback } from './callback.js';
import { MAX_OPEN, openCallbacks } from './callback-book.js';
import { CallbackFilters } from './callback-filters.js';
import { CallbackItem } from './callback-item.js';
import { ClosedNotice } from './closed-notice.js';
import { Pager } from './pager.js';
import { type CallbackFilter, chosenCallbacks, countCallbacks, pageOf } from './urgency.js';
import './callback.css';

/** Requests on one page: what can be taken in at a glance. */
const PAGE_SIZE = 10;

const EVERYTHING_OF_MINE = { who: 'mine', listId: null, onlyDue: false } as const;

interface CallbacksCardProps {
  readonly desk: Desk;
  readonly me: string;
  readonly now: ReadonlySignal<number>;
  /** Why nothing can be changed now; undefined when it can. */
  readonly blocked: string | undefined;
}

/** The callbacks of the user and those that nobody has. */
export function CallbacksCard({ desk, me, now, blocked }: CallbacksCardProps) {
  const [filter, setFilter] = useState<CallbackFilter>(EVERYTHING_OF_MINE);
  const [page, setPage] = useState(0);
  const open = openCallbacks(desk.callbacks.book.value);
  const counts = countCallbacks(open, me, filter.listId, now.value);
  const chosen = chosenCallbacks(open, filter, me, now.value);
  const shown = pageOf(chosen, page, PAGE_SIZE);
  const entries = withOpenOnes(shown.entries, desk);
  useNames(desk, entries);
  return (
    <section class="card to-call" aria-labelledby="callbacks-title">
      <header>
        <h2 id="callbacks-title">{text.me.callbacks.title}</h2>
        <DueBadges overdue={counts.overdue} due={counts.due} />
      </header>
      <CallbackFilters
        filter={filter}
        counts={counts}
        lists={desk.callbacks.lists.value ?? []}
        onChange={(next) => {
          setFilter(next);
          setPage(0);
        }}
      />
      {blocked === undefined ? null : <p class="quiet small">{blocked}</p>}
      <ClosedNotice bench={desk.bench} />
      <div role="alert">
        {desk.bench.isFull.value ? <p class="notice">{text.me.callbacks.tooMany}</p> : null}
      </div>
      <Reading desk={desk} isEmpty={entries.length === 0} isMine={filter.who === 'mine'} />
      <ul class="callback-list">
        {entries.map((callback) => (
          <CallbackItem
            key={callback.id}
            callback={callback}
            desk={desk}
            me={me}
            now={now}
            isBlocked={blocked !== undefined}
          />
        ))}
      </ul>
      <Pager page={shown} onTurn={setPage} />
    </section>
  );
}

function DueBadges({ overdue, due }: { readonly overdue: number; readonly due: number }) {
  const words = text.me.callbacks;
  return (
    <p class="due-badges">
      {overdue === 0 ? null : (
        <SeverityBadge severity="critical" label={words.overdueCount(formatNumber(overdue))} />
      )}
      {due === 0 ? null : (
        <SeverityBadge severity="warning" label={words.dueCount(formatNumber(due))} />
      )}
    </p>
  );
}

interface ReadingProps {
  readonly desk: Desk;
  readonly isEmpty: boolean;
  readonly isMine: boolean;
}

/** Why there is nothing in the list, or not all. */
function Reading({ desk: { callbacks }, isEmpty, isMine }: ReadingProps) {
  const words = text.me.callbacks;
  const { problem, lists, isCut } = callbacks;
  if (problem.value !== '') return <p class="notice">{words.unread(problem.value)}</p>;
  if (lists.value === undefined) return <p class="quiet">{words.reading}</p>;
  if (lists.value.length === 0) return <p class="quiet">{words.noLists}</p>;
  if (isCut.value) return <p class="quiet">{words.cut(formatNumber(MAX_OPEN))}</p>;
  if (!isEmpty) return null;
  return <p class="quiet">{isMine ? words.noneMine : words.none}</p>;
}

/** What lies open stays in sight, also when the filter no longer lets it through. */
function withOpenOnes(entries: readonly Callback[], desk: Desk): readonly Callback[] {
  const ids = new Set(entries.map(({ id }) => id));
  const others = [...desk.bench.works.value.values()]
    .map(({ base }) => base)
    .filter(({ id }) => !ids.has(id));
  return [...others, ...entries];
}

/** Asks for the names of whom the entries, and what others did to them, tell. */
function useNames(desk: Desk, entries: readonly Callback[]): void {
  const theirs = [...desk.bench.works.value.values()].flatMap(({ conflict }) =>
    conflict === null ? [] : [conflict.theirs],
  );
  const wanted = [...entries, ...theirs].flatMap(({ assignedTo, modifiedBy, attempts }) => [
    assignedTo,
    modifiedBy,
    ...attempts.map(({ userId }) => userId),
  ]);
  const key = [...new Set(wanted)].filter((id) => id !== null).join(' ');
  useEffect(() => {
    void desk.names.want(key === '' ? [] : key.split(' '));
  }, [key, desk]);
}
